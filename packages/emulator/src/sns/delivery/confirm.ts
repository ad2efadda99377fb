import type { SnsContext } from '../sns-context.ts';
import type { Subscription } from '../topic-state.ts';
import { type ConfirmationType, confirmationBody } from './notification.ts';
import { postToEndpoint } from './post-to-endpoint.ts';
import { signingFor } from './signing.ts';

/** Asks an HTTP endpoint to confirm; what it answers does not matter, its visit to `SubscribeURL` does. */
export const requestConfirmation = (context: SnsContext, subscription: Subscription): Promise<void> =>
  send(context, subscription, {
    type: 'SubscriptionConfirmation',
    token: subscription.token,
    message:
      `You have chosen to subscribe to the topic ${subscription.topicArn}.\n` +
      'To confirm the subscription, visit the SubscribeURL included in this message.',
  });

/** Tells an HTTP endpoint that it gets no more. */
export const announceUnsubscription = (context: SnsContext, subscription: Subscription): Promise<void> =>
  send(context, subscription, {
    type: 'UnsubscribeConfirmation',
    token: (context.newId() + context.newId()).replaceAll('-', ''),
    message:
      `You have chosen to deactivate subscription ${subscription.arn}.\n` +
      'To cancel this operation and restore the subscription, visit the SubscribeURL included in this message.',
  });

const send = async (
  context: SnsContext,
  { arn, topicArn, endpoint }: Subscription,
  confirmation: { readonly type: ConfirmationType; readonly token: string; readonly message: string },
): Promise<void> => {
  const messageId = context.newId();
  const subscribeUrl = `${context.url()}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${confirmation.token}`;
  const request = { ...confirmation, messageId, topicArn, at: context.now() };
  const body = confirmationBody(request, { ...signingFor(context, topicArn), subscribeUrl });
  const failure = await postToEndpoint(endpoint, JSON.stringify(body), {
    'x-amz-sns-message-type': confirmation.type,
    'x-amz-sns-message-id': messageId,
    'x-amz-sns-topic-arn': topicArn,
    ...(confirmation.type === 'UnsubscribeConfirmation' && { 'x-amz-sns-subscription-arn': arn }),
  });
  if (failure !== undefined) context.warn(`SNS could not send ${endpoint} a ${confirmation.type}: ${failure}`);
};
