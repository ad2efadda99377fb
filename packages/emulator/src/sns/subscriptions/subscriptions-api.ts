import { type Input, readBoolean, readString } from '../../service-api/input.ts';
import { arnParts, topicOf } from '../arn-checks.ts';
import { announceUnsubscription, requestConfirmation } from '../delivery/confirm.ts';
import { pageOf } from '../list-pages.ts';
import type { SnsCall } from '../sns-call.ts';
import { invalid, invalidParameter, notFound } from '../sns-errors.ts';
import type { Protocol, Subscription } from '../topic-state.ts';
import { readAttributeMap } from '../topics/topics-api.ts';
import { checkEndpoint, readProtocol } from './endpoints.ts';
import { hasAttributes, shownAttributes, withAttributes } from './subscription-attributes.ts';

/** Endpoints that have to say that they want to be subscribed. A mailbox here is nobody's, so it needs not. */
const confirms = new Set<Protocol>(['http', 'https']);

const subscriptionOf = ({ state }: SnsCall, input: Input): Subscription => {
  const subscription = state.subscriptions.get(readString(input, 'SubscriptionArn') ?? '');
  if (subscription === undefined) throw notFound('Subscription');
  return subscription;
};

const listed = (call: SnsCall, isListed: (subscription: Subscription) => boolean, input: Input) => {
  const { page, next } = pageOf([...call.state.subscriptions.values()].filter(isListed), input);
  return {
    Subscriptions: page.map(({ arn, confirmed, endpoint, protocol, topicArn }) => ({
      SubscriptionArn: confirmed ? arn : 'PendingConfirmation',
      Owner: call.accountId,
      Protocol: protocol,
      Endpoint: endpoint,
      TopicArn: topicArn,
    })),
    NextToken: next,
  };
};

/** Its topic, whose name nobody asks for where the token is good. Links are not signed, so they know no region. */
const checkConfirmedTopic = (call: SnsCall, input: Input): void => {
  const parts = (readString(input, 'TopicArn') ?? '').split(':');
  const isHere = parts[3] === call.region || (!call.isSigned && call.state.topics.has(parts.join(':')));
  if (parts.length < 6 || !isHere) throw invalidParameter('Topic');
};

type SubscriptionOperation = (call: SnsCall, input: Input) => unknown;

export const subscriptionOperations: Readonly<Record<string, SubscriptionOperation>> = {
  Subscribe: (call, input) => {
    const topic = topicOf(call, input);
    const protocol = readProtocol(readString(input, 'Protocol') ?? '');
    const endpoint = readString(input, 'Endpoint') ?? '';
    checkEndpoint(protocol, endpoint);
    const attributes = withAttributes({}, readAttributeMap(input), 'Subscribe');
    const subscription = subscribe(call, { topicArn: topic.arn, protocol, endpoint, attributes });
    const wantsArn = readBoolean(input, 'ReturnSubscriptionArn') ?? false;
    return { SubscriptionArn: subscription.confirmed || wantsArn ? subscription.arn : 'pending confirmation' };
  },
  ConfirmSubscription: (call, input) => {
    checkConfirmedTopic(call, input);
    const token = readString(input, 'Token') ?? '';
    if (!/^[\da-f]+$/.test(token)) throw invalid('Invalid token');
    const found = [...call.state.subscriptions.values()].find((subscription) => subscription.token === token);
    if (found === undefined) throw invalidParameter('Token');
    if (!found.confirmed) {
      const subscription = { ...found, confirmed: true, ...(!call.isSigned && { confirmedBy: 'anybody' as const }) };
      call.commit({ kind: 'subscription', subscription });
    }
    return { SubscriptionArn: found.arn };
  },
  Unsubscribe: (call, input) => {
    const arn = readString(input, 'SubscriptionArn');
    const [parts, subscription] = [arnParts(arn, 'SubscriptionArn'), call.state.subscriptions.get(arn ?? '')];
    if (parts.length < 7) throw invalidParameter('SubscriptionId');
    if (subscription === undefined) return;
    call.commit({ kind: 'subscription-deleted', arn: subscription.arn });
    if (subscription.confirmed && confirms.has(subscription.protocol)) {
      call.track(announceUnsubscription(call, subscription));
    }
  },
  ListSubscriptions: (call, input) => listed(call, ({ topicArn }) => topicArn.split(':')[3] === call.region, input),
  ListSubscriptionsByTopic: (call, input) => {
    const { arn } = topicOf(call, input);
    return listed(call, ({ topicArn }) => topicArn === arn, input);
  },
  GetSubscriptionAttributes: (call, input) => {
    const { arn, topicArn, protocol, endpoint, confirmed, confirmedBy, attributes } = subscriptionOf(call, input);
    return {
      Attributes: new Map([
        ['SubscriptionArn', arn],
        ['TopicArn', topicArn],
        ['Protocol', protocol],
        ['Endpoint', endpoint],
        ['Owner', call.accountId],
        ['SubscriptionPrincipal', `arn:aws:iam::${call.accountId}:user/emulator`],
        ['ConfirmationWasAuthenticated', String(confirmed && confirmedBy !== 'anybody')],
        ['PendingConfirmation', String(!confirmed)],
        ...Object.entries(shownAttributes(attributes, call.state.topics.get(topicArn)?.attributes.DeliveryPolicy)),
      ]),
    };
  },
  SetSubscriptionAttributes: (call, input) => {
    const subscription = subscriptionOf(call, input);
    const given = { [readString(input, 'AttributeName') ?? '']: readString(input, 'AttributeValue') ?? '' };
    const attributes = withAttributes(subscription.attributes, given, 'SetSubscriptionAttributes');
    call.commit({ kind: 'subscription', subscription: { ...subscription, attributes } });
  },
};

type Wanted = Pick<Subscription, 'topicArn' | 'protocol' | 'endpoint' | 'attributes'>;

/** The same endpoint again gives the same subscription, unless its attributes differ. */
const subscribe = (call: SnsCall, wanted: Wanted): Subscription => {
  const existing = [...call.state.subscriptions.values()].find(
    ({ topicArn, protocol, endpoint }) =>
      topicArn === wanted.topicArn && protocol === wanted.protocol && endpoint === wanted.endpoint,
  );
  if (existing !== undefined) {
    if (!hasAttributes(existing.attributes, wanted.attributes)) {
      throw invalidParameter('Attributes Reason: Subscription already exists with different attributes');
    }
    // An endpoint that was not there the first time: the console's "Request confirmation" is this call.
    if (!existing.confirmed) call.track(requestConfirmation(call, existing));
    return existing;
  }
  const subscription: Subscription = {
    ...wanted,
    arn: `${wanted.topicArn}:${call.newId()}`,
    token: (call.newId() + call.newId()).replaceAll('-', ''),
    confirmed: !confirms.has(wanted.protocol),
  };
  call.commit({ kind: 'subscription', subscription });
  if (!subscription.confirmed) call.track(requestConfirmation(call, subscription));
  return subscription;
};
