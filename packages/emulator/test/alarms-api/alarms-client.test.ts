import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type CloudWatchClient,
  DeleteAlarmMuteRuleCommand,
  DeleteAlarmsCommand,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  GetAlarmMuteRuleCommand,
  ListAlarmMuteRulesCommand,
  ListTagsForResourceCommand,
  PutAlarmMuteRuleCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf, handlerFile } from '../running-emulator.ts';

const start = Date.UTC(2026, 10, 23, 12);
const high: PutMetricAlarmCommandInput = {
  AlarmName: 'high-load',
  AlarmDescription: 'Runbook: https://example.com/high-load',
  Namespace: 'voice/test',
  MetricName: 'ActiveCalls',
  Dimensions: [{ Name: 'Trunk', Value: 'a' }],
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};

const cloudOf = async (options: Parameters<typeof emulatorWith>[0] = {}) => {
  const clock = testClock(start);
  const emulator = await emulatorWith({ clock, ...options });
  const client = cloudwatchClientOf(emulator);
  const measure = (Value: number, MetricName = 'ActiveCalls') =>
    client.send(
      new PutMetricDataCommand({
        Namespace: 'voice/test',
        MetricData: [
          { MetricName, Value, Dimensions: [{ Name: 'Trunk', Value: 'a' }], Timestamp: new Date(clock.now()) },
        ],
      }),
    );
  const stateOf = async (name: string, type: 'MetricAlarm' | 'CompositeAlarm' = 'MetricAlarm') => {
    const { MetricAlarms, CompositeAlarms } = await client.send(
      new DescribeAlarmsCommand({ AlarmNames: [name], AlarmTypes: [type] }),
    );
    return (MetricAlarms?.[0] ?? CompositeAlarms?.[0])?.StateValue;
  };
  return { clock, emulator, client, measure, stateOf };
};

const topicFor = async (url: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sns = new SNSClient({ endpoint: url, region: 'us-east-1', credentials });
  onTestFinished(() => sns.destroy());
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'alerts' }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email-json', Endpoint: 'ops@example.com' }));
  return TopicArn;
};

