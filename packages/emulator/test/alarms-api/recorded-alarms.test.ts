import { readFileSync } from 'node:fs';
import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmsCommand,
  type DescribeAlarmsCommandInput,
  DisableAlarmActionsCommand,
  EnableAlarmActionsCommand,
  ListTagsForResourceCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import type { Emulator } from '../../src/emulator.ts';
import { cloudwatchClientOf, cloudwatchProtocols, emulatorWith, errorOf } from '../running-emulator.ts';

type Recorded = Readonly<Record<string, Record<string, Record<string, unknown>>>>;
const { recordings }: { recordings: Recorded } = JSON.parse(
  readFileSync(new URL('./fixtures/recorded-alarms.json', import.meta.url), 'utf8'),
);

const account = '111111111111';
const arnOf = (name: string) => `arn:aws:cloudwatch:us-east-1:${account}:alarm:${name}`;

/** What AWS answered, with this test's names in place of the placeholders. */
const recorded = (test: string, step: string, names: Readonly<Record<string, string>> = {}) => {
  let text = JSON.stringify(recordings[test]?.[step]);
  const all = {
    '<partition>': 'aws',
    '<region>': 'us-east-1',
    '<region-name-full:1>': 'US East (N. Virginia)',
    '<alarm-name:1>': 'my-alarm',
    '<metric-name:1>': 'my-metric',
    '<namespace:1>': 'test/ns',
    '<topic_arn>': 'topic',
    ...names,
  };
  for (const [placeholder, name] of Object.entries(all)) text = text.replaceAll(placeholder, name);
  const { ResponseMetadata: _, ...answer } = JSON.parse(text);
  return answer;
};

/** What the SDK adds, and what the SDK of the recordings did not read. */
const passedOver = new Set(['$metadata', 'LogAlarms']);

/** Messages of metric alarms were recorded with this in 2026; those of the fixture are older. */
const sinceMuteRules = { ActionExecutedAfterMuteWindow: false };

/** Instants, which the recordings have as words. */
const withoutInstants = (value: unknown): unknown => {
  if (value instanceof Date) return 'timestamp';
  if (Array.isArray(value)) return value.map(withoutInstants);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, each]) => {
      if (passedOver.has(key) || each === undefined) return [];
      if (key === 'StateReasonData') return [[key, withoutDates(JSON.parse(String(each)))]];
      return [[key, withoutInstants(each)]];
    }),
  );
};

const isDate = (value: unknown) => /^\d{4}-\d\d-\d\dT[\d:.]+\+0000$/.test(String(value));
const withoutDates = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value, (_, each) => (isDate(each) ? 'date' : each)));

const describeAlarms = async (client: CloudWatchClient, input: DescribeAlarmsCommandInput = {}) =>
  withoutInstants(await client.send(new DescribeAlarmsCommand(input)));

const setState = (client: CloudWatchClient, AlarmName: string, StateValue: StateValue, StateReason: string) =>
  client.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason }));

const topicOf = async (emulator: Emulator, Name = 'topic') => {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const sns = new SNSClient({ endpoint: emulator.url, region: 'us-east-1', credentials });
  onTestFinished(() => sns.destroy());
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email-json', Endpoint: 'ops@example.com' }));
  return TopicArn;
};

const minimal: PutMetricAlarmCommandInput = {
  AlarmName: 'my-alarm',
  MetricName: 'my-metric',
  Namespace: 'test/ns',
  Statistic: 'Sum',
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 1,
  Period: 10,
  Threshold: 30,
};
const watched = (topic: string): PutMetricAlarmCommandInput => ({
  AlarmName: 'my-alarm',
  AlarmDescription: 'testing cloudwatch alarms',
  MetricName: 'my-metric101',
  Namespace: 'test/ns',
  Dimensions: [{ Name: 'InstanceId', Value: 'abc' }],
  Statistic: 'Average',
  Unit: 'Seconds',
  Period: 10,
  EvaluationPeriods: 2,
  Threshold: 2,
  ComparisonOperator: 'GreaterThanThreshold',
  AlarmActions: [topic],
  OKActions: [topic],
});

