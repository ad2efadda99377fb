import { type Input, readBoolean, readString } from '../service-api/input.ts';
import { requestConfirmation } from './delivery/deliver.ts';
import type { SnsContext } from './sns-context.ts';
import { invalidParameter, notFound } from './sns-errors.ts';
import { shownAttributes, withAttributes } from './subscription-attributes.ts';
import type { Protocol, Subscription } from './topic-state.ts';
import { pageOf, readAttributeMap, topicOf } from './topics-api.ts';

const endpointForms: Readonly<Record<Protocol, RegExp>> = {
  http: /^http:\/\/./,
  https: /^https:\/\/./,
  email: /^[^\s@]+@[^\s@]+$/,
  'email-json': /^[^\s@]+@[^\s@]+$/,
  sms: /^\+?[\d() .-]{5,20}$/,
  sqs: /^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+$/,
  lambda: /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/,
};
/** Endpoints that have to say that they want to be subscribed. A mailbox here is nobody's, so it needs not. */
const confirms = new Set<Protocol>(['http', 'https']);

const readProtocol = (input: Input): Protocol => {
  const protocol = readString(input, 'Protocol') ?? '';
  if (protocol === 'application' || protocol === 'firehose') {
    throw invalidParameter(`Protocol Reason: ${protocol} is not emulated`);
  }
  if (!Object.hasOwn(endpointForms, protocol)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  return protocol as Protocol;
};

const subscriptionOf = ({ state }: SnsContext, input: Input): Subscription => {
  const subscription = state.subscriptions.get(readString(input, 'SubscriptionArn') ?? '');
  if (subscription === undefined) throw notFound('Subscription');
  return subscription;
};

const listed = (context: SnsContext, subscriptions: readonly Subscription[], input: Input) => {
  const { page, next } = pageOf(subscriptions, input);
  return {
    Subscriptions: page.map(({ arn, confirmed, endpoint, protocol, topicArn }) => ({
      SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
      Owner: context.accountId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topicArn,
    })),
    NextToken: next,
  };
};

type SubscriptionOperation = (context: SnsContext, input: Input) => unknown;

export const subscriptionOperations: Readonly<Record<string, SubscriptionOperation>> = {
  Subscribe: (context, input) => {
    const topic = topicOf(context, input);
    const protocol = readProtocol(input);
    const endpoint = readString(input, 'Endpoint') ?? '';
    if (!endpointForms[protocol].test(endpoint))
      throw invalidParameter(`Endpoint Reason: ${endpoint} is no ${protocol} endpoint`);
    const attributes = withAttributes({}, readAttributeMap(input), 'Subscribe');
    const subscription = subscribe(context, { topicArn: topic.arn, protocol, endpoint, attributes });
    const wantsArn = readBoolean(input, 'ReturnSubscriptionArn') ?? false;
    return { SubscriptionArn: subscription.confirmed || wantsArn ? subscription.arn : 'pending confirmation' };
  },
  ConfirmSubscription: (context, input) => {
    const topic = topicOf(context, input);
    const token = readString(input, 'Token');
    const found = [...context.state.subscriptions.values()].find(
      (subscription) => subscription.topicArn === topic.arn && subscription.token === token,
    );
    if (found === undefined) throw invalidParameter('Token');
    if (!found.confirmed) context.commit({ kind: 'subscription', subscription: { ...found, confirmed: true } });
    return { SubscriptionArn: found.arn };
  },
  Unsubscribe: (context, input) => {
    const arn = readString(input, 'SubscriptionArn') ?? '';
    if (context.state.subscriptions.has(arn)) context.commit({ kind: 'subscription-deleted', arn });
  },
  ListSubscriptions: (context, input) => listed(context, [...context.state.subscriptions.values()], input),
  ListSubscriptionsByTopic: (context, input) => {
    const { arn } = topicOf(context, input);
    return listed(
      context,
      [...context.state.subscriptions.values()].filter(({ topicArn }) => topicArn === arn),
      input,
    );
  },
  GetSubscriptionAttributes: (context, input) => {
    const { arn, topicArn, protocol, endpoint, confirmed, attributes } = subscriptionOf(context, input);
    return {
      Attributes: new Map([
        ['SubscriptionArn', arn],
        ['TopicArn', topicArn],
        ['Protocol', protocol],
        ['Endpoint', endpoint],
        ['Owner', context.accountId],
        ['ConfirmationWasAuthenticated', 'true'],
        ['PendingConfirmation', String(!confirmed)],
        ...Object.entries(shownAttributes(attributes)),
      ]),
    };
  },
  SetSubscriptionAttributes: (context, input) => {
    const subscription = subscriptionOf(context, input);
    const name = readString(input, 'AttributeName') ?? '';
    const value = readString(input, 'AttributeValue') ?? '';
    const attributes = withAttributes(subscription.attributes, { [name]: value }, 'SetSubscriptionAttributes');
    context.commit({ kind: 'subscription', subscription: { ...subscription, attributes } });
  },
};

type Wanted = Pick<Subscription, 'topicArn' | 'protocol' | 'endpoint' | 'attributes'>;

/** The same endpoint again gives the same subscription. */
const subscribe = (context: SnsContext, wanted: Wanted): Subscription => {
  const existing = [...context.state.subscriptions.values()].find(
    ({ topicArn, protocol, endpoint }) =>
      topicArn === wanted.topicArn && protocol === wanted.protocol && endpoint === wanted.endpoint,
  );
  if (existing !== undefined) return existing;
  const subscription: Subscription = {
    ...wanted,
    arn: `${wanted.topicArn}:${context.newId()}`,
    token: (context.newId() + context.newId()).replaceAll('-', ''),
    confirmed: !confirms.has(wanted.protocol),
  };
  context.commit({ kind: 'subscription', subscription });
  if (!subscription.confirmed) context.track(requestConfirmation(context, subscription));
  return subscription;
};