describe('metric alarms', () => {
  it('are described as they were put, and follow their metric as the clock goes on', async () => {
    const { client, clock, measure, stateOf } = await cloudOf();
    await client.send(new PutMetricAlarmCommand({ ...high, Tags: [{ Key: 'team', Value: 'voice' }] }));
    const described = await client.send(new DescribeAlarmsCommand({}));
    expect(described.MetricAlarms).toMatchObject([
      {
        ...high,
        AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:high-load',
        ActionsEnabled: true,
        AlarmActions: [],
        StateValue: 'INSUFFICIENT_DATA',
        StateReason: 'Unchecked: Initial alarm creation',
        StateUpdatedTimestamp: new Date(start),
        AlarmConfigurationUpdatedTimestamp: new Date(start),
      },
    ]);
    await clock.advance('1m');
    expect(await stateOf('high-load')).toBe('OK');
    for (const _ of [1, 2]) {
      await measure(80);
      await clock.advance('1m');
    }
    expect(await stateOf('high-load')).toBe('ALARM');
    const [alarm] = (await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }))).MetricAlarms ?? [];
    expect(alarm?.StateReason).toBe(
      'Threshold Crossed: 2 out of the last 3 datapoints [80.0 (23/11/26 12:02:00), 80.0 (23/11/26 12:01:00)] were greater than the threshold (50.0) and 1 missing datapoint was treated as [NonBreaching] (minimum 2 datapoints for OK -> ALARM transition).',
    );
    expect(JSON.parse(alarm?.StateReasonData ?? '{}')).toMatchObject({ statistic: 'Maximum', threshold: 50 });
    await clock.advance('5m');
    expect(await stateOf('high-load')).toBe('OK');
  });

  it('tell topics and functions, and keep a history', async () => {
    const functions = [{ name: 'pause', entry: handlerFile('log-event.ts') }];
    const { client, clock, emulator, measure } = await cloudOf({ functions });
    const topic = await topicFor(emulator.url);
    const pause = 'arn:aws:lambda:us-east-1:123456789012:function:pause';
    const other = 'arn:aws:automate:us-east-1:ec2:stop';
    await client.send(
      new PutMetricAlarmCommand({
        ...high,
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        AlarmActions: [topic, pause, other],
      }),
    );
    await clock.advance('1m');
    await measure(80);
    await clock.advance('1m');
    await emulator.idle({ timeoutMs: 20_000 });
    expect(emulator.mailbox()).toMatchObject([
      { to: 'ops@example.com', subject: 'ALARM: "high-load" in US East (N. Virginia)', at: start + 120_000 },
    ]);
    expect(JSON.parse(emulator.mailbox()[0]?.message ?? '{}')).toMatchObject({
      NewStateValue: 'ALARM',
      OldStateValue: 'OK',
      Trigger: { MetricName: 'ActiveCalls', Statistic: 'MAXIMUM', Dimensions: [{ name: 'Trunk', value: 'a' }] },
    });
    const invoked = emulator.logs.events({ logGroup: '/aws/lambda/pause' });
    expect(invoked.some(({ message }) => message.startsWith('REPORT'))).toBe(true);
    const history = await client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'high-load' }));
    expect(
      history.AlarmHistoryItems?.map(({ HistoryItemType, HistorySummary }) => [HistoryItemType, HistorySummary]),
    ).toEqual([
      ['Action', `Failed to execute action ${other}`],
      ['Action', `Successfully executed action ${pause}`],
      ['Action', `Successfully executed action ${topic}`],
      ['StateUpdate', 'Alarm updated from OK to ALARM'],
      ['StateUpdate', 'Alarm updated from INSUFFICIENT_DATA to OK'],
      ['ConfigurationUpdate', 'Alarm "high-load" created'],
    ]);
    const updates = await client.send(
      new DescribeAlarmHistoryCommand({ HistoryItemType: 'StateUpdate', ScanBy: 'TimestampAscending', MaxRecords: 1 }),
    );
    expect(updates.AlarmHistoryItems).toMatchObject([{ Timestamp: new Date(start + 60_000) }]);
    expect(updates.NextToken).toBeDefined();
  });

  it('on metric math, short periods and many series are evaluated too', async () => {
    const { client, clock, stateOf, measure } = await cloudOf();
    const stat = (Id: string, MetricName: string, Period = 60) => ({
      Id,
      ReturnData: false,
      MetricStat: {
        Metric: { Namespace: 'voice/test', MetricName, Dimensions: high.Dimensions },
        Period,
        Stat: 'Sum',
      },
    });
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'answer-rate',
        EvaluationPeriods: 1,
        Threshold: 20,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'ignore',
        Metrics: [
          stat('answered', 'AnsweredCalls'),
          stat('total', 'TotalCalls'),
          { Id: 'rate', Expression: '100 * answered / total', Label: 'Answer rate', ReturnData: true },
        ],
      }),
    );
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'any-trunk',
        EvaluationPeriods: 1,
        Threshold: 50,
        ComparisonOperator: 'GreaterThanThreshold',
        Metrics: [
          {
            Id: 'q',
            Expression: 'SELECT MAX(ActiveCalls) FROM SCHEMA("voice/test", Trunk) GROUP BY Trunk ORDER BY MAX() DESC',
            Period: 60,
            ReturnData: true,
          },
        ],
      }),
    );
    await client.send(
      new PutMetricAlarmCommand({ ...high, AlarmName: 'fast', Period: 10, EvaluationPeriods: 1, DatapointsToAlarm: 1 }),
    );
    await measure(10, 'TotalCalls');
    await measure(1, 'AnsweredCalls');
    await measure(90);
    await clock.advance('1m');
    expect([await stateOf('answer-rate'), await stateOf('any-trunk')]).toEqual(['ALARM', 'ALARM']);
    const { AlarmContributors } = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'any-trunk' }));
    expect(AlarmContributors).toMatchObject([{ ContributorAttributes: { Trunk: 'a' } }]);
    const history = await client.send(
      new DescribeAlarmHistoryCommand({
        AlarmName: 'fast',
        HistoryItemType: 'StateUpdate',
        ScanBy: 'TimestampAscending',
      }),
    );
    expect(history.AlarmHistoryItems?.map(({ HistorySummary }) => HistorySummary)).toContain(
      'Alarm updated from OK to ALARM',
    );
  });

  it('tell in their history of each contributor, what it did and who was notified', async () => {
    const { client, clock, emulator, measure } = await cloudOf();
    const topic = await topicFor(emulator.url);
    const Expression = 'SELECT MAX(ActiveCalls) FROM SCHEMA("voice/test", Trunk) GROUP BY Trunk ORDER BY MAX() DESC';
    await client.send(
      new PutMetricAlarmCommand({
        AlarmName: 'any-trunk',
        AlarmActions: [topic],
        EvaluationPeriods: 1,
        Threshold: 50,
        ComparisonOperator: 'GreaterThanThreshold',
        Metrics: [{ Id: 'q', Expression, Period: 60, ReturnData: true }],
      }),
    );
    await measure(90);
    await clock.advance('1m');
    const { AlarmContributors } = await client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'any-trunk' }));
    const id = AlarmContributors?.[0]?.ContributorId ?? 'none';
    const itemsOf = async (AlarmContributorId: string) => {
      const asked = { AlarmName: 'any-trunk', AlarmContributorId, ScanBy: 'TimestampAscending' } as const;
      return (await client.send(new DescribeAlarmHistoryCommand(asked))).AlarmHistoryItems;
    };
    const common = { AlarmContributorId: id, AlarmContributorAttributes: { Trunk: 'a' } };
    expect(await itemsOf(id)).toMatchObject([
      {
        ...common,
        HistoryItemType: 'AlarmContributorStateUpdate',
        HistorySummary: 'Alarm contributor updated from OK to ALARM',
      },
      {
        ...common,
        HistoryItemType: 'AlarmContributorAction',
        HistorySummary: `Successfully executed action ${topic}`,
      },
    ]);
    expect(await itemsOf('another')).toEqual([]);
  });

  it('are set by hand until their next evaluation', async () => {
    const { client, clock, stateOf } = await cloudOf();
    await client.send(new PutMetricAlarmCommand(high));
    await clock.advance('1m');
    await client.send(new SetAlarmStateCommand({ AlarmName: 'high-load', StateValue: 'ALARM', StateReason: 'drill' }));
    expect(await stateOf('high-load')).toBe('ALARM');
    await clock.advance('1m');
    expect(await stateOf('high-load')).toBe('OK');
    const missing = client.send(new SetAlarmStateCommand({ AlarmName: 'none', StateValue: 'OK', StateReason: '' }));
    expect(await errorOf(missing)).toMatchObject({ name: 'ResourceNotFound', $metadata: { httpStatusCode: 404 } });
    const wrong = client.send(
      new SetAlarmStateCommand({ AlarmName: 'high-load', StateValue: 'INVALID' as never, StateReason: '' }),
    );
    expect(await errorOf(wrong)).toMatchObject({
      message:
        "1 validation error detected: Value 'INVALID' at 'stateValue' failed to satisfy constraint: Member must satisfy enum value set: [INSUFFICIENT_DATA, ALARM, OK]",
    });
  });

  it('are found by metric, switched off and on, tagged and deleted', async () => {
    const { client, emulator, clock, measure } = await cloudOf();
    const topic = await topicFor(emulator.url);
    await client.send(
      new PutMetricAlarmCommand({ ...high, AlarmActions: [topic], Tags: [{ Key: 'team', Value: 'voice' }] }),
    );
    const metric = { Namespace: 'voice/test', MetricName: 'ActiveCalls' };
    const forMetric = (input: object) => client.send(new DescribeAlarmsForMetricCommand({ ...metric, ...input }));
    expect((await forMetric({})).MetricAlarms).toEqual([]);
    expect((await forMetric({ Dimensions: high.Dimensions, Statistic: 'Maximum' })).MetricAlarms).toHaveLength(1);
    await client.send(new DisableAlarmActionsCommand({ AlarmNames: ['high-load'] }));
    for (const _ of [1, 2, 3]) {
      await measure(80);
      await clock.advance('1m');
    }
    expect(emulator.mailbox()).toEqual([]);
    await client.send(new EnableAlarmActionsCommand({ AlarmNames: ['high-load'] }));
    expect((await client.send(new DescribeAlarmsCommand({ ActionPrefix: topic }))).MetricAlarms).toMatchObject([
      { ActionsEnabled: true, StateValue: 'ALARM' },
    ]);
    const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:high-load';
    await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'stage', Value: 'test' }] }));
    await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] }));
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([
      { Key: 'stage', Value: 'test' },
    ]);
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['high-load', 'none'] }));
    expect((await client.send(new DescribeAlarmsCommand({}))).MetricAlarms).toEqual([]);
    expect((await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags).toEqual([]);
  });

  it('are refused in the words of CloudWatch, with the way out', async () => {
    const { client } = await cloudOf();
    const put = (change: object) => errorOf(client.send(new PutMetricAlarmCommand({ ...high, ...change })));
    expect((await put({ DatapointsToAlarm: 4 })).message).toContain(
      'DatapointsToAlarm must be less than or equal to EvaluationPeriods (DatapointsToAlarm: ',
    );
    expect((await put({ Threshold: undefined })).message).toContain('should have valid Threshold parameter');
    const Metrics = [{ Id: 'e1', Expression: 'm1 +', Period: 60, ReturnData: true }];
    const none = {
      Namespace: undefined,
      MetricName: undefined,
      Statistic: undefined,
      Period: undefined,
      Dimensions: undefined,
    };
    expect((await put({ ...none, Metrics })).message).toContain('e1');
  });
});