describe.each(Object.keys(cloudwatchProtocols) as (keyof typeof cloudwatchProtocols)[])(
  'over %s, as AWS was recorded to answer',
  (protocol) => {
    const started = async () => {
      const clock = testClock(Date.UTC(2026, 10, 23, 12));
      const emulator = await emulatorWith({ clock, accountId: account });
      return { clock, emulator, client: cloudwatchClientOf(emulator, protocol) };
    };

    it('an alarm is described, and gone when it was deleted', async () => {
      const { client } = await started();
      await client.send(new PutMetricAlarmCommand(minimal));
      expect(await describeAlarms(client)).toEqual(
        recorded('test_describe_minimal_metric_alarm', 'describe_minimal_metric_alarm'),
      );
      await client.send(new PutMetricAlarmCommand({ ...minimal, MetricName: 'metric1', Period: 60 }));
      const AlarmNames = ['my-alarm'];
      expect(await describeAlarms(client, { AlarmNames })).toEqual(recorded('test_delete_alarm', 'describe-alarm'));
      const deleted = await client.send(new DeleteAlarmsCommand({ AlarmNames }));
      expect(deleted.$metadata.httpStatusCode).toBe(200);
      expect(await describeAlarms(client, { AlarmNames })).toEqual(
        recorded('test_delete_alarm', 'describe-after-delete'),
      );
    });

    it('a raw answer has log alarms, too', async () => {
      const { client } = await started();
      const { CompositeAlarms, MetricAlarms, LogAlarms } = await client.send(new DescribeAlarmsCommand({}));
      expect({ CompositeAlarms, MetricAlarms, LogAlarms }).toEqual({
        CompositeAlarms: [],
        MetricAlarms: [],
        LogAlarms: [],
      });
    });

    it('what XML escapes comes back as it was', async () => {
      const { client } = await started();
      const topic = 'arn:aws:sns:us-east-1:111122223333:MyTopic';
      const change = { AlarmDescription: '<', Period: 600, Threshold: 1, AlarmActions: [topic] };
      await client.send(new PutMetricAlarmCommand({ ...minimal, ...change }));
      expect(await describeAlarms(client)).toEqual(
        recorded('test_put_metric_alarm_escape_character', 'describe-alarms-escaped-character'),
      );
    });

    it('states are set by hand, actions are switched off and on, and topics are told', async () => {
      const test = 'test_enable_disable_alarm_actions';
      const { client, emulator } = await started();
      const topic = await topicOf(emulator);
      const AlarmNames = ['my-alarm'];
      await client.send(new PutMetricAlarmCommand({ ...watched(topic), TreatMissingData: 'ignore' }));
      expect(await describeAlarms(client, { AlarmNames })).toEqual(recorded(test, 'describe_alarm'));
      await setState(client, 'my-alarm', 'ALARM', 'testing alarm');
      expect(withoutDates(JSON.parse(emulator.mailbox().at(-1)?.message ?? '{}'))).toEqual({
        ...recorded(test, 'alarm-state-sqs-msg'),
        ...sinceMuteRules,
      });
      expect(await describeAlarms(client, { AlarmNames })).toEqual(recorded(test, 'alarm-state-describe'));
      await client.send(new DisableAlarmActionsCommand({ AlarmNames }));
      await setState(client, 'my-alarm', 'OK', 'testing OK state');
      expect(await describeAlarms(client, { AlarmNames })).toEqual(recorded(test, 'describe_alarm_disabled'));
      expect(emulator.mailbox()).toHaveLength(1);
      await client.send(new EnableAlarmActionsCommand({ AlarmNames }));
      expect(await describeAlarms(client, { AlarmNames })).toEqual(recorded(test, 'describe_alarm_enabled'));
    });

    it('an alarm goes off that treats missing data as breaching', async () => {
      const { client, clock, emulator } = await started();
      const topic = await topicOf(emulator);
      await client.send(new PutMetricAlarmCommand({ ...watched(topic), TreatMissingData: 'breaching' }));
      await clock.advance('1m');
      const test = 'test_breaching_alarm_actions';
      expect(await describeAlarms(client)).toEqual(recorded(test, 'alarm-1-describe'));
      expect(withoutDates(JSON.parse(emulator.mailbox()[0]?.message ?? '{}'))).toEqual({
        ...recorded(test, 'alarm-1-sqs-msg'),
        ...sinceMuteRules,
      });
    });

    it('an invalid state and an unknown alarm are refused', async () => {
      const { client } = await started();
      await client.send(new PutMetricAlarmCommand(minimal));
      for (const [step, call] of [
        ['error-invalid-state', setState(client, 'my-alarm', 'INVALID' as StateValue, 'test')],
        ['error-resource-not-found', setState(client, 'nonexistent', 'OK', 'test')],
      ] as const) {
        const { Error: error } = recorded('test_set_alarm_invalid_input', step);
        const thrown = await errorOf(call);
        // Clients have a word of their own for an empty message.
        const message = error.Message || expect.stringMatching(/^Unknown(Error)?$/);
        expect([thrown.Code, thrown.message]).toEqual([error.Code, message]);
      }
    });

    it('alarms of both kinds are tagged', async () => {
      const { client } = await started();
      const Tags = [{ Key: 'Environment', Value: 'Production' }];
      await client.send(new PutMetricAlarmCommand({ ...minimal, Tags }));
      await client.send(
        new PutCompositeAlarmCommand({ AlarmName: 'composite', AlarmRule: 'ALARM(my-alarm)', Tags: [...Tags] }),
      );
      for (const [name, test] of [
        ['composite', 'test_tagging_composite_alarm'],
        ['my-alarm', 'test_tagging_metric_alarm'],
      ] as const) {
        const ResourceARN = arnOf(name);
        const tags = async () => withoutInstants(await client.send(new ListTagsForResourceCommand({ ResourceARN })));
        const afterCreation = Object.keys(recordings[test] ?? {}).find((step) => step.includes('after_creation')) ?? '';
        expect(await tags()).toEqual(recorded(test, afterCreation));
        const more = [
          { Key: 'tag1', Value: 'foo' },
          { Key: 'tag2', Value: 'bar' },
        ];
        await client.send(new TagResourceCommand({ ResourceARN, Tags: more }));
        expect(await tags()).toEqual(recorded(test, 'list_tags_for_resource_updated'));
        await client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['tag1'] }));
        expect(await tags()).toEqual(recorded(test, 'list_tags_for_resource_post_untag'));
        await client.send(new DeleteAlarmsCommand({ AlarmNames: [name] }));
        expect(await tags()).toEqual(recorded(test, 'list_tags_for_deleted_resource'));
      }
    });

    it('a composite alarm follows its children, and says which of them triggered it', async () => {
      const test = 'test_trigger_composite_alarm';
      const { client, emulator } = await started();
      const [alarmed, ok] = [await topicOf(emulator, 'alarm-topic'), await topicOf(emulator, 'ok-topic')];
      for (const AlarmName of ['one', 'two']) {
        await client.send(new PutMetricAlarmCommand({ ...minimal, AlarmName, TreatMissingData: 'ignore' }));
      }
      await client.send(
        new PutCompositeAlarmCommand({
          AlarmName: 'composite',
          AlarmDescription: 'composite alarm description',
          AlarmRule: `ALARM("${arnOf('one')}") OR ALARM("${arnOf('two')}")`,
          AlarmActions: [alarmed],
          OKActions: [ok],
        }),
      );
      const names = {
        '<composite-alarm-name>': 'composite',
        '<simple-alarm-1-name>': 'one',
        '<simple-alarm-2-name>': 'two',
        '<alarm-topic-name>': 'alarm-topic',
        '<ok-topic-name>': 'ok-topic',
      };
      for (const [name, state, step] of [
        ['one', 'ALARM', 'composite-alarm-in-alarm-when-alarm-1-is-in-alarm'],
        ['one', 'OK', 'composite-alarm-in-ok-when-alarm-1-is-back-to-ok'],
        ['two', 'ALARM', 'composite-alarm-in-alarm-when-alarm-2-is-in-alarm'],
        ['two', 'OK', 'composite-alarm-in-ok-when-alarm-2-is-back-to-ok'],
        ['one', 'ALARM', undefined],
        ['two', 'ALARM', 'composite-alarm-is-triggered-by-alarm-1-and-then-unchanged-by-alarm-2'],
      ] as const) {
        await setState(client, name, state, 'trigger');
        if (step === undefined) continue;
        const described = await describeAlarms(client, { AlarmTypes: ['CompositeAlarm'] });
        // The recording has a placeholder for the reason.
        const wanted = {
          ...recorded(test, step, names),
          StateReason: expect.stringMatching(/^arn:aws:cloudwatch:.* transitioned to /),
        };
        expect(described).toEqual({ MetricAlarms: [], CompositeAlarms: [wanted] });
      }
    });
  },
);
