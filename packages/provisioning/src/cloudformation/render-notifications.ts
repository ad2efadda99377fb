import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { portable } from './portable.ts';
import { arnOf, type Resources, ref, tagged, topicId } from './template.ts';

/** The topic with its policy and key, and those who hear of alarms. */
export const renderNotifications = (plan: MonitoringPlan, idOf: (name: string) => string): Resources => ({
  ...renderTopic(plan),
  ...Object.fromEntries(
    plan.subscriptions.map(({ protocol, endpoint, filterPolicy }) => [
      idOf(`subscription ${protocol} ${endpoint}`),
      {
        Type: 'AWS::SNS::Subscription',
        Properties: {
          TopicArn: ref(topicId),
          Protocol: protocol,
          Endpoint: portable(endpoint, plan),
          ...(filterPolicy !== undefined && { FilterPolicy: filterPolicy, FilterPolicyScope: 'MessageBody' }),
        },
      },
    ]),
  ),
  ...renderSlackChannel(plan),
  ...renderEventRule(plan),
});

const renderTopic = (plan: MonitoringPlan): Resources => {
  const { topic, tags } = plan;
  const { key } = topic;
  const keyId = key?.kind === 'create' ? arnOf('AlarmKey') : key?.arn;
  return {
    ...(key?.kind === 'create' && {
      AlarmKey: {
        Type: 'AWS::KMS::Key',
        Properties: {
          Description: `Encrypts the messages of ${topic.name}`,
          KeyPolicy: portable(key.policy, plan),
          ...tagged(tags),
        },
      },
      AlarmKeyAlias: { Type: 'AWS::KMS::Alias', Properties: { AliasName: key.alias, TargetKeyId: ref('AlarmKey') } },
    }),
    [topicId]: {
      Type: 'AWS::SNS::Topic',
      Properties: { TopicName: topic.name, ...(keyId !== undefined && { KmsMasterKeyId: keyId }), ...tagged(tags) },
    },
    AlarmTopicPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [ref(topicId)], PolicyDocument: portable(topic.policy, plan) },
    },
  };
};

const renderSlackChannel = (plan: MonitoringPlan): Resources => {
  const { slackChannel, tags } = plan;
  if (slackChannel === undefined) return {};
  const { role } = slackChannel;
  return {
    SlackRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: role.name,
        AssumeRolePolicyDocument: portable(role.trustPolicy, plan),
        ManagedPolicyArns: [portable(role.managedPolicyArn, plan)],
        ...tagged(tags),
      },
    },
    SlackChannel: {
      Type: 'AWS::Chatbot::SlackChannelConfiguration',
      Properties: {
        ConfigurationName: slackChannel.configurationName,
        IamRoleArn: arnOf('SlackRole'),
        SlackWorkspaceId: slackChannel.workspaceId,
        SlackChannelId: slackChannel.channelId,
        SnsTopicArns: [ref(topicId)],
        ...tagged(tags),
      },
    },
  };
};

const renderEventRule = (plan: MonitoringPlan): Resources => {
  const { eventRule } = plan;
  if (eventRule === undefined) return {};
  return {
    AlarmStates: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Name: eventRule.name,
        EventPattern: eventRule.eventPattern,
        State: 'ENABLED',
        Targets: [{ Id: 'target', Arn: portable(eventRule.targetArn, plan) }],
        ...tagged(plan.tags),
      },
    },
  };
};