describe('composite alarms', () => {
  it('follow their children at once, notify once, and name who triggered them', async () => {
    const { client, clock, emulator, measure, stateOf } = await cloudOf();
    const topic = await topicFor(emulator.url);
    await client.send(new PutMetricAlarmCommand({ ...high, EvaluationPeriods: 1, DatapointsToAlarm: 1 }));
    const AlarmRule = 'ALARM(high-load) OR ALARM("other alarm")';
    const put = (change: object = {}) =>
      client.send(new PutCompositeAlarmCommand({ AlarmName: 'campaign', AlarmRule, AlarmActions: [topic], ...change }));
    expect((await errorOf(put())).message).toContain('do not exist');
    await client.send(new PutMetricAlarmCommand({ ...high, AlarmName: 'other alarm' }));
    await put();
    expect(await stateOf('campaign', 'CompositeAlarm')).toBe('OK');
    await measure(80);
    await clock.advance('1m');
    expect(await stateOf('campaign', 'CompositeAlarm')).toBe('ALARM');
    expect(JSON.parse(emulator.mailbox()[0]?.message ?? '{}')).toMatchObject({
      AlarmRule,
      TriggeringChildren: [{ Arn: expect.stringMatching(/:alarm:high-load$/), State: { Value: 'ALARM' } }],
    });
    const children = await client.send(new DescribeAlarmsCommand({ ChildrenOfAlarmName: 'campaign' }));
    expect(children.MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['high-load', 'other alarm']);
    const parents = await client.send(new DescribeAlarmsCommand({ ParentsOfAlarmName: 'high-load' }));
    expect(parents.CompositeAlarms).toMatchObject([{ AlarmName: 'campaign', AlarmRule }]);
    expect((await client.send(new DescribeAlarmsCommand({}))).CompositeAlarms).toEqual([]);
  });

  it('hold their actions back for a suppressor', async () => {
    const { client, clock, emulator, measure } = await cloudOf();
    const topic = await topicFor(emulator.url);
    await client.send(new PutMetricAlarmCommand({ ...high, EvaluationPeriods: 1, DatapointsToAlarm: 1 }));
    await client.send(new PutMetricAlarmCommand({ ...high, AlarmName: 'maintenance', TreatMissingData: 'ignore' }));
    await client.send(
      new PutCompositeAlarmCommand({
        AlarmName: 'campaign',
        AlarmRule: 'ALARM(high-load)',
        AlarmActions: [topic],
        ActionsSuppressor: 'maintenance',
        ActionsSuppressorWaitPeriod: 30,
        ActionsSuppressorExtensionPeriod: 20,
      }),
    );
    await measure(80);
    await clock.advance('1m');
    const suppressed = async () =>
      (await client.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }))).CompositeAlarms?.[0]
        ?.ActionsSuppressedBy;
    expect([await suppressed(), emulator.mailbox().length]).toEqual(['WaitPeriod', 0]);
    await client.send(
      new SetAlarmStateCommand({ AlarmName: 'maintenance', StateValue: 'ALARM', StateReason: 'works' }),
    );
    expect(await suppressed()).toBe('Alarm');
    await client.send(new SetAlarmStateCommand({ AlarmName: 'maintenance', StateValue: 'OK', StateReason: 'done' }));
    expect(await suppressed()).toBe('ExtensionPeriod');
    await clock.advance('20s');
    expect([await suppressed(), emulator.mailbox().length]).toEqual([undefined, 1]);
  });
});

