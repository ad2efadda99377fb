import { createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withTopic } from './emulator-with-topic.ts';

type Request = { readonly headers: IncomingHttpHeaders; readonly text: string; readonly body: Record<string, string> };

/** An endpoint that confirms what it is asked to confirm, by `visit` of the link, and answers with `status`. */
const endpointOf = async (visit: (link: string) => Promise<unknown>, status = 200) => {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    requests.push({ headers: request.headers, text, body });
    if (body.Type === 'SubscriptionConfirmation') await visit(body.SubscribeURL);
    response.writeHead(status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { requests, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
};

const withEndpoint = async (
  attributes: Record<string, string> = {},
  visit: (link: string) => Promise<unknown> = fetch,
  status = 200,
) => {
  const topic = await withTopic();
  const { requests, endpoint } = await endpointOf(visit, status);
  const answered = await topic.subscribe('http', endpoint, attributes);
  await topic.emulator.idle({ timeoutMs: 5000 });
  const { TopicArn } = topic;
  const { Subscriptions } = await topic.sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }));
  const publish = async (Message: string, Subject: string) => {
    await topic.sns.send(new PublishCommand({ TopicArn, Message, Subject }));
    await topic.emulator.idle({ timeoutMs: 5000 });
  };
  return { ...topic, requests, answered, publish, arn: Subscriptions?.[0]?.SubscriptionArn ?? '' };
};

/** As validators of SNS messages do: the documented members, the certificate at the URL that the message tells. */
const verifies = async (body: Record<string, string>, algorithm: string) => {
  const names =
    body.Type === 'Notification'
      ? ['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type']
      : ['Message', 'MessageId', 'SubscribeURL', 'Timestamp', 'Token', 'TopicArn', 'Type'];
  const signed = names.map((name) => `${name}\n${body[name]}\n`).join('');
  const certificate = await (await fetch(body.SigningCertURL ?? '')).text();
  return createVerify(algorithm)
    .update(signed)
    .verify(certificate, body.Signature ?? '', 'base64');
};

const retryDefaults = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const unset = {
  healthyRetryPolicy: null,
  sicklyRetryPolicy: null,
  throttlePolicy: null,
  requestPolicy: null,
  guaranteed: false,
};

