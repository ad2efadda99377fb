import { replay, validateAlarm } from '../src/alarms.ts';
import type { MetricSource, Points } from '../src/index.ts';
import { compileQueries, createAlarmMath, evaluatePlan, type MetricDataQueryInput } from '../src/math.ts';

const DAY = 86_400;
const MINUTES = (30 * DAY) / 60;

/** A sample a minute with a bit of noise; every 50th is missing, and once a day it rises for 20 minutes. Periods of a minute only. */
function history(seed: number): Points {
  const timestamps: number[] = [];
  const values: number[] = [];
  let state = seed;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    if (minute % 50 === seed % 50) continue;
    const isIncident = (minute + seed * 29) % 1440 < 20;
    timestamps.push(minute * 60);
    values.push((isIncident ? 500 : 50) + (state % 20));
  }
  return { timestamps, values };
}

function sourceOf(metrics: number): MetricSource {
  const known = new Map<string, Points>(
    Array.from({ length: metrics }, (_, index) => [`m${index}`, history(index + 1)]),
  );
  return {
    points({ metric, start, end }) {
      const { timestamps, values } = known.get(metric.name) ?? { timestamps: [], values: [] };
      const from = lowerBound(timestamps, start);
      const to = lowerBound(timestamps, end);
      return { timestamps: timestamps.slice(from, to), values: values.slice(from, to) };
    },
    metrics: () => [],
  };
}

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const metric = (Id: string, MetricName: string): MetricDataQueryInput => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'bench', MetricName }, Period: 60, Stat: 'Sum' },
});

/** Two metrics and a guarded rate, as alarms on error rates have them. */
const rate = (index: number, Expression = 'IF(total >= 20, 100 * failed / total)'): MetricDataQueryInput[] => [
  metric('failed', `m${index * 2}`),
  metric('total', `m${index * 2 + 1}`),
  { Id: 'rate', Expression },
];

function alarms(count: number, expression?: string) {
  return Array.from({ length: count }, (_, index) => {
    const validated = validateAlarm({
      AlarmName: `alarm-${index}`,
      Metrics: rate(index, expression),
      EvaluationPeriods: 3,
      DatapointsToAlarm: 2,
      Threshold: 200,
      ComparisonOperator: 'GreaterThanThreshold',
    });
    if (!validated.ok) throw new Error(validated.issues.map(({ message }) => message).join('\n'));
    return validated.alarm;
  });
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function measure(what: string, rounds: number, run: () => string | number): void {
  let said: string | number = '';
  const times = Array.from({ length: rounds }, () => {
    const before = performance.now();
    said = run();
    return performance.now() - before;
  });
  process.stdout.write(`${what}: ${median(times).toFixed(1)} ms (median of ${rounds}; ${said})\n`);
}

const source = sourceOf(50);
const all = alarms(25);
measure('replay of 25 math alarms over 30 days at 60 s', 7, () => {
  const { events } = replay(all, source, { from: 0, to: 30 * DAY, math: createAlarmMath() });
  return `${events.length} events`;
});
const rates = alarms(1, 'RATE(failed) + total');
measure('replay of 1 alarm on RATE, read anew each minute, over 30 days', 3, () => {
  const { events } = replay(rates, source, { from: 0, to: 30 * DAY, math: createAlarmMath() });
  return `${events.length} events`;
});
const hundred = Array.from(
  { length: 100 },
  (_, index): MetricDataQueryInput => ({
    Id: `e${index}`,
    Expression: `FILL(100 * m${index % 50} / (m${(index + 1) % 50} + SUM(METRICS("m1"))), 0)`,
  }),
);
const queries = [...Array.from({ length: 50 }, (_, index) => metric(`m${index}`, `m${index}`)), ...hundred];
measure('compile 150 queries', 21, () => (compileQueries(queries).ok ? 'valid' : 'invalid'));
const compiled = compileQueries(queries);
if (compiled.ok) {
  measure('evaluate 100 expressions over 24 h at 60 s', 21, () => {
    const results = evaluatePlan(compiled.plan, { source, start: 0, end: DAY });
    return `${results.reduce((sum, { values }) => sum + values.length, 0)} datapoints`;
  });
}
