import { describe, expect, it } from 'vitest';
import { alarmsOfDocument, type DocumentOptions } from '../../../src/alarm-tests.ts';
import { validateAlarm } from '../../../src/alarms.ts';

const alarmsOf = (document: unknown, options?: DocumentOptions) => {
  const read = alarmsOfDocument(document, options);
  if (!read.ok) throw new Error(JSON.stringify(read.issues));
  return read.alarms;
};
const issuesOf = (document: unknown, options?: DocumentOptions) => {
  const read = alarmsOfDocument(document, options);
  return read.ok ? [] : read.issues.map(({ where, message }) => `${where}: ${message}`);
};

const template = {
  Parameters: { Stage: { Type: 'String', Default: 'test' }, Minimum: { Type: 'Number', Default: 5 }, Owner: {} },
  Resources: {
    Alerts: { Type: 'AWS::SNS::Topic', Properties: { TopicName: { 'Fn::Sub': '${Stage}-alerts' } } },
    Queue: { Type: 'AWS::SQS::Queue' },
    Worker: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'dialer-worker' } },
    Backlog: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        AlarmName: { 'Fn::Join': ['-', ['voice', { Ref: 'Stage' }, 'backlog']] },
        AlarmDescription: { Ref: 'AWS::NoValue' },
        Namespace: 'AWS/SQS',
        MetricName: 'ApproximateNumberOfMessagesVisible',
        Dimensions: [{ Name: 'QueueName', Value: { 'Fn::GetAtt': ['Queue', 'QueueName'] } }],
        Statistic: 'Maximum',
        Period: '60',
        EvaluationPeriods: { Ref: 'Minimum' },
        Threshold: '100.5',
        ComparisonOperator: 'GreaterThanThreshold',
        ActionsEnabled: 'true',
        AlarmActions: [{ Ref: 'Alerts' }, { 'Fn::GetAtt': 'Worker.Arn' }],
      },
    },
    Either: {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      Properties: {
        AlarmRule: {
          'Fn::Sub': ['ALARM("${Backlog}") OR ALARM(${Backlog.Arn}) OR ${Constant}', { Constant: 'FALSE' }],
        },
      },
    },
  },
};

