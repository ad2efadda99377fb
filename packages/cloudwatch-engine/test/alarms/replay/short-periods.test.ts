import { expect, it } from 'vitest';
import { replay, validateAlarm } from '../../../src/alarms.ts';
import { createMetricStore } from '../../../src/index.ts';
import { createAlarmMath } from '../../../src/math.ts';

const start = Date.UTC(2026, 10, 23, 10);

/** A store with `value` every ten seconds of five minutes. */
const steady = (value: number) => {
  const store = createMetricStore();
  for (let timestamp = start; timestamp < start + 300_000; timestamp += 10_000) {
    const datum = { namespace: 'ns', name: 'm', dimensions: {}, unit: 'None', resolution: 1, timestamp } as const;
    store.add([{ ...datum, values: [value] }], timestamp);
  }
  return store;
};

const one = (Period: number) => ({ Namespace: 'ns', MetricName: 'm', Statistic: 'Maximum', Period });
const math = (Period: number, Expression: string) => ({
  Metrics: [
    {
      Id: 'a',
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'ns', MetricName: 'm' }, Period, Stat: 'Maximum' },
    },
    { Id: 'e', Expression, ReturnData: true },
  ],
});

it.each([
  ['10 s', one(10)],
  ['20 s', one(20)],
  ['30 s', one(30)],
  ['20 s, math that is read once', math(20, 'a * 1')],
  ['30 s, math that is read each time', math(30, 'a + MAX(a)')],
])('slides every ten seconds over its periods of %s, each of which has its data', (_, watched) => {
  const settings = { AlarmName: 'a', EvaluationPeriods: 2, Threshold: 50, ComparisonOperator: 'GreaterThanThreshold' };
  const validated = validateAlarm({ ...settings, ...watched });
  if (!validated.ok) throw new Error(JSON.stringify(validated.issues));
  const range = { from: start / 1000, to: start / 1000 + 300, math: createAlarmMath() };
  const { events } = replay([validated.alarm], steady(100), range);
  expect(events.flatMap((event) => (event.kind === 'state' ? [event.to.value] : []))).toEqual(['ALARM']);
});
