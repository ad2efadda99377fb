import { createMetricStore } from '@voice-campaign/cloudwatch-engine';
import { replay, validateAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import { createAlarmMath, evaluateQueries, type MetricDataQueryInput } from '@voice-campaign/cloudwatch-engine/math';

const metric = (Id: string, MetricName: string): MetricDataQueryInput => ({
  Id,
  MetricStat: { Metric: { Namespace: 'voice-campaign/dev', MetricName }, Period: 60, Stat: 'Sum' },
  ReturnData: false,
});
const answerRate = [
  metric('answered', 'AnsweredCalls'),
  metric('total', 'TotalCalls'),
  { Id: 'rate', Expression: 'IF(total >= 20, 100 * answered / total)', Label: 'Answer rate: ${LAST} %' },
];

/** Minute by minute how many calls were answered, out of 50, from the start of 2026 on. */
export function storeOf(answered: readonly number[], start = 1_767_225_600_000) {
  const store = createMetricStore();
  for (const [minute, count] of answered.entries()) {
    const timestamp = start + minute * 60_000;
    const datum = {
      namespace: 'voice-campaign/dev',
      dimensions: {},
      unit: 'Count',
      resolution: 60,
      timestamp,
    } as const;
    store.add([{ ...datum, name: 'TotalCalls', values: [50] }], timestamp);
    store.add([{ ...datum, name: 'AnsweredCalls', values: [count] }], timestamp);
  }
  return { store, from: start / 1000, to: start / 1000 + answered.length * 60 };
}

/** What a dashboard shows, or what is wrong with its expression and at which character. */
export function shown(answered: readonly number[]): readonly string[] {
  const { store, from, to } = storeOf(answered);
  const evaluated = evaluateQueries(answerRate, { source: store, start: from, end: to });
  if (!evaluated.ok) return evaluated.issues.map(({ message }) => message);
  return evaluated.results.map(({ label, values }) => `${label} (${values.join(' ')})`);
}

/** Would this alarm have fired? Every state it came to, and why. */
export function states(answered: readonly number[]): readonly string[] {
  const { store, from, to } = storeOf(answered);
  const validated = validateAlarm({
    AlarmName: 'answer-rate',
    Metrics: answerRate,
    EvaluationPeriods: 2,
    Threshold: 20,
    ComparisonOperator: 'LessThanThreshold',
  });
  if (!validated.ok) return validated.issues.map(({ message, fix }) => `${message} ${fix}`);
  const { events } = replay([validated.alarm], store, { from, to, math: createAlarmMath() });
  return events.flatMap((event) => (event.kind === 'state' ? [`${event.to.value}: ${event.to.reason}`] : []));
}
