import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAlarmsForMetricCommand,
  ListTagsForResourceCommand,
  type MetricAlarm,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  PutMetricDataCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { testClock } from '../../src/core/clock.ts';
import { emulatorWith } from '../running-emulator.ts';

const metric = { Namespace: 'voice/test', MetricName: 'ActiveCalls', Dimensions: [{ Name: 'Trunk', Value: 'a' }] };
const simple: PutMetricAlarmCommandInput = {
  ...metric,
  AlarmName: 'high-load',
  AlarmDescription: 'Runbook: https://example.com/high-load',
  Statistic: 'Maximum',
  Period: 60,
  EvaluationPeriods: 3,
  DatapointsToAlarm: 2,
  Threshold: 50,
  ComparisonOperator: 'GreaterThanThreshold',
  TreatMissingData: 'notBreaching',
};
const stat = (Id: string, MetricName: string) => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { ...metric, MetricName }, Period: 60, Stat: 'Sum' },
});
const onMath: PutMetricAlarmCommandInput = {
  AlarmName: 'answer-rate-low',
  EvaluationPeriods: 1,
  Threshold: 20,
  ComparisonOperator: 'LessThanThreshold',
  Metrics: [
    stat('answered', 'AnsweredCalls'),
    stat('total', 'TotalCalls'),
    { Id: 'rate', Expression: '100 * answered / total', ReturnData: true },
  ],
};

const clientOf = (url: string) => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint: url, region: 'us-east-1', credentials, maxAttempts: 1 });
  onTestFinished(() => client.destroy());
  return client;
};

/** What was put is what is compared; states and instants are told apart below. */
const settingsOf = ({ MetricAlarms = [] }: { readonly MetricAlarms?: MetricAlarm[] | undefined }) =>
  MetricAlarms.map(
    ({ StateValue: _, StateReason: __, StateUpdatedTimestamp: ___, StateReasonData: ____, ...alarm }) => ({
      ...alarm,
      StateTransitionedTimestamp: undefined,
      AlarmConfigurationUpdatedTimestamp: undefined,
    }),
  );

/** The same calls for either; gives back what a client sees, without instants. */
const story = async (url: string) => {
  const client = clientOf(url);
  const nameOf = async (call: Promise<unknown>) =>
    call.then(
      () => 'no error',
      (error: Error) => error.name,
    );
  await client.send(new PutMetricAlarmCommand({ ...simple, Tags: [{ Key: 'team', Value: 'voice' }] }));
  await client.send(new PutMetricAlarmCommand(onMath));
  const initial = await client.send(new DescribeAlarmsCommand({ AlarmNames: ['high-load'] }));
  await client.send(new SetAlarmStateCommand({ AlarmName: 'high-load', StateValue: 'ALARM', StateReason: 'drill' }));
  const named = await client.send(new DescribeAlarmsCommand({ StateValue: 'ALARM' }));
  const ResourceARN = named.MetricAlarms?.[0]?.AlarmArn ?? '';
  await client.send(new TagResourceCommand({ ResourceARN, Tags: [{ Key: 'stage', Value: 'test' }] }));
  return {
    initial: initial.MetricAlarms?.[0]?.StateValue,
    simple: settingsOf(initial),
    math: settingsOf(await client.send(new DescribeAlarmsCommand({ AlarmNamePrefix: 'answer' }))),
    set: named.MetricAlarms?.map(({ AlarmName, StateReason }) => [AlarmName, StateReason]),
    forMetric: settingsOf(await client.send(new DescribeAlarmsForMetricCommand(metric))).length,
    forNothing: settingsOf(await client.send(new DescribeAlarmsForMetricCommand({ ...metric, MetricName: 'x' }))),
    tags: (await client.send(new ListTagsForResourceCommand({ ResourceARN }))).Tags,
    deleted: await nameOf(client.send(new DeleteAlarmsCommand({ AlarmNames: ['high-load', 'answer-rate-low'] }))),
    left: (await client.send(new DescribeAlarmsCommand({}))).MetricAlarms,
  };
};

/** What a user of alarms relies on, and moto leaves out. */
const more = async (url: string, advance: () => Promise<void>) => {
  const client = clientOf(url);
  const works = async (call: Promise<unknown>) =>
    call.then(
      () => true,
      () => false,
    );
  const settings = { ...simple, AlarmName: 'seen', EvaluationPeriods: 1, DatapointsToAlarm: 1 };
  await client.send(new PutMetricAlarmCommand(settings));
  const MetricData = [{ MetricName: 'ActiveCalls', Dimensions: metric.Dimensions, Value: 80 }];
  await client.send(new PutMetricDataCommand({ Namespace: 'voice/test', MetricData }));
  await advance();
  const [seen] = (await client.send(new DescribeAlarmsCommand({ AlarmNames: ['seen'] }))).MetricAlarms ?? [];
  const refuses = async (change: Partial<PutMetricAlarmCommandInput>) =>
    !(await works(client.send(new PutMetricAlarmCommand({ ...settings, AlarmName: 'wrong', ...change }))));
  const one = { Namespace: undefined, MetricName: undefined, Dimensions: undefined, Statistic: undefined };
  const Metrics = [{ Id: 'e', Expression: 'NOPE(((', Period: 60, ReturnData: true }];
  return {
    evaluates: seen?.StateValue === 'ALARM',
    history: await works(client.send(new DescribeAlarmHistoryCommand({ AlarmName: 'seen' }))),
    composites: await works(
      client.send(new PutCompositeAlarmCommand({ AlarmName: 'all', AlarmRule: 'ALARM("seen")' })),
    ),
    refusesPeriods: await refuses({ Period: 61 }),
    refusesMOfN: await refuses({ DatapointsToAlarm: 5 }),
    refusesExpressions: await refuses({ ...one, Period: undefined, Metrics }),
  };
};

describe.skipIf(!hasMoto)(motoSuite('Alarms, as moto answers them'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto.stop());

  it('are the same here, but for what moto leaves out', { timeout: 30_000 }, async () => {
    const { url } = await emulatorWith({});
    const [own, other] = [await story(url), await story(moto.url)];
    // AWS begins in INSUFFICIENT_DATA (recorded), and gives no Metrics of an alarm that has none (recorded).
    expect(own.initial).toBe('INSUFFICIENT_DATA');
    const simple = other.simple.map(({ Metrics: _, ...alarm }) => alarm);
    expect(own).toEqual({ ...other, initial: own.initial, simple });
  });

  it('are evaluated, checked and combined here alone', { timeout: 30_000 }, async () => {
    const clock = testClock(Date.now());
    const { url } = await emulatorWith({ clock });
    const everything = {
      evaluates: true,
      history: true,
      composites: true,
      refusesPeriods: true,
      refusesMOfN: true,
      refusesExpressions: true,
    };
    expect(await more(url, () => clock.advance('2m'))).toEqual(everything);
    // moto evaluates no alarm however long one waits, keeps no history, knows no composite alarms and checks nothing.
    const nothing = Object.fromEntries(Object.keys(everything).map((name) => [name, false]));
    expect(await more(moto.url, async () => {})).toEqual(nothing);
  });
});
