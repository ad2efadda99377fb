import { createVerify, X509Certificate } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  PublishCommand,
  SetTopicAttributesCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it, onTestFinished } from 'vitest';
import { withTopic } from './emulator-with-topic.ts';

type Request = { readonly headers: IncomingHttpHeaders; readonly text: string; readonly body: Record<string, string> };

/** An endpoint that confirms what it is asked to confirm. */
const endpointOf = async () => {
  const requests: Request[] = [];
  const server = createServer(async (request, response) => {
    let text = '';
    for await (const chunk of request) text += chunk;
    const body = text.startsWith('{') ? JSON.parse(text) : {};
    requests.push({ headers: request.headers, text, body });
    if (body.Type === 'SubscriptionConfirmation') await fetch(body.SubscribeURL);
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return { requests, endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook` };
};

const withEndpoint = async (attributes: Record<string, string> = {}) => {
  const topic = await withTopic();
  const { requests, endpoint } = await endpointOf();
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

describe('HTTP endpoints', () => {
  it('are asked to confirm, then notified, by links as AWS writes them', async () => {
    const { emulator, sns, TopicArn, requests, answered, publish, arn } = await withEndpoint();
    expect(answered).toBe('pending confirmation');
    const attributes = new GetSubscriptionAttributesCommand({ SubscriptionArn: arn });
    expect((await sns.send(attributes)).Attributes?.PendingConfirmation).toBe('false');
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
});
