import type { ServiceMessage } from '../../queue/service/send-to-queue.ts';
import { isObject } from '../../service-api/input.ts';
import { compileFilterPolicy } from '../filter-policy/filter-policy.ts';
import type { Filterable } from '../filter-policy/match-message.ts';
import type { SnsContext } from '../sns-context.ts';
import type { Subscription } from '../topic-state.ts';
import { contentTypeFor } from './delivery-policy.ts';
import { lambdaEvent, type Notification, notificationBody, type SnsAttribute } from './notification.ts';
import { postToEndpoint } from './post-to-endpoint.ts';
import { signingFor } from './signing.ts';

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
      return postToEndpoint(subscription.endpoint, isRaw(subscription) ? notification.message : JSON.stringify(body), {
        'content-type': contentTypeOf(context, subscription),
        'x-amz-sns-message-type': 'Notification',
        'x-amz-sns-message-id': notification.messageId,
        'x-amz-sns-topic-arn': notification.topicArn,
        'x-amz-sns-subscription-arn': subscription.arn,
        ...(isRaw(subscription) && { 'x-amz-sns-rawdelivery': 'true' }),
      });
    case 'sqs':
      return context.sendToQueue(subscription.endpoint, queueMessage(context, subscription, notification));
    case 'lambda':
      return context.invoke(subscription.endpoint, lambdaEvent(body, subscription.arn));
    case 'email':
    case 'email-json':
    case 'sms':
      return undefined;
  }
};

const bodyFor = (context: SnsContext, { arn, topicArn }: Subscription, notification: Notification) =>
  notificationBody(notification, {
    ...signingFor(context, topicArn),
    unsubscribeUrl: `${context.url()}/?Action=Unsubscribe&SubscriptionArn=${arn}`,
  });

const queueMessage = (context: SnsContext, subscription: Subscription, notification: Notification): ServiceMessage => {
  const { message, attributes, messageGroupId, traceHeader } = notification;
  return {
    ...(isRaw(subscription)
      ? { body: message, attributes }
      : { body: JSON.stringify(bodyFor(context, subscription, notification)), attributes: {} }),
    ...(messageGroupId !== undefined && { messageGroupId }),
    ...(traceHeader !== undefined && { traceHeader }),
  };
};

const contentTypeOf = ({ state }: SnsContext, { topicArn, attributes }: Subscription): string =>
  contentTypeFor(attributes.DeliveryPolicy, state.topics.get(topicArn)?.attributes.DeliveryPolicy);

/** What a dead-letter queue gets is what the endpoint should have got. */
const redrive = (context: SnsContext, subscription: Subscription, notification: Notification): void => {
  const policy = subscription.attributes.RedrivePolicy;
  if (policy === undefined) return;
  const { deadLetterTargetArn } = JSON.parse(policy);
  const failure = context.sendToQueue(String(deadLetterTargetArn), queueMessage(context, subscription, notification));
  if (failure !== undefined) context.warn(`${notification.messageId} is lost to ${deadLetterTargetArn}: ${failure}`);
};