describe('composite alarms that wait for a suppressor', () => {
  const composite = (AlarmActions: string[], suppressor: object = {}) =>
    new PutCompositeAlarmCommand({ AlarmName: 'campaign', AlarmRule: 'ALARM(high-load)', AlarmActions, ...suppressor });
  const suppressedBy = (ActionsSuppressor: string) => ({
    ActionsSuppressor,
    ActionsSuppressorWaitPeriod: 600,
    ActionsSuppressorExtensionPeriod: 0,
  });
  const inAlarm = (AlarmName: string) =>
    new SetAlarmStateCommand({ AlarmName, StateValue: 'ALARM', StateReason: 'drill' });

  const waiting = async () => {
    const cloud = await cloudOf();
    const { client, emulator } = cloud;
    const topics = [await topicFor(emulator.url)];
    for (const AlarmName of ['high-load', 'maintenance', 'weekend']) {
      await client.send(new PutMetricAlarmCommand({ ...high, AlarmName, TreatMissingData: 'ignore' }));
    }
    await client.send(composite(topics, suppressedBy('maintenance')));
    const by = async () =>
      (await client.send(new DescribeAlarmsCommand({ AlarmTypes: ['CompositeAlarm'] }))).CompositeAlarms?.[0]
        ?.ActionsSuppressedBy;
    return { ...cloud, topics, by };
  };

  it('run their actions at once when it is taken away', async () => {
    const { client, emulator, topics, by } = await waiting();
    await client.send(inAlarm('high-load'));
    expect([await by(), emulator.mailbox().length]).toEqual(['WaitPeriod', 0]);
    await client.send(composite(topics));
    expect([await by(), emulator.mailbox().length]).toEqual([undefined, 1]);
  });

  it('run their actions at once when it is deleted', async () => {
    const { client, emulator, by } = await waiting();
    await client.send(inAlarm('maintenance'));
    await client.send(inAlarm('high-load'));
    expect([await by(), emulator.mailbox().length]).toEqual(['Alarm', 0]);
    await client.send(new DeleteAlarmsCommand({ AlarmNames: ['maintenance'] }));
    expect([await by(), emulator.mailbox().length]).toEqual([undefined, 1]);
  });

  it('follow another that they get', async () => {
    const { client, emulator, topics, by } = await waiting();
    await client.send(inAlarm('weekend'));
    await client.send(inAlarm('high-load'));
    await client.send(composite(topics, suppressedBy('weekend')));
    expect([await by(), emulator.mailbox().length]).toEqual(['Alarm', 0]);
  });
});

