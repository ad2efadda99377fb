import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  SetSubscriptionAttributesCommand,
  SetTopicAttributesCommand,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import type { PlannedSubscription } from '../plan/expand-notifications.ts';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { isSameJson } from './covers.ts';
import { ClientMissing, done, isAbsent, type Outcome, type Step, unchanged } from './outcome.ts';

/** The key, the topic that it encrypts, and those who hear of alarms. */
export const notificationSteps = (plan: MonitoringPlan, send: Clients): readonly Step[] => {
  const { topic, subscriptions, slackChannel, eventRule } = plan;
  const key = topic.key;
  return [
    ...(key?.kind === 'create'
      ? [
          {
            type: 'AWS::KMS::Key',
            name: key.alias,
            // Its client is only needed by those who have a key created.
            run: async () => (await import('./put-key.ts')).putKey(send, key),
          },
        ]
      : []),
    { type: 'AWS::SNS::Topic', name: topic.name, run: () => putTopic(send, plan) },
    ...subscriptions.map((subscription) => ({
      type: 'AWS::SNS::Subscription',
      name: `${subscription.protocol} ${subscription.endpoint}`,
      run: () => putSubscription(send, topic.arn, subscription),
    })),
    ...(slackChannel === undefined
      ? []
      : [
          {
            type: 'AWS::Chatbot::SlackChannelConfiguration',
            name: slackChannel.configurationName,
            run: (): Promise<Outcome> => {
              throw new ClientMissing(
                'a Slack channel needs a role as well: use the Terraform module or CloudFormation',
              );
            },
          },
        ]),
    ...(eventRule === undefined
      ? []
      : [
          {
            type: 'AWS::Events::Rule',
            name: eventRule.name,
            run: async () => (await import('./put-event-rule.ts')).putEventRule(send, eventRule),
          },
        ]),
  ];
};

const putTopic = async ({ sns }: Clients, { topic, tags }: MonitoringPlan): Promise<Outcome> => {
  const found = await attributesOf(sns, topic.arn);
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  // CreateTopic of a topic that exists with other tags is refused.
  if (found === undefined) await sns(new CreateTopicCommand({ Name: topic.name, ...(Tags.length > 0 && { Tags }) }));
  const wanted = {
    Policy: JSON.stringify(topic.policy),
    ...(topic.key !== undefined && { KmsMasterKeyId: topic.key.kind === 'create' ? topic.key.alias : topic.key.arn }),
  };
  const different = Object.entries(wanted).filter(
    ([name, value]) => found?.[name] !== value && !(name === 'Policy' && isSameJson(found?.Policy, value)),
  );
  for (const [AttributeName, AttributeValue] of different) {
    await sns(new SetTopicAttributesCommand({ TopicArn: topic.arn, AttributeName, AttributeValue }));
  }
  return found !== undefined && different.length === 0 ? unchanged : done(found !== undefined);
};

const attributesOf = async (sns: Clients['sns'], TopicArn: string) => {
  try {
    return (await sns(new GetTopicAttributesCommand({ TopicArn }))).Attributes;
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
};

const pending = 'hears of nothing before the link in the mail from AWS is followed';

const putSubscription = async (
  { sns }: Clients,
  TopicArn: string,
  { protocol, endpoint, filterPolicy }: PlannedSubscription,
): Promise<Outcome> => {
  const filter = filterPolicy === undefined ? undefined : JSON.stringify(filterPolicy);
  const found = await findSubscription(sns, TopicArn, { protocol, endpoint });
  if (found === undefined) {
    const Attributes = filter === undefined ? {} : { FilterPolicy: filter, FilterPolicyScope: 'MessageBody' };
    const { SubscriptionArn = '' } = await sns(
      new SubscribeCommand({ TopicArn, Protocol: protocol, Endpoint: endpoint, Attributes }),
    );
    return done(false, SubscriptionArn.startsWith('arn:') ? undefined : pending);
  }
  // One that is not confirmed has no ARN, by which its filter could be changed.
  if (!found.startsWith('arn:')) return { outcome: 'unchanged', note: pending };
  const { Attributes = {} } = await sns(new GetSubscriptionAttributesCommand({ SubscriptionArn: found }));
  const set = (AttributeName: string, AttributeValue: string) =>
    sns(new SetSubscriptionAttributesCommand({ SubscriptionArn: found, AttributeName, AttributeValue }));
  if (filter === undefined) {
    if (Attributes.FilterPolicy === undefined || Attributes.FilterPolicy === '{}') return unchanged;
    await set('FilterPolicy', '{}');
    return done(true);
  }
  if (isSameJson(Attributes.FilterPolicy, filter) && Attributes.FilterPolicyScope === 'MessageBody') return unchanged;
  if (Attributes.FilterPolicyScope !== 'MessageBody') await set('FilterPolicyScope', 'MessageBody');
  await set('FilterPolicy', filter);
  return done(true);
};

const findSubscription = async (
  sns: Clients['sns'],
  TopicArn: string,
  { protocol, endpoint }: Pick<PlannedSubscription, 'protocol' | 'endpoint'>,
): Promise<string | undefined> => {
  let token: string | undefined;
  do {
    const input = { TopicArn, ...(token !== undefined && { NextToken: token }) };
    const { Subscriptions = [], NextToken } = await sns(new ListSubscriptionsByTopicCommand(input));
    const found = Subscriptions.find((each) => each.Protocol === protocol && each.Endpoint === endpoint);
    if (found !== undefined) return found.SubscriptionArn ?? '';
    token = NextToken;
  } while (token !== undefined);
  return undefined;
};
