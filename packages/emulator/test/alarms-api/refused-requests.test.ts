import {
  type CloudWatchClient,
  DeleteAlarmsCommand,
  DescribeAlarmContributorsCommand,
  DescribeAlarmHistoryCommand,
  DescribeAlarmsCommand,
  DescribeAnomalyDetectorsCommand,
  DisableAlarmActionsCommand,
  ListAlarmMuteRulesCommand,
  PutAnomalyDetectorCommand,
  PutCompositeAlarmCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-cloudwatch';
import { describe, expect, it } from 'vitest';
import { testClock } from '../../src/core/clock.ts';
import { cloudwatchClientOf, emulatorWith, errorOf } from '../running-emulator.ts';

const metricAlarm = (AlarmName: string) =>
  new PutMetricAlarmCommand({
    AlarmName,
    Namespace: 'voice/test',
    MetricName: 'ActiveCalls',
    Statistic: 'Maximum',
    Period: 60,
    EvaluationPeriods: 1,
    Threshold: 50,
    ComparisonOperator: 'GreaterThanThreshold',
  });

const compositeAlarm = (AlarmName: string, AlarmRule = 'ALARM(child)') =>
  new PutCompositeAlarmCommand({ AlarmName, AlarmRule });

const setState = (StateReasonData: string) =>
  new SetAlarmStateCommand({ AlarmName: 'child', StateValue: 'ALARM', StateReason: 'drill', StateReasonData });

const started = async () => {
  const emulator = await emulatorWith({ clock: testClock(Date.UTC(2026, 10, 23, 12)) });
  const client = cloudwatchClientOf(emulator);
  await client.send(metricAlarm('child'));
  await client.send(compositeAlarm('parent'));
  return { emulator, client };
};

type Refusal = readonly [what: string, send: (client: CloudWatchClient) => Promise<unknown>, message: string];

const refuses = (code: string, refusals: readonly Refusal[]) =>
  it.each(refusals)('%s', async (_, send, message) => {
    const { client } = await started();
    expect(await errorOf(send(client))).toMatchObject({ Code: code, message });
  });

const notIn = (value: string, member: string, words: string) =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must satisfy enum value set: [${words}]`;

const notAllIn = (value: string, member: string, words: string) =>
  `1 validation error detected: Value '[${value}]' at '${member}' failed to satisfy constraint: Member must satisfy constraint: [Member must satisfy enum value set: [${words}]]`;

const besides = (name: string, family: string) =>
  `${name} cannot be given with ${family}: only MaxRecords and NextToken can`;

describe('alarms that a composite alarm has in its rule are kept', () => {
  const remove = (...AlarmNames: string[]) => new DeleteAlarmsCommand({ AlarmNames });

  it('until that is deleted, or has another rule', async () => {
    const { client } = await started();
    await client.send(metricAlarm('other'));
    await client.send(metricAlarm('free'));
    expect(await errorOf(client.send(remove('free', 'child')))).toMatchObject({
      Code: 'ValidationError',
      message: 'Cannot delete child as there are composite alarm(s) depending on it.',
    });
    await client.send(compositeAlarm('parent', 'ALARM(child) OR OK(other)'));
    expect(await errorOf(client.send(remove('child', 'other', 'free')))).toMatchObject({
      message: 'Cannot delete child,other as there are composite alarm(s) depending on them.',
    });
    const { MetricAlarms } = await client.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['child', 'free', 'other']);
    await client.send(compositeAlarm('parent', 'ALARM(child)'));
    await client.send(remove('other'));
    await client.send(remove('child', 'parent'));
  });

  it('also where they form a cycle, until its rule is FALSE', async () => {
    const { client } = await started();
    await client.send(compositeAlarm('above', 'ALARM(parent)'));
    await client.send(compositeAlarm('parent', 'ALARM(above)'));
    for (const name of ['above', 'parent']) {
      expect(await errorOf(client.send(remove(name)))).toMatchObject({ Code: 'ValidationError' });
    }
    await client.send(compositeAlarm('parent', 'FALSE'));
    await client.send(remove('above'));
    await client.send(remove('parent'));
  });
});

describe('names of alarms, which both kinds share, are refused', () => {
  const taken = (name: string, known: string, kind: string) =>
    `AlarmName ${name} is that of a ${known} alarm, which a ${kind} alarm cannot replace: choose another name, or delete that alarm first`;
  refuses('ValidationError', [
    [
      'to a metric alarm, of a composite alarm',
      (client) => client.send(metricAlarm('parent')),
      taken('parent', 'composite', 'metric'),
    ],
    [
      'to a composite alarm, of a metric alarm',
      (client) => client.send(compositeAlarm('child', 'FALSE')),
      taken('child', 'metric', 'composite'),
    ],
  ]);

  it('and the alarms stay what they were', async () => {
    const { client } = await started();
    await errorOf(client.send(metricAlarm('parent')));
    await errorOf(client.send(compositeAlarm('child', 'FALSE')));
    const AlarmTypes = ['MetricAlarm' as const, 'CompositeAlarm' as const];
    const { MetricAlarms, CompositeAlarms } = await client.send(new DescribeAlarmsCommand({ AlarmTypes }));
    expect(MetricAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['child']);
    expect(CompositeAlarms?.map(({ AlarmName }) => AlarmName)).toEqual(['parent']);
  });
});

describe('what is not there is refused with the exception that the operation names', () => {
  const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:none';
  const message = `Resource ${ResourceARN} does not exist`;
  const Tags = [{ Key: 'team', Value: 'voice' }];
  refuses('ResourceNotFoundException', [
    ['by TagResource', (client) => client.send(new TagResourceCommand({ ResourceARN, Tags })), message],
    [
      'by UntagResource',
      (client) => client.send(new UntagResourceCommand({ ResourceARN, TagKeys: ['team'] })),
      message,
    ],
    [
      'by DescribeAlarmContributors',
      (client) => client.send(new DescribeAlarmContributorsCommand({ AlarmName: 'none' })),
      'Alarm none does not exist',
    ],
  ]);
});

describe('more than a request has a place for is refused', () => {
  const exceeds = (value: string, member: string, must: string) =>
    `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must have ${must}`;
  const AlarmNames = Array(101).fill('child');
  const tooMany = exceeds(`[${AlarmNames.join(', ')}]`, 'alarmNames', 'length less than or equal to 100');
  refuses('ValidationError', [
    ['names in DescribeAlarms', (client) => client.send(new DescribeAlarmsCommand({ AlarmNames })), tooMany],
    ['names in DeleteAlarms', (client) => client.send(new DeleteAlarmsCommand({ AlarmNames })), tooMany],
    ['names in DisableAlarmActions', (client) => client.send(new DisableAlarmActionsCommand({ AlarmNames })), tooMany],
    [
      'a StateReason',
      (client) =>
        client.send(new SetAlarmStateCommand({ AlarmName: 'child', StateValue: 'OK', StateReason: 'r'.repeat(1024) })),
      exceeds('r'.repeat(1024), 'stateReason', 'length less than or equal to 1023'),
    ],
    [
      'records',
      (client) => client.send(new DescribeAlarmsCommand({ MaxRecords: 101 })),
      exceeds('101', 'maxRecords', 'value less than or equal to 100'),
    ],
    [
      'records, as few as none',
      (client) => client.send(new DescribeAlarmHistoryCommand({ MaxRecords: 0 })),
      exceeds('0', 'maxRecords', 'value greater than or equal to 1'),
    ],
  ]);
});

describe('words that a request has no place for are refused', () => {
  refuses('ValidationError', [
    [
      'StateValue of DescribeAlarms',
      (client) => client.send(new DescribeAlarmsCommand({ StateValue: 'Alarm' as never })),
      notIn('Alarm', 'stateValue', 'INSUFFICIENT_DATA, ALARM, OK'),
    ],
    [
      'AlarmTypes of DescribeAlarms',
      (client) => client.send(new DescribeAlarmsCommand({ AlarmTypes: ['MetricAlarm', 'Foo' as never] })),
      notAllIn('MetricAlarm, Foo', 'alarmTypes', 'CompositeAlarm, MetricAlarm, LogAlarm'),
    ],
    [
      'AlarmTypes of DescribeAlarmHistory',
      (client) => client.send(new DescribeAlarmHistoryCommand({ AlarmTypes: ['Foo' as never] })),
      notAllIn('Foo', 'alarmTypes', 'CompositeAlarm, MetricAlarm, LogAlarm'),
    ],
    [
      'HistoryItemType',
      (client) => client.send(new DescribeAlarmHistoryCommand({ HistoryItemType: 'Foo' as never })),
      notIn(
        'Foo',
        'historyItemType',
        'ConfigurationUpdate, StateUpdate, Action, AlarmContributorStateUpdate, AlarmContributorAction',
      ),
    ],
    [
      'ScanBy',
      (client) => client.send(new DescribeAlarmHistoryCommand({ ScanBy: 'x' as never })),
      notIn('x', 'scanBy', 'TimestampDescending, TimestampAscending'),
    ],
    [
      'Statuses of mute rules',
      (client) => client.send(new ListAlarmMuteRulesCommand({ Statuses: ['FOO' as never] })),
      notAllIn('FOO', 'statuses', 'SCHEDULED, ACTIVE, EXPIRED'),
    ],
    [
      'AnomalyDetectorTypes',
      (client) => client.send(new DescribeAnomalyDetectorsCommand({ AnomalyDetectorTypes: ['FOO' as never] })),
      notAllIn('FOO', 'anomalyDetectorTypes', 'SINGLE_METRIC, METRIC_MATH'),
    ],
  ]);
});

describe('beside the relatives of an alarm are refused', () => {
  refuses('ValidationError', [
    [
      'a state',
      (client) => client.send(new DescribeAlarmsCommand({ ParentsOfAlarmName: 'child', StateValue: 'OK' })),
      besides('StateValue', 'ParentsOfAlarmName'),
    ],
    [
      'names',
      (client) => client.send(new DescribeAlarmsCommand({ ChildrenOfAlarmName: 'parent', AlarmNames: ['child'] })),
      besides('AlarmNames', 'ChildrenOfAlarmName'),
    ],
    [
      'types',
      (client) => client.send(new DescribeAlarmsCommand({ ParentsOfAlarmName: 'a', AlarmTypes: ['MetricAlarm'] })),
      besides('AlarmTypes', 'ParentsOfAlarmName'),
    ],
    [
      'a prefix of actions',
      (client) => client.send(new DescribeAlarmsCommand({ ParentsOfAlarmName: 'a', ActionPrefix: 'arn' })),
      besides('ActionPrefix', 'ParentsOfAlarmName'),
    ],
  ]);
});

describe('reason data is refused', () => {
  const noJson = 'Data was not syntactically valid JSON. (StateReasonData: write JSON, or leave it out)';
  refuses('InvalidFormat', [
    ['that is a word', (client) => client.send(setState('nojson')), noJson],
    ['that is half an object', (client) => client.send(setState('{bad')), noJson],
  ]);
  const long = `"${'x'.repeat(3999)}"`;
  refuses('ValidationError', [
    [
      'of more than 4000 characters',
      (client) => client.send(setState(long)),
      `1 validation error detected: Value '${long}' at 'stateReasonData' failed to satisfy constraint: Member must have length less than or equal to 4000`,
    ],
  ]);
});

describe('tags with the prefix of AWS are refused', () => {
  const Tags = [{ Key: 'aws:x', Value: 'y' }];
  const reserved = 'Tags: aws:x has the prefix aws:, which is reserved for AWS';
  const ResourceARN = 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:child';
  refuses('ValidationError', [
    ['of an alarm', (client) => client.send(new TagResourceCommand({ ResourceARN, Tags })), reserved],
    [
      'of a new alarm',
      (client) => client.send(new PutMetricAlarmCommand({ ...metricAlarm('new').input, Tags })),
      reserved,
    ],
  ]);
});

describe('anomaly detectors are refused', () => {
  const metric = { Namespace: 'voice/test', MetricName: 'ActiveCalls' };
  const put = (Stat: string, Configuration = {}) =>
    new PutAnomalyDetectorCommand({ SingleMetricAnomalyDetector: { ...metric, Stat }, Configuration });
  refuses('InvalidParameterValue', [
    [
      'of what is no statistic',
      (client) => client.send(put('foo')),
      'The value foo for parameter Stat is not supported.',
    ],
    [
      'in no time zone',
      (client) => client.send(put('Sum', { MetricTimezone: 'Foo/Bar' })),
      'The value Foo/Bar for parameter MetricTimezone is no time zone, such as Europe/London.',
    ],
  ]);

  it('but those of percentiles and time zones are kept', async () => {
    const { client } = await started();
    await client.send(put('p99.9', { MetricTimezone: 'Europe/London' }));
    expect((await client.send(new DescribeAnomalyDetectorsCommand({}))).AnomalyDetectors).toMatchObject([
      { Stat: 'p99.9', Configuration: { MetricTimezone: 'Europe/London' } },
    ]);
  });
});
