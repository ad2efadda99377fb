import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { alarmsOfDocument } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type DeploymentInputs, renderCloudFormation } from '../../src/index.ts';
import { planned } from '../voice-campaign/deployment.ts';

const hasLint = spawnSync('cfn-lint', ['--version']).status === 0;
const lint = hasLint
  ? 'cfn-lint finds nothing'
  : 'cfn-lint finds nothing (skipped: there is no cfn-lint on this machine; pip install cfn-lint brings it)';

const everyInput: Partial<DeploymentInputs> = {
  restApiNames: ['calls'],
  anomalyDetection: true,
  serviceLevelObjective: true,
  kmsKey: 'create',
  alarmEmailEndpoints: ['ops@example.com'],
  pagerDutyIntegrationKey: 'a1'.repeat(16),
  slackChannel: { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' },
  eventTargetArn: 'arn:aws:sqs:us-east-1:123456789012:alarm-events',
  alarmSubscriptions: [
    {
      protocol: 'lambda',
      endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:campaign-pauser',
      alarms: ['opt-out-rate'],
    },
  ],
  tags: { Project: 'VoiceCampaign' },
};

describe('the CloudFormation template of a plan', () => {
  it('has every alarm, with the topic by reference, and composite alarms after their children', () => {
    const plan = planned();
    const { Resources } = renderCloudFormation(plan);
    const ofType = (type: string) => Object.values(Resources).filter(({ Type }) => Type === type);
    expect(ofType('AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName)).toEqual(
      plan.metricAlarms.map(({ AlarmName }) => AlarmName),
    );
    expect(JSON.stringify(Resources)).not.toContain(plan.topic.arn);
    for (const { DependsOn = [] } of ofType('AWS::CloudWatch::CompositeAlarm')) {
      expect(DependsOn.length).toBeGreaterThan(0);
      expect(DependsOn.filter((id) => Resources[id]?.Type !== 'AWS::CloudWatch::Alarm')).toEqual([]);
    }
  });

  it('has everything of the plan, each of its type', () => {
    const { Resources } = renderCloudFormation(planned(everyInput));
    const plan = planned(everyInput);
    const counts: Record<string, number> = {};
    for (const { Type } of Object.values(Resources)) counts[Type] = (counts[Type] ?? 0) + 1;
    expect(counts).toEqual({
      'AWS::KMS::Key': 1,
      'AWS::KMS::Alias': 1,
      'AWS::SNS::Topic': 1,
      'AWS::SNS::TopicPolicy': 1,
      'AWS::SNS::Subscription': plan.subscriptions.length,
      'AWS::IAM::Role': 1,
      'AWS::Chatbot::SlackChannelConfiguration': 1,
      'AWS::Events::Rule': 1,
      'AWS::Logs::LogGroup': plan.logGroups.length,
      'AWS::Logs::QueryDefinition': plan.queryDefinitions.length,
      'AWS::CloudWatch::InsightRule': plan.contributorRules.length,
      'AWS::CloudWatch::Alarm': plan.metricAlarms.length,
      'AWS::CloudWatch::CompositeAlarm': plan.compositeAlarms.length,
      'AWS::CloudWatch::Dashboard': plan.dashboards.length,
      'AWS::XRay::Group': plan.traceGroups.length,
      'AWS::XRay::SamplingRule': plan.samplingRules.length,
    });
  });

  it('is the same in any account and Region', () => {
    const render = (region: string, accountId: string) =>
      JSON.stringify(renderCloudFormation(planned({ region, accountId, kmsKey: 'create' })));
    expect(render('eu-central-1', '210987654321')).toBe(render('us-east-1', '123456789012'));
    expect(render('cn-north-1', '210987654321')).toBe(render('us-east-1', '123456789012'));
  });

  it('gives dashboards their bodies back where a stack puts its own Region in', () => {
    const plan = planned();
    const bodies = Object.values(renderCloudFormation(plan).Resources)
      .filter(({ Type }) => Type === 'AWS::CloudWatch::Dashboard')
      .map(({ Properties }) => (Properties.DashboardBody as { readonly 'Fn::Sub': string })['Fn::Sub'])
      .map((text) =>
        text
          .replaceAll('${AWS::Region}', plan.region)
          .replaceAll('${AWS::AccountId}', plan.accountId)
          .replaceAll('${AWS::Partition}', 'aws')
          .replaceAll('${!', '${'),
      );
    expect(bodies.map((body) => JSON.parse(body))).toEqual(
      plan.dashboards.map(({ body }) => JSON.parse(JSON.stringify(body))),
    );
  });

  it('holds the alarms that the engine reads out of it again', () => {
    const plan = planned();
    const read = alarmsOfDocument(JSON.parse(JSON.stringify(renderCloudFormation(plan))), {
      values: { 'AWS::Region': 'us-east-1', 'AWS::AccountId': '123456789012', AlarmTopic: plan.topic.arn },
    });
    expect(read).toMatchObject({ ok: true });
    const names = read.ok ? read.alarms.map(({ AlarmName }) => AlarmName) : [];
    expect(names).toEqual([...plan.metricAlarms, ...plan.compositeAlarms].map(({ AlarmName }) => AlarmName));
  });

  it('is refused where it would be larger than a template can be', () => {
    const lambdaFunctionNames = Array.from({ length: 200 }, (_, index) => `fn-${index}`);
    expect(() => renderCloudFormation(planned({ lambdaFunctionNames }))).toThrow('a CloudFormation template takes 500');
  });

  it.skipIf(!hasLint)(lint, { timeout: 120_000 }, () => {
    const directory = mkdtempSync(join(tmpdir(), 'voice-template-'));
    onTestFinished(() => rmSync(directory, { recursive: true }));
    const file = join(directory, 'template.json');
    for (const change of [{}, everyInput, { lambdaFunctionNames: [], sqsQueueNames: [], sqsDlqNames: [] }]) {
      writeFileSync(file, JSON.stringify(renderCloudFormation(planned(change))));
      const { status, stdout } = spawnSync('cfn-lint', ['--regions', 'us-east-1', '--', file], { encoding: 'utf8' });
      expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
    }
  });
});
