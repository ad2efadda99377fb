import {
  CloudWatchClient,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  paginateDescribeAlarmHistory,
} from '@aws-sdk/client-cloudwatch';
import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { startEmulator, testClock } from '@voice-campaign/emulator';
import { backtest } from '@voice-campaign/provisioning/backtest';
import { expect, it, onTestFinished } from 'vitest';

const noon = Date.UTC(2026, 10, 23, 12);
const minutes = 600;

const metric = {
  Namespace: 'voice',
  Statistic: 'Sum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 10,
  ComparisonOperator: 'GreaterThanThreshold',
} as const;
const stat = (Id: string, MetricName: string, Stat = 'Sum') => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'voice', MetricName }, Period: 300, Stat },
});
const actions = { AlarmActions: ['arn:aws:sns:us-east-1:123456789012:none'] };

const metricAlarms: readonly MetricAlarmInput[] = [
  { ...metric, AlarmName: 'sum', MetricName: 'Calls', TreatMissingData: 'notBreaching', ...actions },
  {
    ...metric,
    AlarmName: 'slow',
    MetricName: 'Calls',
    Statistic: 'Average',
    Period: 300,
    Threshold: 5,
    TreatMissingData: 'ignore',
  },
  {
    ...metric,
    AlarmName: 'low',
    MetricName: 'Calls',
    Statistic: 'Minimum',
    ComparisonOperator: 'LessThanThreshold',
    Threshold: 2,
  },
  {
    ...metric,
    AlarmName: 'high',
    MetricName: 'Calls',
    Statistic: 'Maximum',
    Period: 120,
    TreatMissingData: 'breaching',
  },
  { ...metric, AlarmName: 'p90', MetricName: 'Calls', Statistic: undefined, ExtendedStatistic: 'p90' },
  {
    ...metric,
    AlarmName: 'few',
    MetricName: 'Calls',
    Statistic: undefined,
    ExtendedStatistic: 'p50',
    EvaluateLowSampleCountPercentile: 'ignore',
  },
  {
    ...{ AlarmName: 'rate', EvaluationPeriods: 2, Threshold: 40, ComparisonOperator: 'LessThanThreshold' },
    Metrics: [
      stat('whole', 'Calls'),
      stat('part', 'Answered'),
      { Id: 'e', Expression: 'IF(whole > 20, 100 * part / whole)', ReturnData: true },
    ],
  },
  {
    ...{ AlarmName: 'trend', EvaluationPeriods: 1, Threshold: 0.02, ComparisonOperator: 'GreaterThanThreshold' },
    Metrics: [stat('calls', 'Calls', 'Average'), { Id: 'e', Expression: 'RATE(calls)', ReturnData: true }],
  },
];
const composite: CompositeAlarmInput = { AlarmName: 'both', AlarmRule: 'ALARM(sum) OR ALARM(rate)', ...actions };

/** The same numbers in each run. */
const randomFrom = (seed: number) => (): number => {
  seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
  return seed / 2 ** 32;
};

const start = async () => {
  const clock = testClock(noon);
  const emulator = await startEmulator({ functions: [], clock, warn: () => {} });
  onTestFinished(() => emulator.stop());
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => client.destroy());
  return { clock, emulator, client };
};

const stateChanges = async (client: CloudWatchClient) => {
  const found = [];
  for await (const { AlarmHistoryItems = [] } of paginateDescribeAlarmHistory(
    { client },
    { HistoryItemType: 'StateUpdate', AlarmTypes: ['MetricAlarm', 'CompositeAlarm'] },
  )) {
    for (const { AlarmName = '', Timestamp, HistorySummary = '' } of AlarmHistoryItems) {
      found.push(`${AlarmName} ${(Timestamp?.getTime() ?? 0) / 1000} ${HistorySummary.replace('Alarm updated ', '')}`);
    }
  }
  return found.sort();
};

it('says of the past what the alarms did when it was the present', async () => {
  const { clock, client } = await start();
  for (const alarm of metricAlarms) await client.send(new PutMetricAlarmCommand(alarm as never));
  await client.send(new PutCompositeAlarmCommand(composite as never));
  const random = randomFrom(7);
  for (let minute = 0; minute < minutes; minute += 1) {
    const Timestamp = new Date(clock.now());
    const level = minute % 200 < 60 ? 30 : 4;
    const values = (most: number) =>
      Array.from({ length: 1 + Math.floor(40 * random()) }, () => Math.floor(most * random()));
    const datum = (MetricName: string, Values: number[]) => ({ MetricName, Timestamp, Values });
    const MetricData = [datum('Calls', values(level)), datum('Answered', values(level * random()))].filter(
      () => random() > 0.1,
    );
    if (MetricData.length > 0) await client.send(new PutMetricDataCommand({ Namespace: 'voice', MetricData }));
    await clock.advance('1m');
  }
  // Data of the last three minutes are not asked for.
  const now = () => clock.now() + 180_000;
  const tested = await backtest({ client, alarms: [...metricAlarms, composite], days: minutes / 1440, now });
  const replayed = tested.alarms.flatMap(({ name, replayed: { changes } }) =>
    changes.map(({ at, from, to }) => `${name} ${tested.from + at} from ${from} to ${to}`),
  );
  expect(tested.from * 1000).toBe(noon);
  const happened = await stateChanges(client);
  expect(happened.length).toBeGreaterThan(50);
  expect(new Set(happened.map((line) => line.split(' ')[0])).size).toBe(metricAlarms.length + 1);
  expect(replayed.sort()).toEqual(happened);
  for (const { secondsIn } of tested.alarms) {
    expect(secondsIn.OK + secondsIn.ALARM + secondsIn.INSUFFICIENT_DATA).toBe(minutes * 60);
  }
});
