import {
  DeleteAlarmsCommand,
  DeleteDashboardsCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  GetDashboardCommand,
  GetMetricDataCommand,
  GetMetricStatisticsCommand,
  ListDashboardsCommand,
  ListMetricsCommand,
  ListTagsForResourceCommand,
  PutDashboardCommand,
  PutMetricAlarmCommand,
  PutMetricDataCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cloudwatchClientOf, type cloudwatchProtocols, emulatorWith } from '../running-emulator.ts';
import { hasMoto, type Moto, motoSuite, startMoto } from './moto.ts';

const body = {
  widgets: [
    { type: 'text', x: 0, y: 0, width: 6, height: 3, properties: { markdown: '# Calls & "trunks"' } },
    {
      ...{ type: 'metric', x: 6, y: 0, width: 12, height: 6 },
      properties: {
        metrics: [
          ['voice', 'Calls', 'Trunk', 'a'],
          ['...', 'b'],
        ],
        region: 'us-east-1',
        view: 'timeSeries',
      },
    },
  ],
};

/** The same calls for either; gives back what a client sees, without instants. */
const story = async (url: string, protocol: keyof typeof cloudwatchProtocols) => {
  const client = cloudwatchClientOf({ url }, protocol);
  const now = Math.floor(Date.now() / 60_000) * 60_000;
  const nameOf = (call: Promise<unknown>) =>
    call.then(
      () => 'no error',
      (error: Error & { Code?: string }) => error.Code ?? error.name,
    );
  const Dimensions = [{ Name: 'Trunk', Value: 'a' }];
  const measured = (Value: number, minute: number) => ({
    ...{ MetricName: 'Calls', Value, Unit: 'Count' as const, Dimensions, Timestamp: new Date(now + minute * 60_000) },
  });
  await client.send(
    new PutMetricDataCommand({ Namespace: 'voice', MetricData: [measured(1, -2), measured(5, -2), measured(4, -1)] }),
  );
  const metric = { Namespace: 'voice', MetricName: 'Calls', Dimensions };
  const range = { StartTime: new Date(now - 180_000), EndTime: new Date(now + 60_000) };
  const statistics = await client.send(
    new GetMetricStatisticsCommand({ ...metric, ...range, Period: 60, Statistics: ['Sum', 'Maximum', 'SampleCount'] }),
  );
  const data = await client.send(
    new GetMetricDataCommand({
      ...range,
      ScanBy: 'TimestampAscending',
      MetricDataQueries: [{ Id: 'calls', MetricStat: { Metric: metric, Period: 60, Stat: 'Average' } }],
    }),
  );
  const compared = { EvaluationPeriods: 1, Threshold: 10, ComparisonOperator: 'GreaterThanThreshold' as const };
  const high = {
    AlarmName: 'high',
    ...metric,
    Statistic: 'Sum' as const,
    Period: 60,
    ...compared,
    ActionsEnabled: false,
  };
  await client.send(new PutMetricAlarmCommand({ ...high, Tags: [{ Key: 'team', Value: 'voice' }] }));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'high', StateValue: 'OK', StateReason: 'by hand' }));
  const [alarm] = (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['high'] }))).MetricAlarms ?? [];
  const watching = await client.send(new DescribeAlarmsForMetricCommand(metric));
  const tags = await client.send(new ListTagsForResourceCommand({ ResourceARN: alarm?.AlarmArn ?? '' }));
  await client.send(new PutDashboardCommand({ DashboardName: 'calls', DashboardBody: JSON.stringify(body) }));
  await client.send(new PutDashboardCommand({ DashboardName: 'other', DashboardBody: '{"widgets":[]}' }));
  const dashboard = await client.send(new GetDashboardCommand({ DashboardName: 'calls' }));
  const list = async (DashboardNamePrefix: string) =>
    (await client.send(new ListDashboardsCommand({ DashboardNamePrefix }))).DashboardEntries?.map(
      ({ DashboardName, DashboardArn }) => [DashboardName, DashboardArn],
    );
  return {
    metrics: (await client.send(new ListMetricsCommand({ Namespace: 'voice' }))).Metrics,
    statistics: statistics.Datapoints?.map(({ Timestamp, ...values }) => ({
      ...values,
      at: (Timestamp?.getTime() ?? 0) - now,
    })).sort((one, other) => one.at - other.at),
    label: statistics.Label,
    data: data.MetricDataResults?.map(({ Id, Values, Timestamps, StatusCode }) => ({
      ...{ Id, Values, StatusCode },
      at: Timestamps?.map((each) => each.getTime() - now),
    })),
    alarm: [alarm?.AlarmName, alarm?.AlarmArn, alarm?.ActionsEnabled, alarm?.StateValue, alarm?.StateReason],
    measured: [
      alarm?.Namespace,
      alarm?.MetricName,
      alarm?.Dimensions,
      alarm?.Statistic,
      alarm?.Period,
      alarm?.Threshold,
    ],
    watching: watching.MetricAlarms?.map(({ AlarmName }) => AlarmName),
    tags: tags.Tags,
    dashboard: [dashboard.DashboardName, dashboard.DashboardArn, JSON.parse(dashboard.DashboardBody ?? '')],
    dashboards: [await list(''), await list('cal')],
    missing: await nameOf(client.send(new GetDashboardCommand({ DashboardName: 'none' }))),
    noAlarm: await nameOf(
      client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: 'by hand' })),
    ),
    deleted: await nameOf(client.send(new DeleteDashboardsCommand({ DashboardNames: ['calls', 'other'] }))),
    deletedAgain: await nameOf(client.send(new DeleteDashboardsCommand({ DashboardNames: ['calls'] }))),
    gone: await nameOf(client.send(new DeleteAlarmsCommand({ AlarmNames: ['high'] }))),
    left: await list(''),
  };
};

describe.skipIf(!hasMoto)(motoSuite('CloudWatch, as moto answers it'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('is the same here', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({});
    const [own, other] = [await story(url, 'JSON'), await story(moto.url, 'JSON')];
    // moto refuses names that are gone: AWS was recorded to delete a dashboard as often as it is asked to.
    expect(own).toEqual({ ...other, deletedAgain: 'no error' });
  });
});
