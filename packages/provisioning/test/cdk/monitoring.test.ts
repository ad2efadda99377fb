import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { describe, expect, it } from 'vitest';
import { Monitoring, type MonitoringProps, metricsOf } from '../../src/cdk.ts';
import { type DeploymentInputs, plan, renderCloudFormation, voiceCampaignMonitoring } from '../../src/index.ts';

type Resources = Readonly<Record<string, { readonly Type: string; readonly DependsOn?: readonly string[] }>>;

/** Resources in one order, references by what they refer to, since logical ids differ. */
const withoutIds = (resources: Resources): readonly unknown[] => {
  const nameOf = (id: string): string => {
    const { Type = id, Properties } = (resources[id] ?? {}) as { readonly Type?: string; readonly Properties?: object };
    return `${Type} ${JSON.stringify(Object.values(Properties ?? {}).filter((each) => typeof each === 'string'))}`.slice(
      0,
      200,
    );
  };
  const named = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(named);
    if (typeof value !== 'object' || value === null) return value;
    const { Ref, 'Fn::GetAtt': attribute } = value as {
      readonly Ref?: string;
      readonly 'Fn::GetAtt'?: [string, string];
    };
    if (Ref !== undefined) return { Ref: nameOf(Ref) };
    if (attribute !== undefined) return { 'Fn::GetAtt': [nameOf(attribute[0]), attribute[1]] };
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, named(each)]));
  };
  return Object.values(resources)
    .map(({ DependsOn = [], ...rest }) =>
      JSON.stringify({ ...(named(rest) as object), DependsOn: DependsOn.map(nameOf).sort() }),
    )
    .sort()
    .map((text) => JSON.parse(text));
};

const names = ['dialer-worker', 'dispatcher', 'api-handler'];

/** A stack that watches functions and queues of other stacks, whose names are known, or its own. */
const stackWith = (named: boolean, more: Partial<MonitoringProps> = {}) => {
  const stack = new Stack(new App(), 'Calls');
  const prefix = 'voice-campaign-production-';
  const functionOf = (name: string) =>
    named
      ? LambdaFunction.fromFunctionArn(stack, name, `arn:aws:lambda:us-east-1:123456789012:function:${prefix}${name}`)
      : new LambdaFunction(stack, name, {
          runtime: Runtime.NODEJS_22_X,
          handler: 'index.handler',
          code: Code.fromInline('exports.handler = async () => {}'),
          timeout: Duration.seconds(20),
        });
  const queueOf = (name: string) =>
    named
      ? Queue.fromQueueArn(stack, name, `arn:aws:sqs:us-east-1:123456789012:${prefix}${name}`)
      : new Queue(stack, name);
  const monitoring = new Monitoring(stack, 'Monitoring', {
    projectName: 'voice-campaign',
    environment: 'production',
    functions: Object.fromEntries(names.map((name) => [name, functionOf(name)])),
    queues: { 'dial-tasks': queueOf('dial-tasks') },
    deadLetterQueues: { 'dial-tasks-dlq': queueOf('dial-tasks-dlq') },
    ...more,
  });
  const { Resources, Outputs } = Template.fromStack(stack).toJSON() as { Resources: Resources; Outputs: object };
  const own = Object.entries(Resources).filter(
    ([, { Type }]) => !/^AWS::(Lambda::Function|SQS::Queue|IAM::Role)$/.test(Type),
  );
  return { monitoring, stack, resources: Object.fromEntries(own) as Resources, outputs: Outputs };
};

const sameInputs = (more: Partial<DeploymentInputs> = {}): DeploymentInputs => ({
  projectName: 'voice-campaign',
  environment: 'production',
  lambdaFunctionNames: names.map((name) => `voice-campaign-production-${name}`),
  sqsQueueNames: ['voice-campaign-production-dial-tasks'],
  sqsDlqNames: ['voice-campaign-production-dial-tasks-dlq'],
  ...more,
});

