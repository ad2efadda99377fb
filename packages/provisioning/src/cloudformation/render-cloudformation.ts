import { childrenOf, parseAlarmRule } from '@voice-campaign/cloudwatch-engine/alarms';
import type { MonitoringPlan } from '../plan/plan.ts';
import { createLogicalIds } from './logical-id.ts';

type Resource = {
  readonly Type: string;
  readonly DependsOn?: readonly string[];
  readonly Properties: Readonly<Record<string, unknown>>;
};

/** A CloudFormation template as plain data. */
export type CloudFormationTemplate = {
  readonly AWSTemplateFormatVersion: '2010-09-09';
  readonly Description: string;
  readonly Resources: Readonly<Record<string, Resource>>;
  readonly Outputs: Readonly<Record<string, { readonly Description: string; readonly Value: unknown }>>;
};

/** A template has at most so many resources (CloudFormation quotas). */
const mostResources = 500;

/**
 * The plan as a template: the topic with the policy that lets this account's alarms publish, and every alarm. What the
 * plan names by ARN is a reference here, so that the template holds in any Region and account.
 * @throws RangeError for more resources than a template can have.
 */
export const renderCloudFormation = (plan: MonitoringPlan): CloudFormationTemplate => {
  const idOf = createLogicalIds();
  const actions = (arns: readonly string[] = []) =>
    arns.map((arn) => (arn === plan.topic.arn ? { Ref: 'AlarmTopic' } : arn));
  const alarm = (input: MonitoringPlan['metricAlarms'][number]): Resource => ({
    Type: 'AWS::CloudWatch::Alarm',
    Properties: { ...input, AlarmActions: actions(input.AlarmActions), OKActions: actions(input.OKActions) },
  });
  const composite = (input: MonitoringPlan['compositeAlarms'][number]): Resource => {
    const parsed = parseAlarmRule(input.AlarmRule ?? '');
    const children = parsed.ok ? childrenOf(parsed.rule) : [];
    return {
      Type: 'AWS::CloudWatch::CompositeAlarm',
      DependsOn: children.map(idOf),
      Properties: { ...input, AlarmActions: actions(input.AlarmActions), OKActions: actions(input.OKActions) },
    };
  };
  const resources = {
    ...topicOf(plan),
    ...Object.fromEntries(plan.metricAlarms.map((input) => [idOf(input.AlarmName ?? ''), alarm(input)])),
    ...Object.fromEntries(plan.compositeAlarms.map((input) => [idOf(input.AlarmName ?? ''), composite(input)])),
  };
  const count = Object.keys(resources).length;
  if (count > mostResources) {
    throw new RangeError(
      `the plan has ${count} resources, a CloudFormation template takes ${mostResources}: plan fewer functions or queues in one stack`,
    );
  }
  return {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What watches ${plan.namespace}`,
    Resources: resources,
    Outputs: { AlarmTopicArn: { Description: 'Topic that alarms notify', Value: { Ref: 'AlarmTopic' } } },
  };
};

const topicOf = ({ topic }: MonitoringPlan): Readonly<Record<string, Resource>> => ({
  AlarmTopic: { Type: 'AWS::SNS::Topic', Properties: { TopicName: topic.name } },
  AlarmTopicPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: {
      Topics: [{ Ref: 'AlarmTopic' }],
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Sid: 'AlarmsOfThisAccount',
            Effect: 'Allow',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Action: 'sns:Publish',
            Resource: { Ref: 'AlarmTopic' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          },
        ],
      },
    },
  },
});
