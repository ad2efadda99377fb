import {
  DeleteAnomalyDetectorCommand,
  DeleteInsightRulesCommand,
  DescribeAnomalyDetectorsCommand,
  DescribeInsightRulesCommand,
  DisableInsightRulesCommand,
  EnableInsightRulesCommand,
  GetInsightRuleReportCommand,
  GetMetricDataCommand,
  ListTagsForResourceCommand,
  PutAnomalyDetectorCommand,
  PutInsightRuleCommand,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

const start = Date.UTC(2026, 10, 23, 12);
const rule = (Contribution: object = {}) => ({
  RuleName: 'campaigns',
  RuleDefinition: JSON.stringify({
    Schema: { Name: 'CloudWatchLogRule', Version: 1 },
    LogGroupNames: ['/aws/lambda/dialer-*'],
    LogFormat: 'JSON',
    Contribution: { Keys: ['$.campaignId'], Filters: [{ Match: '$.outcome', In: ['answered'] }], ...Contribution },
    AggregateOn: 'Count',
  }),
});

const cloudOf = async () => {
  const clock = testClock(start);
  const emulator = await emulatorWith({ clock });
  const client = cloudwatchClientOf(emulator);
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const logs = new CloudWatchLogsClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => logs.destroy());
  const stream = { logGroupName: '/aws/lambda/dialer-worker', logStreamName: 's' };
  await logs.send(new CreateLogGroupCommand(stream));
  await logs.send(new CreateLogStreamCommand(stream));
  const call = (campaignId: string, outcome = 'answered') =>
    logs.send(
      new PutLogEventsCommand({
        ...stream,
        logEvents: [{ timestamp: clock.now(), message: JSON.stringify({ campaignId, outcome }) }],
      }),
    );
  const times = { StartTime: new Date(start), EndTime: new Date(start + 180_000), Period: 60 };
  return { clock, client, call, times };
};

describe('Contributor Insights', () => {
  it('counts contributors of log events, which metric math can read', async () => {
    const { clock, client, call, times } = await cloudOf();
    await client.send(new PutInsightRuleCommand({ ...rule(), Tags: [{ Key: 'team', Value: 'voice' }] }));
    for (const id of ['c-1', 'c-1', 'c-2']) await call(id);
    await call('c-3', 'busy');
    await clock.advance('1m');
    await call('c-1');
    const report = await client.send(
      new GetInsightRuleReportCommand({ RuleName: 'campaigns', ...times, Metrics: ['UniqueContributors', 'Sum'] }),
    );
    expect(report).toMatchObject({
      KeyLabels: ['$.campaignId'],
      AggregationStatistic: 'SampleCount',
      AggregateValue: 4,
      ApproximateUniqueCount: 2,
      Contributors: [
        { Keys: ['c-1'], ApproximateAggregateValue: 3, Datapoints: [{ ApproximateValue: 2 }, { ApproximateValue: 1 }] },
        { Keys: ['c-2'], ApproximateAggregateValue: 1 },
      ],
      MetricDatapoints: [
        { Timestamp: new Date(start), UniqueContributors: 2, Sum: 3 },
        { UniqueContributors: 1, Sum: 1 },
        { UniqueContributors: 0, Sum: 0 },
      ],
    });
    const { MetricDataResults } = await client.send(
      new GetMetricDataCommand({
        ...times,
        MetricDataQueries: [
          { Id: 'e1', Expression: "INSIGHT_RULE_METRIC('campaigns', 'UniqueContributors')", Period: 60 },
        ],
        ScanBy: 'TimestampAscending',
      }),
    );
    expect(MetricDataResults?.[0]?.Values).toEqual([2, 1]);
    const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:insight-rule/campaigns';
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
      { Key: 'team', Value: 'voice' },
    ]);
  });

  it('counts while a rule is enabled, and nothing from before', async () => {
    const { client, call, times } = await cloudOf();
    await call('c-1');
    await client.send(new PutInsightRuleCommand(rule()));
    const names = { RuleNames: ['campaigns'] };
    await client.send(new DisableInsightRulesCommand(names));
    expect((await client.send(new DescribeInsightRulesCommand({}))).InsightRules).toMatchObject([
      { Name: 'campaigns', State: 'DISABLED', Schema: 'CloudWatchLogRule/1', ManagedRule: false },
    ]);
    await call('c-2');
    await client.send(new EnableInsightRulesCommand(names));
    await call('c-3');
    const report = await client.send(new GetInsightRuleReportCommand({ RuleName: 'campaigns', ...times }));
    expect(report.Contributors?.map(({ Keys }) => Keys)).toEqual([['c-3']]);
    const deleted = await client.send(new DeleteInsightRulesCommand({ RuleNames: ['campaigns', 'none'] }));
    expect(deleted.Failures).toMatchObject([{ FailureResource: 'none', ExceptionType: 'ResourceNotFoundException' }]);
  });

  it('refuses rules that it cannot read, with the place', async () => {
    const { client, times } = await cloudOf();
    expect((await errorOf(client.send(new PutInsightRuleCommand(rule({ Keys: [] }))))).message).toContain(
      'Contribution.Keys',
    );
    expect(await errorOf(client.send(new GetInsightRuleReportCommand({ RuleName: 'none', ...times })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

describe('anomaly detectors', () => {
  it('are put, described by metric and deleted', async () => {
    const { client } = await cloudOf();
    const metric = { Namespace: 'voice/test', MetricName: 'TotalCalls', Dimensions: [{ Name: 'Trunk', Value: 'a' }] };
    const detector = { ...metric, Stat: 'Sum' };
    await client.send(new PutAnomalyDetectorCommand({ SingleMetricAnomalyDetector: detector }));
    const described = async (input: object = {}) =>
      (await client.send(new DescribeAnomalyDetectorsCommand(input))).AnomalyDetectors;
    expect(await described({ Namespace: 'voice/test' })).toMatchObject([
      {
        ...detector,
        Configuration: { ExcludedTimeRanges: [] },
        SingleMetricAnomalyDetector: { AccountId: '123456789012', ...detector },
        StateValue: 'PENDING_TRAINING',
      },
    ]);
    const MetricData = [
      { MetricName: 'TotalCalls', Dimensions: metric.Dimensions, Value: 1, Timestamp: new Date(start) },
    ];
    await client.send(new PutMetricDataCommand({ Namespace: 'voice/test', MetricData }));
    expect(await described({ MetricName: 'TotalCalls' })).toMatchObject([{ StateValue: 'TRAINED' }]);
    expect(await described({ MetricName: 'Other' })).toEqual([]);
    await client.send(new DeleteAnomalyDetectorCommand({ SingleMetricAnomalyDetector: detector }));
    expect(await described()).toEqual([]);
    expect(
      await errorOf(client.send(new DeleteAnomalyDetectorCommand({ SingleMetricAnomalyDetector: detector }))),
    ).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
