import { createAlarmScheduler, replay, validateAlarm } from '../src/alarms.ts';
import { createMetricStore, type MetricDatum } from '../src/index.ts';
import { createAlarmMath } from '../src/math.ts';

const START = 1_767_225_600;
const MINUTES = 1440;
const ALARMS = 1000;

/** A thousand alarms on a metric of their own: thresholds, M of N, periods of one and five minutes, all four treatments. */
const alarms = Array.from({ length: ALARMS }, (_, index) => {
  const validated = validateAlarm({
    AlarmName: `alarm-${index}`,
    Namespace: 'bench',
    MetricName: `m${index}`,
    Statistic: index % 3 === 0 ? 'Maximum' : 'Sum',
    Period: index % 4 === 0 ? 300 : 60,
    EvaluationPeriods: 3,
    DatapointsToAlarm: 2,
    Threshold: 90,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: (['missing', 'ignore', 'breaching', 'notBreaching'] as const)[index % 4] ?? 'missing',
    AlarmActions: ['arn:aws:sns:us-east-1:123456789012:alerts'],
  });
  if (!validated.ok) throw new Error(validated.issues[0].message);
  return validated.alarm;
});

/** A sample for each metric in a minute; every 50th is missing, and twice a day each metric is high for ten minutes. */
function dataOf(minute: number): readonly MetricDatum[] {
  return Array.from({ length: ALARMS }, (_, index): MetricDatum => {
    const high = (minute + index * 7) % 720 < 10;
    return {
      ...{ namespace: 'bench', name: `m${index}`, dimensions: {}, unit: 'Count', resolution: 60 },
      timestamp: (START + minute * 60) * 1000,
      values: [high ? 100 : (minute * 13 + index) % 20],
    };
  }).filter((_, index) => (minute + index) % 50 !== 0);
}

/** Processor time, of the collector's threads too: other work on the machine does not count. */
function timed<T>(run: () => T): { readonly ms: number; readonly result: T } {
  const before = process.cpuUsage();
  const result = run();
  const { user, system } = process.cpuUsage(before);
  return { ms: (user + system) / 1000, result };
}

const say = (what: string, ms: number, events: number): void => {
  process.stdout.write(`${what}: ${ms.toFixed(0)} ms (${events} events)\n`);
};

const math = createAlarmMath();

/** One step a minute through the day; the data of a minute are there before it, or those of the whole day. */
function step(feed: 'as they come' | 'at once'): void {
  const store = createMetricStore();
  const add = (minute: number) => store.add(dataOf(minute), (START + minute * 60 + 1) * 1000);
  if (feed === 'at once') for (let minute = 0; minute < MINUTES; minute += 1) add(minute);
  store.size();
  const scheduler = createAlarmScheduler(alarms, store, { from: START, math });
  let spent = 0;
  let events = 0;
  for (let minute = 0; minute < MINUTES; minute += 1) {
    if (feed === 'as they come') add(minute);
    const { ms, result } = timed(() => scheduler.evaluateDue(START + (minute + 1) * 60));
    spent += ms;
    events += result.length;
  }
  say(`1,000 alarms evaluated each minute of a day, data ${feed}`, spent, events);
  const once = timed(() => replay(alarms, store, { from: START, to: START + MINUTES * 60, math }));
  say('the same day in one replay', once.ms, once.result.events.length);
  if (once.result.events.length !== events) throw new Error('the pieces do not add up to the whole');
}

step('at once');
step('as they come');