describe('the construct', () => {
  it.each<readonly [what: string, more: Partial<DeploymentInputs>]>([
    ['little', {}],
    [
      'everything',
      {
        ...{ anomalyDetection: true, serviceLevelObjective: true, kmsKey: 'create', restApiNames: ['calls'] },
        ...{ rdsInstanceId: 'db', asteriskInstanceId: 'i-1234567890abcdef0', tags: { Project: 'VoiceCampaign' } },
        alarmEmailEndpoints: ['ops@example.com'],
        eventTargetArn: 'arn:aws:sqs:us-east-1:123456789012:alarm-events',
      },
    ],
    ['no log groups', { manageLogGroups: false, alarmOverrides: { 'no-calls': { enabled: false } } }],
  ])('is the CloudFormation template, but for its logical ids: %s', (_, more) => {
    const rendered = renderCloudFormation(plan(voiceCampaignMonitoring, sameInputs(more)));
    const { resources } = stackWith(true, more);
    expect(withoutIds(resources)).toEqual(withoutIds(rendered.Resources as Resources));
  });

  it('names functions and queues that have no names yet by reference, everywhere', () => {
    const { resources } = stackWith(false);
    const text = JSON.stringify(resources);
    for (const name of [...names, 'dial-tasks', 'dial-tasks-dlq']) {
      expect(text, name).not.toMatch(new RegExp(`(?<![\\w-])voice-campaign-production-${name}(?![\\w-])`));
    }
    const alarm = Object.values(resources).find((each) => JSON.stringify(each).includes('near-timeout-dialer-worker'));
    // 80 % of the timeout that the function itself has.
    expect(alarm).toMatchObject({
      Properties: { Threshold: 16_000, Dimensions: [{ Name: 'FunctionName', Value: { Ref: expect.any(String) } }] },
    });
    const dashboard = Object.values(resources).find(({ Type }) => Type === 'AWS::CloudWatch::Dashboard');
    expect(dashboard).toMatchObject({
      Properties: { DashboardBody: { 'Fn::Sub': [expect.any(String), expect.any(Object)] } },
    });
  });

  it('gives its topic to whoever wants to hear, and its outputs', () => {
    const { monitoring, stack, outputs } = stackWith(true);
    expect(stack.resolve(monitoring.topic.topicArn)).toMatchObject({ Ref: expect.stringContaining('AlarmTopic') });
    expect(Object.keys(outputs).some((name) => name.includes('SystemHealthUrl'))).toBe(true);
  });

  it('warns of what the plan warns of, and CDK alone', () => {
    const slackChannel = { workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' };
    const { stack } = stackWith(true, { slackChannel, tags: { Team: 'calls' } });
    const warned = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    const texts = warned.map(({ entry }) => String(entry.data));
    expect(texts).toContainEqual(expect.stringContaining('must have let Amazon Q Developer in by hand'));
    expect(texts).toContainEqual(expect.stringContaining('Tags of dashboards'));
    expect(texts.join()).not.toContain('applyPlan');
  });

  it('refuses what a plan refuses', () => {
    expect(() => stackWith(true, { logRetentionDays: 31 })).toThrow('logRetentionDays');
  });
});

describe('metrics of the contract', () => {
  it('have their namespace, dimensions and the statistic that makes sense', () => {
    const metric = metricsOf(voiceCampaign, 'voice-campaign/production');
    expect(metric('AnsweredCalls')).toMatchObject({
      namespace: 'voice-campaign/production',
      metricName: 'AnsweredCalls',
      statistic: 'Sum',
    });
    expect(metric('ActiveCalls').statistic).toBe('Maximum');
    expect(metric('TtsRequests', { dimensions: { Provider: 'polly' } }).dimensions).toEqual({ Provider: 'polly' });
    // @ts-expect-error nobody emits it
    metric('AnsweredCall');
    // @ts-expect-error it has no series without dimensions
    expect(() => metric('CampaignContactsDone')).not.toThrow();
  });
});