describe('HTTP endpoints', () => {
  it('are asked to confirm, then notified, by links as AWS writes them', async () => {
    const { emulator, sns, TopicArn, requests, answered, publish, arn } = await withEndpoint();
    expect(answered).toBe('pending confirmation');
    const attributes = new GetSubscriptionAttributesCommand({ SubscriptionArn: arn });
    expect((await sns.send(attributes)).Attributes).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'false',
      SubscriptionPrincipal: 'arn:aws:iam::123456789012:user/emulator',
    });
    await publish('hello', 'hi');
    const [confirmation, notification] = requests.map(({ body }) => body);
    expect(confirmation?.SubscribeURL).toBe(
      `${emulator.url}/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${confirmation?.Token}`,
    );
    expect(notification).toMatchObject({ Message: 'hello', Subject: 'hi', SignatureVersion: '1' });
    expect(notification?.UnsubscribeURL).toBe(`${emulator.url}/?Action=Unsubscribe&SubscriptionArn=${arn}`);
    const unsubscribed = await fetch(notification?.UnsubscribeURL ?? '');
    expect(await unsubscribed.text()).toMatch(
      /^<UnsubscribeResponse xmlns="http:\/\/sns.amazonaws.com\/doc\/2010-03-31\/"><ResponseMetadata>/,
    );
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).toEqual([]);
  });

  it('are asked again by another Subscribe, until they have confirmed', async () => {
    const links: string[] = [];
    const { emulator, subscribe, requests } = await withEndpoint({}, async (link) => links.push(link));
    const [asked] = requests;
    const again = async () => {
      const answer = await subscribe('http', `http://${asked?.headers.host}/hook`);
      await emulator.idle({ timeoutMs: 5000 });
      return answer;
    };
    expect(await again()).toBe('pending confirmation');
    expect(links).toEqual([links[0], links[0]]);
    await fetch(links[0] ?? '');
    expect(await again()).toMatch(/^arn:aws:sns:/);
    expect(requests).toHaveLength(2);
  });

  it('can verify every signature with a certificate', async () => {
    const { emulator, sns, TopicArn, requests, publish } = await withEndpoint();
    await publish('hello', 'hi');
    await sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'SignatureVersion', AttributeValue: '2' }));
    await publish('hello again', 'hi');
    const [confirmation = {}, first = {}, second = {}] = requests.map(({ body }) => body);
    expect(await verifies(confirmation, 'RSA-SHA1')).toBe(true);
    expect(await verifies(first, 'RSA-SHA1')).toBe(true);
    expect(await verifies({ ...first, Message: 'another' }, 'RSA-SHA1')).toBe(false);
    expect(second.SignatureVersion).toBe('2');
    expect(await verifies(second, 'RSA-SHA256')).toBe(true);
    expect(first.SigningCertURL).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/SimpleNotificationService-[\da-f]{32}\.pem$/);
    const certificate = new X509Certificate(await (await fetch(first.SigningCertURL ?? '')).text());
    expect(certificate.verify(certificate.publicKey)).toBe(true);
    expect((await fetch(`${emulator.url}/SimpleNotificationService-0.pem`)).status).not.toBe(200);
  });

  it('are confirmed by the owner of the topic too, whatever name the topic has in the link', async () => {
    const links: string[] = [];
    const { sns, TopicArn, arn } = await withEndpoint({}, async (link) => links.push(link));
    expect(arn).toBe('PendingConfirmation');
    const Token = new URL(links[0] ?? '').searchParams.get('Token') ?? '';
    const confirm = new ConfirmSubscriptionCommand({ TopicArn: `${TopicArn}-2`, Token });
    const { SubscriptionArn } = await sns.send(confirm);
    const attributes = new GetSubscriptionAttributesCommand({ SubscriptionArn });
    expect((await sns.send(attributes)).Attributes).toMatchObject({
      PendingConfirmation: 'false',
      ConfirmationWasAuthenticated: 'true',
    });
  });

  it.each([
    [204, 1],
    [403, 1],
    [410, 1],
    [500, 4],
    [503, 4],
  ])('that answer with %i are sent a message this often: %i', async (status, times) => {
    const { requests, publish } = await withEndpoint({}, fetch, status);
    await publish('hello', 'hi');
    expect(requests.filter(({ body }) => body.Type === 'Notification')).toHaveLength(times);
  });

  it('are told when they are unsubscribed', async () => {
    const { emulator, sns, TopicArn, requests, arn } = await withEndpoint();
    await sns.send(new UnsubscribeCommand({ SubscriptionArn: arn }));
    await emulator.idle({ timeoutMs: 5000 });
    const { headers, body = {} } = requests[1] ?? {};
    expect(headers).toMatchObject({
      'x-amz-sns-message-type': 'UnsubscribeConfirmation',
      'x-amz-sns-message-id': body.MessageId,
      'x-amz-sns-topic-arn': TopicArn,
      'x-amz-sns-subscription-arn': arn,
    });
    expect(body).toMatchObject({
      Type: 'UnsubscribeConfirmation',
      Message: `You have chosen to deactivate subscription ${arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
      SubscribeURL: `${emulator.url}/?Action=ConfirmSubscription&TopicArn=${TopicArn}&Token=${body.Token}`,
    });
    expect(await verifies(body, 'RSA-SHA1')).toBe(true);
  });

  it('get the headers that AWS sends, and no others', async () => {
    const { requests, publish } = await withEndpoint({ RawMessageDelivery: 'true' });
    await publish('hello', 'hi');
    expect(requests[1]?.text).toBe('hello');
    expect(Object.keys(requests[1]?.headers ?? {}).sort()).toEqual([
      'accept-encoding',
      'connection',
      'content-length',
      'content-type',
      'host',
      'user-agent',
      'x-amz-sns-message-id',
      'x-amz-sns-message-type',
      'x-amz-sns-rawdelivery',
      'x-amz-sns-subscription-arn',
      'x-amz-sns-topic-arn',
    ]);
    expect(requests[1]?.headers).toMatchObject({
      'accept-encoding': 'gzip,deflate',
      'content-type': 'text/plain; charset=UTF-8',
      'user-agent': 'Amazon Simple Notification Service Agent',
    });
  });

  const csv = { requestPolicy: { headerContentType: 'text/csv' } };
  const retry = { healthyRetryPolicy: { minDelayTarget: 1, maxDelayTarget: 1, numRetries: 0 } };
  it.each([
    [{}, undefined, 'application/json'],
    [{ DeliveryPolicy: JSON.stringify(csv) }, { ...unset, ...csv }, 'text/csv'],
    [
      { DeliveryPolicy: JSON.stringify(retry) },
      { ...unset, healthyRetryPolicy: { ...retryDefaults, ...retry.healthyRetryPolicy } },
      'application/json',
    ],
  ])('get the content type of their delivery policy, or of that of the topic: %j', async (given, kept, contentType) => {
    const { sns, TopicArn, requests, publish, arn } = await withEndpoint(given);
    const http = { defaultRequestPolicy: { headerContentType: 'application/json' } };
    const policy = { TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue: JSON.stringify({ http }) };
    await sns.send(new SetTopicAttributesCommand(policy));
    await publish('hello', 'hi');
    expect(requests[1]?.headers['content-type']).toBe(contentType);
    const attributes = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn: arn }));
    const { DeliveryPolicy, EffectiveDeliveryPolicy } = attributes.Attributes ?? {};
    expect(DeliveryPolicy && JSON.parse(DeliveryPolicy)).toEqual(kept);
    expect(EffectiveDeliveryPolicy && JSON.parse(EffectiveDeliveryPolicy)).toEqual(
      kept && {
        ...kept,
        healthyRetryPolicy: kept.healthyRetryPolicy ?? retryDefaults,
        requestPolicy: { headerContentType: contentType },
      },
    );
  });
});
