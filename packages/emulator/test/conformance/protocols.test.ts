import {
  type CloudWatchClient,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAnomalyDetectorsCommand,
  GetAlarmMuteRuleCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListMetricsCommand,
  PutAlarmMuteRuleCommand,
  PutAnomalyDetectorCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith } from '../running-emulator.ts';
import { answered } from './recorded.ts';

const start = Date.UTC(2026, 10, 23, 12);
const Timestamp = new Date(start - 4321);
const times = { StartTime: new Date(start - 120_000), EndTime: new Date(start + 60_000) };
const MetricDataQueries = [
  {
    ...{ Id: 'm1', ReturnData: false },
    MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 10, Stat: 'Sum', Unit: 'Count' as const },
  },
  { Id: 'e', Expression: 'm1 * 2', Label: '2', ReturnData: true },
];
const compared = { EvaluationPeriods: 2, DatapointsToAlarm: 1, ComparisonOperator: 'GreaterThanThreshold' as const };

/** Numbers, truth values, instants and texts that look like such, as deep as CloudWatch has them. */
const write = async (client: CloudWatchClient): Promise<void> => {
  await client.send(
    new PutMetricDataCommand({
      ...{ Namespace: 'n', StrictEntityValidation: false },
      MetricData: [
        { MetricName: 'm', Value: 3, StorageResolution: 1, Timestamp, Unit: 'Count' },
        { MetricName: 's', StatisticValues: { SampleCount: 2, Sum: 3.5, Minimum: 1, Maximum: 2.5 }, Timestamp },
        { MetricName: 'v', Values: [1e-7, 12e20], Counts: [1, 2.5], Dimensions: [{ Name: '1', Value: 'true' }] },
      ],
    }),
  );
  const Tags = [{ Key: 'k', Value: '1' }];
  const math = { AlarmName: 'a', Metrics: MetricDataQueries, Threshold: 1.5, ActionsEnabled: false, Tags };
  await client.send(new PutMetricAlarmCommand({ ...math, ...compared }));
  await client.send(
    new PutMetricAlarmCommand({
      ...{
        AlarmName: '12',
        AlarmDescription: '007',
        Namespace: 'n',
        MetricName: '1',
        ExtendedStatistic: 'p99',
        Period: 10,
      },
      ...{ ...compared, Threshold: 1e3, Dimensions: [{ Name: '1', Value: 'true' }] },
    }),
  );
  await client.send(
    new PutAnomalyDetectorCommand({
      MetricMathAnomalyDetector: { MetricDataQueries },
      Configuration: { ExcludedTimeRanges: [times], MetricTimezone: 'UTC' },
      MetricCharacteristics: { PeriodicSpikes: true },
    }),
  );
  const Schedule = { Expression: 'cron(0 2 * * *)', Duration: 'PT2H', Timezone: 'UTC' };
  await client.send(
    new PutAlarmMuteRuleCommand({
      Name: 'r',
      Rule: { Schedule },
      MuteTargets: { AlarmNames: ['a'] },
      StartDate: new Date(start),
    }),
  );
};

const read = async (client: CloudWatchClient) =>
  answered([
    await client.send(
      new GetMetricDataCommand({
        ...{ ...times, MetricDataQueries, MaxDatapoints: 10, ScanBy: 'TimestampAscending' },
        LabelOptions: { Timezone: '+0100' },
      }),
    ),
    await client.send(
      new GetMetricStatisticsCommand({
        ...{ ...times, Namespace: 'n', MetricName: 'v', Dimensions: [{ Name: '1', Value: 'true' }], Period: 60 },
        Statistics: ['Sum', 'SampleCount'],
      }),
    ),
    await client.send(new ListMetricsCommand({ IncludeLinkedAccounts: true })),
    await client.send(new DescribeAlarmsCommand({ MaxRecords: 10 })),
    await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'a', MaxRecords: 1, ScanBy: 'TimestampAscending' })),
    await client.send(new DescribeAnomalyDetectorsCommand({ AnomalyDetectorTypes: ['METRIC_MATH'], MaxResults: 5 })),
    await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'r' })),
  ]);

describe('what is written over one protocol', () => {
  it.each(['JSON', 'CBOR', 'Query'] as const)('of %s is read as the same over each', async (protocol) => {
    const emulator = await emulatorWith({ clock: testClock(start) });
    await write(cloudwatchClientOf(emulator, protocol));
    const own = await read(cloudwatchClientOf(emulator, 'JSON'));
    expect(own).toMatchObject([
      { MetricDataResults: [{ Id: 'e', Label: '2', Values: [6], Timestamps: [new Date(start - 10_000)] }] },
      { Datapoints: [{ SampleCount: 3.5, Sum: 30e20 }] },
      {
        Metrics: [{}, {}, { Dimensions: [{ Name: '1', Value: 'true' }] }],
        OwningAccounts: [{}, {}, {}].map(() => '123456789012'),
      },
      {
        MetricAlarms: [
          { AlarmName: '12', Threshold: 1000 },
          { Metrics: [{ ReturnData: false }, { ReturnData: true }] },
        ],
      },
      { AlarmHistoryItems: [{ HistoryItemType: 'ConfigurationUpdate' }] },
      {
        AnomalyDetectors: [
          {
            MetricMathAnomalyDetector: { MetricDataQueries: [{ MetricStat: { Period: 10 } }, { ReturnData: true }] },
            ...{ Configuration: { ExcludedTimeRanges: [times] }, MetricCharacteristics: { PeriodicSpikes: true } },
          },
        ],
      },
      { Name: 'r', StartDate: new Date(start) },
    ]);
    expect(await read(cloudwatchClientOf(emulator, 'CBOR'))).toEqual(own);
    expect(await read(cloudwatchClientOf(emulator, 'Query'))).toEqual(own);
  });
});
