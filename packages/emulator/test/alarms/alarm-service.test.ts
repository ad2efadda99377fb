import { createMetricStore } from '@voice-campaign/cloudwatch-engine';
import { type AlarmInput, validateAlarm } from '@voice-campaign/cloudwatch-engine/alarms';
import { expect, it } from 'vitest';
import { startAlarms } from '../../src/alarms/alarm-service.ts';
import { createAlarmStore } from '../../src/alarms/alarm-store.ts';
import { type Clock, testClock } from '../../src/core/clock.ts';

it('is in the state that could not be written before once it can be, and told of it once', async () => {
  const clock = testClock(Date.UTC(2026, 10, 23, 12));
  const store = createAlarmStore();
  const failures: unknown[] = [];
  const told: Clock = {
    ...clock,
    at: (moment, run) =>
      clock.at(moment, () =>
        Promise.resolve()
          .then(run)
          .catch((error) => void failures.push(error)),
      ),
  };
  let isFull = false;
  const record = (): void => {
    if (isFull) throw new Error('no space left');
  };
  const alarms = startAlarms({
    store,
    clock: told,
    journal: { record },
    source: createMetricStore(),
    outside: {},
    identity: { partition: 'aws', region: 'us-east-1', accountId: '123456789012' },
    run: () => [],
  });
  const input: AlarmInput = {
    AlarmName: 'a',
    Namespace: 'v',
    MetricName: 'c',
    Statistic: 'Sum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'breaching',
  };
  const validated = validateAlarm(input);
  if (!validated.ok) throw new Error('not valid');
  alarms.put(input, validated.alarm, {});
  isFull = true;
  await clock.advance('1m');
  expect(failures).toEqual([new Error('no space left')]);
  expect(store.records.get('a')?.state.value).not.toBe('ALARM');
  isFull = false;
  await clock.advance('1m');
  alarms.stop();
  expect(store.records.get('a')?.state.value).toBe('ALARM');
  expect(store.history.filter(({ type }) => type === 'StateUpdate')).toHaveLength(1);
});