describe('mute rules', () => {
  it('keep alarms quiet, and let them speak when the window ends', async () => {
    const { client, clock, emulator, measure } = await cloudOf();
    const topic = await topicFor(emulator.url);
    await client.send(
      new PutMetricAlarmCommand({
        ...high,
        AlarmActions: [topic],
        EvaluationPeriods: 1,
        DatapointsToAlarm: 1,
        TreatMissingData: 'ignore',
      }),
    );
    await client.send(
      new PutAlarmMuteRuleCommand({
        Name: 'works',
        Rule: { Schedule: { Expression: 'at(2026-11-23T12:00)', Duration: 'PT5M' } },
        MuteTargets: { AlarmNames: ['high-load'] },
      }),
    );
    const AlarmMuteRuleName = 'works';
    expect(await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName }))).toMatchObject({
      Name: 'works',
      Status: 'ACTIVE',
      MuteTargets: { AlarmNames: ['high-load'] },
    });
    await measure(80);
    await clock.advance('4m');
    expect(emulator.mailbox()).toEqual([]);
    await clock.advance('2m');
    expect(JSON.parse(emulator.mailbox()[0]?.message ?? '{}')).toMatchObject({ ActionExecutedAfterMuteWindow: true });
    const listed = await client.send(new ListAlarmMuteRulesCommand({ AlarmName: 'high-load' }));
    expect(listed.AlarmMuteRuleSummaries).toMatchObject([
      { AlarmMuteRuleArn: expect.stringMatching(/:works$/), MuteType: 'ONE_TIME', Status: 'EXPIRED' },
    ]);
    expect(listed.AlarmMuteRuleSummaries?.[0]?.ExpireDate).toBeUndefined();
    await client.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName }));
    expect(await errorOf(client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName })))).toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});

