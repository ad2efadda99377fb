import { CloudWatchClient, DescribeAlarmsCommand, GetDashboardCommand } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient, DescribeLogGroupsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { EventBridgeClient, ListTargetsByRuleCommand } from '@aws-sdk/client-eventbridge';
import { DescribeKeyCommand, KMSClient } from '@aws-sdk/client-kms';
import { GetTopicAttributesCommand, SNSClient } from '@aws-sdk/client-sns';
import { XRayClient } from '@aws-sdk/client-xray';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasMoto, type Moto, motoSuite, startMoto } from '../../../../tools/moto.ts';
import { applyPlan } from '../../src/apply.ts';
import { planned } from '../voice-campaign/deployment.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

describe.skipIf(!hasMoto)(motoSuite('a plan applied to moto'), () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
  }, 60_000);
  afterAll(() => moto?.stop());

  const clientsOf = () => {
    const config = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    };
    return {
      cloudWatch: new CloudWatchClient(config),
      sns: new SNSClient(config),
      logs: new CloudWatchLogsClient(config),
      xray: new XRayClient(config),
      kms: new KMSClient(config),
      events: new EventBridgeClient(config),
    };
  };
  const plan = () =>
    planned({
      kmsKey: 'create',
      alarmEmailEndpoints: ['ops@example.com'],
      eventTargetArn: 'arn:aws:sqs:us-east-1:123456789012:alarm-events',
      tags: { Project: 'VoiceCampaign' },
    });

  it('is there as it was planned, and what moto lacks is said to be lacking', async () => {
    const clients = clientsOf();
    const planned = plan();
    const applied = await applyPlan(planned, clients, { quotas: 'none' });
    expect(applied.resources.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    const lacking = new Set(applied.resources.filter(({ outcome }) => outcome === 'lacking').map(({ type }) => type));
    expect([...lacking].sort()).toEqual([
      'AWS::CloudWatch::CompositeAlarm',
      'AWS::Logs::QueryDefinition',
      'AWS::XRay::Group',
      'AWS::XRay::SamplingRule',
    ]);
    expect(applied.complete).toBe(false);

    const { MetricAlarms = [] } = await clients.cloudWatch.send(new DescribeAlarmsCommand({}));
    expect(MetricAlarms).toHaveLength(planned.metricAlarms.length);
    const answer = MetricAlarms.find(({ AlarmName }) => AlarmName?.endsWith('answer-rate'));
    expect(answer).toMatchObject({ Threshold: 20, EvaluationPeriods: 3, AlarmActions: [planned.topic.arn] });
    const [dashboard] = planned.dashboards;
    const found = await clients.cloudWatch.send(new GetDashboardCommand({ DashboardName: dashboard?.name }));
    expect(JSON.parse(found.DashboardBody ?? '')).toEqual(JSON.parse(JSON.stringify(dashboard?.body)));
    const { logGroups = [] } = await clients.logs.send(new DescribeLogGroupsCommand({}));
    expect(logGroups.map(({ retentionInDays }) => retentionInDays)).toEqual([30, 30, 30]);
    const { Attributes } = await clients.sns.send(new GetTopicAttributesCommand({ TopicArn: planned.topic.arn }));
    expect(JSON.parse(Attributes?.Policy ?? '')).toEqual(JSON.parse(JSON.stringify(planned.topic.policy)));
    const alias = 'alias/voice-campaign-production-alarms';
    expect(Attributes?.KmsMasterKeyId).toBe(alias);
    const { KeyMetadata } = await clients.kms.send(new DescribeKeyCommand({ KeyId: alias }));
    expect(KeyMetadata?.KeyState).toBe('Enabled');
    const rule = { Rule: 'voice-campaign-production-alarm-states' };
    const { Targets } = await clients.events.send(new ListTargetsByRuleCommand(rule));
    expect(Targets).toMatchObject([{ Arn: 'arn:aws:sqs:us-east-1:123456789012:alarm-events' }]);
  });

  it('changes nothing when it is applied again', async () => {
    const { resources } = await applyPlan(plan(), clientsOf(), { quotas: 'none' });
    const changed = resources.filter(({ outcome }) => outcome !== 'unchanged' && outcome !== 'lacking');
    expect(changed).toEqual([]);
  });

  it('without a client for a service says so, and does the rest', async () => {
    const { cloudWatch, sns } = clientsOf();
    const { resources } = await applyPlan(plan(), { cloudWatch, sns }, { quotas: 'none' });
    const group = resources.find(({ type }) => type === 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({ outcome: 'lacking', reason: expect.stringContaining('clients.logs') });
    expect(resources.at(-1)).toMatchObject({ type: 'AWS::CloudWatch::Dashboard', outcome: 'unchanged' });
  });
});
