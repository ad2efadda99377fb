import { effectiveTopicPolicy, topicDeliveryPolicy } from '../delivery/delivery-policy.ts';
import type { SnsContext } from '../sns-context.ts';
import { invalidParameter } from '../sns-errors.ts';
import type { Topic } from '../topic-state.ts';

type Attributes = Readonly<Record<string, string>>;

const settable = new Set([
  'DeliveryPolicy',
  'DisplayName',
  'Policy',
  'TracingConfig',
  'KmsMasterKeyId',
  'SignatureVersion',
]);

/** The attributes of a topic with the given ones among them. @throws ServiceError for one that SNS refuses. */
export const withTopicAttributes = (before: Attributes, given: Attributes): Attributes => {
  const attributes = { ...before };
  for (const [name, value] of Object.entries(given)) {
    if (!settable.has(name)) throw invalidParameter('AttributeName');
    if (name === 'DisplayName' && value.length > 100) {
      throw invalidParameter('Attributes Reason: DisplayName is too long');
    }
    if (name.endsWith('Policy') && value === '') delete attributes[name];
    else attributes[name] = name === 'DeliveryPolicy' ? topicDeliveryPolicy(value, invalidParameter) : value;
  }
  return attributes;
};

/** What AWS lets the owner of a topic do, and nobody else. */
const defaultPolicy = (topicArn: string, accountId: string): string =>
  JSON.stringify({
    Version: '2008-10-17',
    Id: '__default_policy_ID',
    Statement: [
      {
        Sid: '__default_statement_ID',
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: [
          'SNS:GetTopicAttributes',
          'SNS:SetTopicAttributes',
          'SNS:AddPermission',
          'SNS:RemovePermission',
          'SNS:DeleteTopic',
          'SNS:Subscribe',
          'SNS:ListSubscriptionsByTopic',
          'SNS:Publish',
        ],
        Resource: topicArn,
        Condition: { StringEquals: { 'AWS:SourceOwner': accountId } },
      },
    ],
  });

/** As GetTopicAttributes shows them. */
export const shownTopicAttributes = ({ state, accountId }: SnsContext, topic: Topic): Map<string, string> => {
  const own = [...state.subscriptions.values()].filter(({ topicArn }) => topicArn === topic.arn);
  const confirmed = own.filter((subscription) => subscription.confirmed).length;
  return new Map([
    ['TopicArn', topic.arn],
    ['Owner', accountId],
    ['DisplayName', ''],
    ['Policy', defaultPolicy(topic.arn, accountId)],
    ['SubscriptionsConfirmed', String(confirmed)],
    ['SubscriptionsPending', String(own.length - confirmed)],
    ['SubscriptionsDeleted', '0'],
    ['EffectiveDeliveryPolicy', effectiveTopicPolicy(topic.attributes.DeliveryPolicy)],
    ...Object.entries(topic.attributes),
  ]);
};