it('a mute rule of alarms that do not exist is refused, and goes on without one that was deleted', async () => {
  const { client } = await cloudOf();
  const rule = (...AlarmNames: string[]) =>
    new PutAlarmMuteRuleCommand({
      Name: 'night',
      Rule: { Schedule: { Expression: 'cron(0 2 * * *)', Duration: 'PT4H' } },
      MuteTargets: { AlarmNames },
    });
  await client.send(new PutMetricAlarmCommand(high));
  expect(await errorOf(client.send(rule('high-load', 'none')))).toMatchObject({
    Code: 'ValidationError',
    message: 'MuteTargets: alarms [none] do not exist (create them first)',
  });
  await client.send(rule('high-load'));
  await client.send(new DeleteAlarmsCommand({ AlarmNames: ['high-load'] }));
  const { MuteTargets } = await client.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: 'night' }));
  expect(MuteTargets).toEqual({ AlarmNames: ['high-load'] });
});

describe('alarms whose mute rule goes', () => {
  const mute = (minutes: number) =>
    new PutAlarmMuteRuleCommand({
      Name: 'works',
      Rule: { Schedule: { Expression: 'at(2026-11-23T12:00)', Duration: `PT${minutes}M` } },
      MuteTargets: { AlarmNames: ['high-load'] },
    });

  it.each([
    [
      'is deleted',
      (client: CloudWatchClient) => client.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: 'works' })),
    ],
    ['ends earlier', (client: CloudWatchClient) => client.send(mute(1))],
  ])('speak at once when it %s', async (_, change) => {
    const { client, clock, emulator, measure } = await cloudOf();
    const AlarmActions = [await topicFor(emulator.url)];
    await client.send(new PutMetricAlarmCommand({ ...high, AlarmActions, EvaluationPeriods: 1, DatapointsToAlarm: 1 }));
    await client.send(mute(60));
    await measure(80);
    await clock.advance('1m');
    expect(emulator.mailbox()).toEqual([]);
    await change(client);
    expect(JSON.parse(emulator.mailbox()[0]?.message ?? '{}')).toMatchObject({
      NewStateValue: 'ALARM',
      ActionExecutedAfterMuteWindow: true,
    });
  });
});

describe('alarms and restarts', () => {
  it('are where they were, with state and history', async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), 'voice-alarms-'));
    onTestFinished(() => rmSync(dataDirectory, { recursive: true }));
    const first = await cloudOf({ dataDirectory });
    await first.client.send(new PutMetricAlarmCommand(high));
    await first.clock.advance('1m');
    await first.emulator.stop();
    const second = await cloudOf({ dataDirectory });
    expect(await second.stateOf('high-load')).toBe('OK');
    const history = await second.client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'high-load' }));
    expect(history.AlarmHistoryItems).toHaveLength(2);
  });
});
