import { describe, expect, it } from 'vitest';
import { type DeploymentInputs, MonitoringError, plan, voiceCampaignMonitoring } from '../../src/index.ts';
import { inputs, planned } from '../voice-campaign/deployment.ts';

const issuesOf = (change: Partial<DeploymentInputs>): readonly (readonly [path: string, message: string])[] => {
  try {
    plan(voiceCampaignMonitoring, { ...inputs, ...change });
    return [];
  } catch (error) {
    if (!(error instanceof MonitoringError)) throw error;
    return error.issues.map(({ path, message }) => [path, message] as const);
  }
};
const pathsOf = (change: Partial<DeploymentInputs>) => issuesOf(change).map(([path]) => path);
const manyTags = Object.fromEntries(Array.from({ length: 51 }, (_, index) => [`key${index}`, 'value']));

describe('inputs', () => {
  it('are refused where AWS has no such thing', () => {
    expect(pathsOf({ asteriskInstanceId: 'i-1' })).toEqual(['asteriskInstanceId']);
    expect(pathsOf({ rdsInstanceId: '1db' })).toEqual(['rdsInstanceId']);
    expect(pathsOf({ region: 'virginia' })).toEqual(['region']);
    expect(pathsOf({ restApiNames: ['Rückruf', 'a', 'a'] })).toEqual(['restApiNames[0]', 'restApiNames[2]']);
    expect(pathsOf({ sqsQueueNames: ['q.fifo', 'q.txt'] })).toEqual(['sqsQueueNames[1]']);
    expect(issuesOf({ logRetentionDays: 31 })[0]?.[1]).toContain('1, 3, 5, 7, 14, 30');
    expect(pathsOf({ existingLogGroupNames: ['/aws/lambda/other'] })).toEqual(['existingLogGroupNames[0]']);
    expect(pathsOf({ tags: { 'aws:owner': 'me', plain: '<b>' } })).toEqual(['tags.aws:owner', 'tags.plain']);
    expect(pathsOf({ tags: manyTags })).toEqual(['tags']);
  });

  it('name a dead-letter queue as one alone', () => {
    const [first] = issuesOf({ sqsQueueNames: ['a', 'a-dlq'], sqsDlqNames: ['a-dlq'] });
    expect(first?.[0]).toBe('sqsDlqNames[0]');
  });

  it('override alarms that exist, with what can be', () => {
    expect(pathsOf({ alarmOverrides: { 'answer-rate': { threshold: Number.NaN, datapoints: [4, 3] } } })).toEqual([
      'alarmOverrides.answer-rate.threshold',
      'alarmOverrides.answer-rate.datapoints',
    ]);
  });

  it('notify endpoints that exist, about alarms that exist', () => {
    const lambda = 'arn:aws:lambda:us-east-1:123456789012:function:pause';
    expect(pathsOf({ alarmEmailEndpoints: ['ops', 'ops@example.com', 'ops@example.com'] })).toEqual([
      'alarmEmailEndpoints[0]',
      'alarmEmailEndpoints[2]',
    ]);
    expect(
      pathsOf({
        alarmSubscriptions: [
          { protocol: 'lambda', endpoint: lambda, alarms: ['opt-out-rate'] },
          { protocol: 'lambda', endpoint: 'pause', alarms: ['opt-outs'] },
          { protocol: 'https', endpoint: 'http://example.com' },
          { protocol: 'fax' as never, endpoint: '1' },
          { protocol: 'sms', endpoint: '0170' },
          { protocol: 'lambda', endpoint: lambda, severities: [] },
          { protocol: 'lambda', endpoint: lambda, severities: ['critical'], alarms: ['no-calls'] },
        ],
      }),
    ).toEqual([
      'alarmSubscriptions[1].endpoint',
      'alarmSubscriptions[1].alarms',
      'alarmSubscriptions[2].endpoint',
      'alarmSubscriptions[3].protocol',
      'alarmSubscriptions[4].endpoint',
      'alarmSubscriptions[5]',
      'alarmSubscriptions[6]',
    ]);
    expect(issuesOf({ kmsKey: 'alias/aws/sns' })[0]?.[1]).toContain('drops every alarm');
    expect(pathsOf({ kmsKey: 'key', pagerDutyIntegrationKey: 'x', eventTargetArn: 'bus' })).toEqual([
      'pagerDutyIntegrationKey',
      'kmsKey',
      'eventTargetArn',
    ]);
    expect(pathsOf({ slackChannel: { workspaceId: 'work space', channelId: '#ops' } })).toEqual([
      'slackChannel.workspaceId',
      'slackChannel.channelId',
    ]);
  });
});

describe('the notifications of a plan', () => {
  it('reach an endpoint for one severity, or for some alarms, by a filter over the message', () => {
    const endpoint = 'arn:aws:lambda:us-east-1:123456789012:function:pause';
    const { subscriptions } = planned({
      alarmEmailEndpoints: ['ops@example.com'],
      pagerDutyIntegrationKey: 'a'.repeat(32),
      alarmSubscriptions: [{ protocol: 'lambda', endpoint, alarms: ['opt-out-rate', 'lambda-throttles'] }],
    });
    const prefix = 'voice-campaign-production';
    expect(subscriptions).toEqual([
      { protocol: 'email', endpoint: 'ops@example.com' },
      {
        protocol: 'https',
        endpoint: `https://events.pagerduty.com/integration/${'a'.repeat(32)}/enqueue`,
        filterPolicy: { AlarmName: [{ prefix: `${prefix}-critical-` }] },
      },
      {
        protocol: 'lambda',
        endpoint,
        filterPolicy: {
          AlarmName: [
            `${prefix}-warning-opt-out-rate`,
            `${prefix}-critical-lambda-throttles-api-handler`,
            `${prefix}-critical-lambda-throttles-dispatcher`,
            `${prefix}-critical-lambda-throttles-dialer-worker`,
          ],
        },
      },
    ]);
  });

  it('let CloudWatch publish for this account alone, and use the key that is created', () => {
    const { topic } = planned({ kmsKey: 'create', region: 'cn-north-1' });
    expect(topic.arn).toBe('arn:aws-cn:sns:cn-north-1:123456789012:voice-campaign-production-alarms');
    expect(topic.policy.Statement[1]).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Condition: {
        ArnLike: { 'aws:SourceArn': 'arn:aws-cn:cloudwatch:cn-north-1:123456789012:alarm:*' },
        StringEquals: { 'aws:SourceAccount': '123456789012' },
      },
    });
    if (topic.key?.kind !== 'create') throw new Error('no key is created');
    expect(topic.key.policy.Statement[1]).toMatchObject({ Action: ['kms:Decrypt', 'kms:GenerateDataKey*'] });
  });
});

describe('the warnings of a plan', () => {
  const codesOf = (change: Partial<DeploymentInputs>) => planned(change).warnings.map(({ code }) => code);

  it('say what will not work as it looks', () => {
    expect(codesOf({})).toEqual(['sampling', 'ec2-monitoring', 'dashboards-global', 'nobody']);
    expect(codesOf({ alarmEmailEndpoints: ['ops@example.com'] })).toContain('email-pending');
    expect(codesOf({ existingLogGroupNames: ['/aws/lambda/voice-campaign-production-dispatcher'] })).toContain('adopt');
    const lambdaFunctionNames = Array.from({ length: 60 }, (_, index) => `voice-campaign-production-fn-${index}`);
    expect(codesOf({ lambdaFunctionNames })).toEqual(
      expect.arrayContaining(['handler', 'log-groups', 'trace-group-scope']),
    );
  });
});