describe('alarms of documents', () => {
  it('are those of a CloudFormation template, its functions resolved', () => {
    const [backlog, either] = alarmsOf(template);
    expect(backlog).toEqual({
      AlarmName: 'voice-test-backlog',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateNumberOfMessagesVisible',
      Dimensions: [{ Name: 'QueueName', Value: 'Queue' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 5,
      Threshold: 100.5,
      ComparisonOperator: 'GreaterThanThreshold',
      ActionsEnabled: true,
      AlarmActions: [
        'arn:aws:sns:us-east-1:123456789012:test-alerts',
        'arn:aws:lambda:us-east-1:123456789012:function:dialer-worker',
      ],
    });
    expect(either).toEqual({
      AlarmName: 'Either',
      AlarmRule:
        'ALARM("voice-test-backlog") OR ALARM(arn:aws:cloudwatch:us-east-1:123456789012:alarm:voice-test-backlog) OR FALSE',
    });
    for (const alarm of [backlog, either]) expect(alarm && validateAlarm(alarm).ok).toBe(true);
  });

  it('take values from who reads them, before what the template says', () => {
    const [backlog] = alarmsOf(template, { values: { Stage: 'production', 'Queue.QueueName': 'dial-tasks' } });
    expect(backlog).toMatchObject({ AlarmName: 'voice-production-backlog', Dimensions: [{ Value: 'dial-tasks' }] });
    const account = { 'AWS::AccountId': '999988887777', 'AWS::Region': 'eu-west-1' };
    expect(alarmsOf(template, { values: account })[1]).toMatchObject({
      AlarmRule: expect.stringContaining('ALARM(arn:aws:cloudwatch:eu-west-1:999988887777:alarm:voice-test-backlog)'),
    });
  });

  it('have what conditions and mappings of the template give', () => {
    const Properties = {
      Threshold: { 'Fn::If': ['Paged', { 'Fn::FindInMap': ['Limits', { Ref: 'Stage' }, 'high'] }, 100] },
      Period: { 'Fn::If': ['Either', 60, 300] },
      AlarmDescription: { 'Fn::If': ['Never', 'never', { Ref: 'AWS::NoValue' }] },
      MetricName: { 'Fn::Select': [1, { 'Fn::Split': ['/', 'calls/Busy'] }] },
    };
    const isStage = (stage: string) => ({ 'Fn::Equals': [{ Ref: 'Stage' }, stage] });
    const document = {
      Parameters: { Stage: { Default: 'test' } },
      Mappings: { Limits: { production: { high: 5 }, test: { low: 1 } } },
      Conditions: {
        Production: isStage('production'),
        Paged: { 'Fn::And': [{ Condition: 'Production' }, { 'Fn::Not': [isStage('test')] }] },
        Either: { 'Fn::Or': [{ Condition: 'Paged' }, isStage('staging')] },
        Never: { 'Fn::Equals': [1, 2] },
        Loop: { 'Fn::Not': [{ Condition: 'Loop' }] },
      },
      Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties } },
    };
    const common = { AlarmName: 'A', MetricName: 'Busy' };
    const of = (values = {}) => alarmsOf(document, { values });
    expect(of()).toEqual([{ ...common, Threshold: 100, Period: 300 }]);
    expect(of({ Stage: 'production' })).toEqual([{ ...common, Threshold: 5, Period: 60 }]);
    expect(of({ Paged: 'true', 'FindInMap Limits.test.high': '7' })).toEqual([{ ...common, Threshold: 7, Period: 60 }]);
    expect(issuesOf(document, { values: { Paged: 'true' } })).toEqual([
      'resource A: FindInMap Limits.test.high has no value here: give one, as in values: { "FindInMap Limits.test.high": "…" }',
    ]);
    const looping = { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { Period: { 'Fn::If': ['Loop', 1, 2] } } } };
    expect(issuesOf({ ...document, Resources: looping })).toEqual([
      'resource A: Loop has no value here: give one, as in values: { "Loop": "…" }',
    ]);
  });

  it('are refused with every function that is not resolved, by its name', () => {
    const withActions = (...AlarmActions: unknown[]) => ({
      Parameters: template.Parameters,
      Resources: { A: { Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmActions } } },
    });
    const document = withActions(
      { 'Fn::ImportValue': 'shared-topic' },
      { Ref: 'Owner' },
      { 'Fn::If': ['Production', 'a', 'b'] },
      { 'Fn::Base64': 'a' },
      { 'Fn::GetAtt': ['Nothing', 'Arn'] },
    );
    expect(issuesOf(document)).toEqual([
      'resource A: ImportValue shared-topic has no value here: give one, as in values: { "ImportValue shared-topic": "…" }',
      'resource A: Owner has no value here: give one, as in values: { "Owner": "…" }',
      'resource A: Production has no value here: give one, as in values: { "Production": "…" }',
      'resource A: Fn::Base64 is not resolved here: give the alarm with its value in place of it',
      'resource A: Nothing.Arn has no value here: give one, as in values: { "Nothing.Arn": "…" }',
    ]);
    const values = { 'ImportValue shared-topic': 'arn:aws:sns:us-east-1:123456789012:shared' };
    expect(alarmsOf(withActions({ 'Fn::ImportValue': 'shared-topic' }), { values })).toEqual([
      { AlarmName: 'A', AlarmActions: ['arn:aws:sns:us-east-1:123456789012:shared'] },
    ]);
    expect(issuesOf({ Resources: { 'Fn::ForEach::Each': [] } })).toEqual([
      'resource Fn::ForEach::Each: is a loop, which is not unrolled here: give the template that it makes',
    ]);
  });

  it('are refused where a name hangs on itself', () => {
    const alarm = (name: string) => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { AlarmName: { Ref: name } } });
    expect(issuesOf({ Resources: { A: alarm('B'), B: alarm('A') } })[0]).toBe(
      'resource A: B has no value here: give one, as in values: { "B": "…" }',
    );
  });

  it('are those that DescribeAlarms answered, without what it adds', () => {
    const described = {
      MetricAlarms: [
        {
          AlarmName: 'a',
          AlarmArn: 'arn:aws:cloudwatch:us-east-1:123456789012:alarm:a',
          StateValue: 'OK',
          StateReasonData: '{}',
          Dimensions: [],
          EvaluationPeriods: 1,
          Threshold: 1,
          ComparisonOperator: 'GreaterThanThreshold',
          Metrics: [
            {
              Id: 'm',
              ReturnData: true,
              MetricStat: { Metric: { Namespace: 'n', MetricName: 'm', Dimensions: [] }, Period: 60, Stat: 'Sum' },
            },
          ],
        },
      ],
      CompositeAlarms: [{ AlarmName: 'c', AlarmRule: 'ALARM(a)', StateValue: 'ALARM' }],
    };
    const alarms = alarmsOf(described);
    expect(alarms.map(({ AlarmName }) => AlarmName)).toEqual(['a', 'c']);
    expect(Object.keys(alarms[0] ?? {})).not.toContain('StateValue');
    for (const alarm of alarms) expect(validateAlarm(alarm).ok).toBe(true);
  });

  it('are inputs themselves, alone or in a list, and nothing else', () => {
    expect(alarmsOf([{ AlarmName: 'a' }, { AlarmName: 'b' }])).toHaveLength(2);
    expect(alarmsOf({ AlarmName: 'a', Threshold: '7' })).toEqual([{ AlarmName: 'a', Threshold: 7 }]);
    for (const document of [undefined, 'text', {}, [], { Resources: {} }]) {
      expect(issuesOf(document)[0]).toContain('has no alarms');
    }
  });
});

it('passes over a resource whose type is no text', () => {
  const Odd = { Type: Object.create(null) };
  expect(issuesOf({ Resources: { Odd } })).toEqual([expect.stringContaining('document: has no alarms')]);
});
