import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { portable } from './portable.ts';
import { arnOf, pseudo, type Resources, ref, tagged, topicId } from './template.ts';

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

const renderSlackChannel = ({ slackChannel, tags }: MonitoringPlan): Resources => {
  if (slackChannel === undefined) return {};
  const trusted = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'chatbot.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } },
      },
    ],
  };
  const readOnly = { 'Fn::Sub': `arn:${pseudo('Partition')}:iam::aws:policy/CloudWatchReadOnlyAccess` };
  return {
    SlackRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        RoleName: slackChannel.roleName,
        AssumeRolePolicyDocument: trusted,
        ManagedPolicyArns: [readOnly],
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
      },
    },
  };
};
