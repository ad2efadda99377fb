import type { Severity } from '../monitoring/monitoring.ts';
import type { AlarmSubscription, Deployment } from './inputs.ts';
import { prefixOf } from './resources.ts';

/** An IAM policy document; the account and Region are the deployment's. */
type PolicyDocument = {
  readonly Version: '2012-10-17';
  readonly Statement: readonly Readonly<Record<string, unknown>>[];
};

/** As Subscribe takes it; the filter is over the message's body, which for an alarm is JSON. */
export type PlannedSubscription = {
  readonly protocol: AlarmSubscription['protocol'];
  readonly endpoint: string;
  readonly filterPolicy?: { readonly AlarmName: readonly (string | { readonly prefix: string })[] };
};

type PlannedKey =
  | { readonly kind: 'existing'; readonly arn: string }
  | { readonly kind: 'create'; readonly alias: string; readonly policy: PolicyDocument };

type PlannedTopic = {
  readonly name: string;
  readonly arn: string;
  readonly policy: PolicyDocument;
  readonly key?: PlannedKey;
};

/** Amazon Q Developer in chat applications (AWS::Chatbot::SlackChannelConfiguration), with a role that may only read. */
type PlannedSlackChannel = {
  readonly configurationName: string;
  readonly role: { readonly name: string; readonly trustPolicy: PolicyDocument; readonly managedPolicyArn: string };
  readonly workspaceId: string;
  readonly channelId: string;
};

/** An EventBridge rule for every change of state of the plan's alarms. */
type PlannedEventRule = {
  readonly name: string;
  readonly eventPattern: Readonly<Record<string, unknown>>;
  readonly targetArn: string;
};

export type Notifications = {
  readonly topic: PlannedTopic;
  readonly subscriptions: readonly PlannedSubscription[];
  readonly slackChannel?: PlannedSlackChannel;
  readonly eventRule?: PlannedEventRule;
};

const partitionOf = (region: string): string => {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
};

/** `arn:partition:service:region:account:resource` in the deployment's own. */
export const arnIn = (
  { region, accountId }: Pick<Deployment, 'region' | 'accountId'>,
  service: string,
  resource: string,
): string => `arn:${partitionOf(region)}:${service}:${region}:${accountId}:${resource}`;

export const topicArnOf = (deployment: Deployment): string => arnIn(deployment, 'sns', topicNameOf(deployment));

const topicNameOf = (deployment: Deployment): string => `${prefixOf(deployment)}-alarms`;

/** `namesOf` gives the names of the alarms that came of a definition. */
export const expandNotifications = (
  deployment: Deployment,
  namesOf: (definition: string) => readonly string[],
): Notifications => {
  const { slackChannel, eventTargetArn } = deployment;
  const prefix = prefixOf(deployment);
  return {
    topic: topicOf(deployment),
    subscriptions: subscriptionsOf(deployment, namesOf),
    ...(slackChannel !== undefined && {
      slackChannel: {
        configurationName: `${prefix}-alarms`,
        role: slackRoleOf(deployment),
        ...slackChannel,
      },
    }),
    ...(eventTargetArn !== undefined && {
      eventRule: {
        name: `${prefix}-alarm-states`,
        eventPattern: {
          source: ['aws.cloudwatch'],
          'detail-type': ['CloudWatch Alarm State Change'],
          detail: { alarmName: [{ prefix: `${prefix}-` }] },
        },
        targetArn: eventTargetArn,
      },
    }),
  };
};

const slackRoleOf = (deployment: Deployment): PlannedSlackChannel['role'] => ({
  name: `${topicNameOf(deployment)}-slack`,
  trustPolicy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'chatbot.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': deployment.accountId } },
      },
    ],
  },
  managedPolicyArn: `arn:${partitionOf(deployment.region)}:iam::aws:policy/CloudWatchReadOnlyAccess`,
});

const topicOf = (deployment: Deployment): PlannedTopic => {
  const arn = topicArnOf(deployment);
  const { kmsKey } = deployment;
  const policy = topicPolicyOf(deployment, arn);
  const name = topicNameOf(deployment);
  if (kmsKey === undefined) return { name, arn, policy };
  const key: PlannedKey =
    kmsKey === 'create'
      ? { kind: 'create', alias: `alias/${name}`, policy: keyPolicyOf(deployment) }
      : { kind: 'existing', arn: kmsKey };
  return { name, arn, policy, key };
};

/** A policy takes the place of the topic's own, so the account's statement is said again (SNS guide, access policies). */
const topicPolicyOf = (deployment: Deployment, arn: string): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AccountManagesTheTopic',
      Effect: 'Allow',
      Principal: { AWS: '*' },
      Action: [
        'sns:GetTopicAttributes',
        'sns:SetTopicAttributes',
        'sns:AddPermission',
        'sns:RemovePermission',
        'sns:DeleteTopic',
        'sns:Subscribe',
        'sns:ListSubscriptionsByTopic',
        'sns:Publish',
      ],
      Resource: arn,
      Condition: { StringEquals: { 'aws:SourceOwner': deployment.accountId } },
    },
    {
      Sid: 'AlarmsOfThisAccountPublish',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: arn,
      Condition: {
        ArnLike: { 'aws:SourceArn': arnIn(deployment, 'cloudwatch', 'alarm:*') },
        StringEquals: { 'aws:SourceAccount': deployment.accountId },
      },
    },
  ],
});

/** The key of SNS itself cannot be opened to CloudWatch, and drops every alarm in silence: this one lets it in. */
const keyPolicyOf = (deployment: Deployment): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [
    {
      Sid: 'AccountManagesTheKey',
      Effect: 'Allow',
      Principal: { AWS: `arn:${partitionOf(deployment.region)}:iam::${deployment.accountId}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
    {
      Sid: 'AlarmsAreEncrypted',
      Effect: 'Allow',
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:SourceAccount': deployment.accountId } },
    },
  ],
});

const subscriptionsOf = (
  deployment: Deployment,
  namesOf: (definition: string) => readonly string[],
): readonly PlannedSubscription[] => {
  const { alarmEmailEndpoints, alarmSubscriptions, pagerDutyIntegrationKey } = deployment;
  const filtered = ({ severities, alarms }: AlarmSubscription): Pick<PlannedSubscription, 'filterPolicy'> => {
    if (alarms !== undefined) return { filterPolicy: { AlarmName: alarms.flatMap(namesOf) } };
    return severities === undefined ? {} : { filterPolicy: { AlarmName: severities.map(prefixFor) } };
  };
  const prefixFor = (severity: Severity) => ({ prefix: `${prefixOf(deployment)}-${severity}-` });
  const pagerDuty: readonly AlarmSubscription[] =
    pagerDutyIntegrationKey === undefined
      ? []
      : [
          {
            protocol: 'https',
            endpoint: `https://events.pagerduty.com/integration/${pagerDutyIntegrationKey}/enqueue`,
            severities: ['critical'],
          },
        ];
  const emails = alarmEmailEndpoints.map((endpoint): AlarmSubscription => ({ protocol: 'email', endpoint }));
  return [...emails, ...pagerDuty, ...alarmSubscriptions].map((each) => ({
    protocol: each.protocol,
    endpoint: each.endpoint,
    ...filtered(each),
  }));
};
