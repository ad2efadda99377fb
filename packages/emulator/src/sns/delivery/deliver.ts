import { isObject } from '../../service-api/input.ts';
import { compileFilterPolicy } from '../filter-policy/filter-policy.ts';
import type { Filterable } from '../filter-policy/match-message.ts';
import type { SnsContext } from '../sns-context.ts';
import type { Subscription } from '../topic-state.ts';
import {
  confirmationBody,
  lambdaEvent,
  type Notification,
  notificationBody,
  type SnsAttribute,
} from './notification.ts';

/** Attempts at an HTTP endpoint: the first and three without delay, the guide's immediate retry phase. */
const attempts = 4;
const attemptTimeoutMs = 15_000;

/** Sends a message to every subscription of its topic that is confirmed and whose filter policy accepts it. */
export const deliverToAll = async (context: SnsContext, notification: Notification): Promise<void> => {
  const subscriptions = [...context.state.subscriptions.values()].filter(
    (subscription) =>
      subscription.topicArn === notification.topicArn && subscription.confirmed && accepts(subscription, notification),
  );
  const textFor = ({ protocol }: Subscription): string => notification.texts[protocol] ?? notification.message;
  await Promise.all(subscriptions.map((each) => deliver(context, each, { ...notification, message: textFor(each) })));
};

const accepts = ({ attributes }: Subscription, notification: Notification): boolean => {
  const { FilterPolicy: policy, FilterPolicyScope: scope } = attributes;
  if (policy === undefined) return true;
  const inBody = scope === 'MessageBody';
  const subject = inBody ? bodyOf(notification) : filterableAttributes(notification.attributes);
  return (
    subject !== undefined &&
    compileFilterPolicy(JSON.parse(policy), inBody ? 'MessageBody' : 'MessageAttributes')(subject)
  );
};

/** A message that is no JSON object is accepted by no policy over bodies. */
const bodyOf = ({ message }: Notification): Filterable | undefined => {
  const body = parseJson(message);
  return isObject(body) ? body : undefined;
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const filterableAttributes = (attributes: Readonly<Record<string, SnsAttribute>>): Filterable =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, { Type, Value }]) => {
      if (Type === 'Number') return [name, Number(Value)];
      return [name, Type === 'String.Array' ? (parseJson(Value) ?? Value) : Value];
    }),
  );

const isRaw = ({ attributes }: Subscription): boolean => attributes.RawMessageDelivery === 'true';

const deliver = async (context: SnsContext, subscription: Subscription, notification: Notification): Promise<void> => {
  const failure = await attempt(context, subscription, notification);
  const { protocol, endpoint } = subscription;
  if (failure === undefined && (protocol === 'sqs' || protocol === 'lambda')) return;
  if (failure !== undefined) {
    context.warn(`SNS could not deliver ${notification.messageId} to ${protocol} ${endpoint}: ${failure}`);
    redrive(context, subscription, notification);
  }
  const { at, topicArn, messageId, subject, message } = notification;
  const mail = { at, protocol, to: endpoint, topicArn, messageId, subject, message };
  context.commit({ kind: 'mail', mail: failure === undefined ? mail : { ...mail, failure } });
};

/** Why the message did not reach the endpoint; `undefined` when it did. */
const attempt = async (
  context: SnsContext,
  subscription: Subscription,
  notification: Notification,
): Promise<string | undefined> => {
  const body = bodyFor(context, subscription, notification);
  switch (subscription.protocol) {
    case 'http':
    case 'https':
      return post(subscription, isRaw(subscription) ? notification.message : JSON.stringify(body), {
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': notification.messageId,
        'x-amz-sns-topic-arn': notification.topicArn,
        'x-amz-sns-subscription-arn': subscription.arn,
        ...(isRaw(subscription) && { 'x-amz-sns-rawdelivery': 'true' }),
      });
    case 'sqs':
      return isRaw(subscription)
        ? context.sendToQueue(subscription.endpoint, notification.message, notification.attributes)
        : context.sendToQueue(subscription.endpoint, JSON.stringify(body), {});
    case 'lambda':
      return context.invoke(subscription.endpoint, lambdaEvent(body, subscription.arn));
    case 'email':
    case 'email-json':
    case 'sms':
      return undefined;
  }
};

const signingFor = ({ signer, state }: SnsContext, topicArn: string) => ({
  signer: signer(),
  version: state.topics.get(topicArn)?.attributes.SignatureVersion === '2' ? ('2' as const) : ('1' as const),
});

const bodyFor = (context: SnsContext, { arn, topicArn }: Subscription, notification: Notification) =>
  notificationBody(notification, {
    ...signingFor(context, topicArn),
    unsubscribeUrl: `${context.url()}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
  });

/** What a dead-letter queue gets is what the endpoint should have got. */
const redrive = (context: SnsContext, subscription: Subscription, notification: Notification): void => {
  const policy = subscription.attributes.RedrivePolicy;
  if (policy === undefined) return;
  const { deadLetterTargetArn } = JSON.parse(policy);
  const body = isRaw(subscription)
    ? notification.message
    : JSON.stringify(bodyFor(context, subscription, notification));
  context.sendToQueue(String(deadLetterTargetArn), body, isRaw(subscription) ? notification.attributes : {});
};

/** Asks an HTTP endpoint to confirm; what it answers does not matter, its visit to `SubscribeURL` does. */
export const requestConfirmation = async (context: SnsContext, subscription: Subscription): Promise<void> => {
  const { topicArn, token } = subscription;
  const messageId = context.newId();
  const subscribeUrl = `${context.url()}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
  const request = { messageId, topicArn, token, at: context.now() };
  const body = confirmationBody(request, { ...signingFor(context, topicArn), subscribeUrl });
  const failure = await post(subscription, JSON.stringify(body), {
    'x-amz-sns-message-type': 'SubscriptionConfirmation',
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
  });
  if (failure !== undefined) context.warn(`SNS could not ask ${subscription.endpoint} to confirm: ${failure}`);
};

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

const post = async (
  { endpoint }: Subscription,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> => {
  if (!loopback.test(new URL(endpoint).hostname))
    return 'it is not on this machine, and the emulator sends nowhere else';
  let failure: string | undefined;
  for (let count = 0; count < attempts; count += 1) {
    failure = await postOnce(endpoint, body, headers);
    if (failure === undefined) return undefined;
  }
  return failure;
};

const postOnce = async (
  endpoint: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<string | undefined> => {
  try {
    const response = await fetch(endpoint, {
      method: 'POST',
      body,
      redirect: 'manual',
      headers: {
        'content-type': 'text/plain; charset=UTF-8',
        'user-agent': 'Amazon Simple Notification Service Agent',
        ...headers,
      },
      signal: AbortSignal.timeout(attemptTimeoutMs),
    });
    await response.body?.cancel();
    return response.ok ? undefined : `it answered ${response.status}`;
  } catch (error) {
    return String(error instanceof Error && error.cause instanceof Error ? error.cause.message : error);
  }
};
