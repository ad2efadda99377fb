import {
  ConfirmSubscriptionCommand,
  GetSubscriptionAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListSubscriptionsCommand,
  type SNSClient,
  UnsubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { queueArn, snsClientOf, withTopic } from './emulator-with-topic.ts';

const attributesOf = async (sns: SNSClient, SubscriptionArn = '') =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};

// Texts as recorded of AWS, but for those of mailboxes, functions and web pages.
describe('endpoints', () => {
  const fifo =
    'Invalid parameter: Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics';
  it.each([
    ['sms', '+15--551234567', 'Invalid SMS endpoint: +15--551234567'],
    ['sms', '+15551234567.', 'Invalid SMS endpoint: +15551234567.'],
    ['sms', 'NAA+15551234567', 'Invalid SMS endpoint: NAA+15551234567'],
    ['sms', '/+15551234567', 'Invalid SMS endpoint: /+15551234567'],
    ['sqs', 'http://127.0.0.1/123456789012/tasks', 'Invalid parameter: SQS endpoint ARN'],
    ['sqs', 'tasks', 'Invalid parameter: SQS endpoint ARN'],
    ['sqs', queueArn('tasks.fifo'), fifo],
    ['lambda', 'pause', 'Invalid parameter: Lambda endpoint ARN'],
    ['email', 'nobody', 'Invalid parameter: Email address'],
    ['http', 'https://127.0.0.1/', 'Invalid parameter: Endpoint must match the specified protocol'],
    ['test', 'x', 'Invalid parameter: Amazon SNS does not support this protocol string: test'],
    ['firehose', 'x', 'Invalid parameter: Protocol Reason: firehose is not emulated'],
  ])('are refused: %s %s: %s', async (protocol, endpoint, message) => {
    const { subscribe } = await withTopic();
    expect(await errorOf(subscribe(protocol, endpoint))).toMatchObject({ name: 'InvalidParameterException', message });
  });

  it.each([
    ['sms', '+12/34-567.890'],
    ['sms', '+123123123'],
    ['sqs', queueArn('nowhere')],
  ])('are taken: %s %s', async (protocol, endpoint) => {
    const { TopicArn, subscribe } = await withTopic();
    expect(await subscribe(protocol, endpoint)).toContain(`${TopicArn}:`);
  });
});

describe('subscribing an endpoint again', () => {
  it('gives the same subscription where its attributes are the same, be it by default', async () => {
    const { sns, subscribe } = await withTopic();
    const arn = await subscribe('sqs', queueArn('a'), { RawMessageDelivery: 'True' });
    const same = [{ RawMessageDelivery: 'true' }, { FilterPolicyScope: 'MessageAttributes' }, {}];
    for (const attributes of same) expect(await subscribe('sqs', queueArn('a'), attributes)).toBe(arn);
    expect((await attributesOf(sns, arn)).RawMessageDelivery).toBe('true');
  });

  it.each([{ RawMessageDelivery: 'false' }, { FilterPolicyScope: 'MessageBody' }, { FilterPolicy: '{"a":["b"]}' }])(
    'is refused with other attributes: %j',
    async (attributes) => {
      const { subscribe } = await withTopic();
      await subscribe('sqs', queueArn('a'), { RawMessageDelivery: 'true' });
      expect((await errorOf(subscribe('sqs', queueArn('a'), attributes))).message).toBe(
        'Invalid parameter: Attributes Reason: Subscription already exists with different attributes',
      );
    },
  );
});

// Texts as recorded of AWS.
describe('unsubscribing', () => {
  it.each([
    ['randomstring', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 1'],
    ['pending confirmation', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sns:us-east-1:random', 'SubscriptionArn Reason: An ARN must have at least 6 elements, not 5'],
    ['arn:aws:sns:us-east-1:123456789012:random', 'SubscriptionId'],
    [undefined, 'SubscriptionArn Reason: no value for required parameter'],
  ])('is refused for %s: %s', async (SubscriptionArn, reason) => {
    const { sns } = await withTopic();
    expect(await errorOf(sns.send(new UnsubscribeCommand({ SubscriptionArn })))).toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${reason}`,
    });
  });

  it('may be done twice', async () => {
    const { sns, TopicArn, subscribe } = await withTopic();
    const SubscriptionArn = await subscribe('email', 'a@example.com');
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
    expect((await sns.send(new ListSubscriptionsByTopicCommand({ TopicArn }))).Subscriptions ?? []).toEqual([]);
  });
});

describe('confirming', () => {
  const unknown = 'ab'.repeat(144);
  it.each([
    ['us-east-1:123456789012:critical', unknown, 'Invalid parameter: Token'],
    ['us-east-1:123456789012:nowhere', unknown, 'Invalid parameter: Token'],
    ['us-east-1:123456789012:critical', 'randomtoken', 'Invalid token'],
    ['eu-central-1:123456789012:critical', unknown, 'Invalid parameter: Topic'],
    ['us-east-1', unknown, 'Invalid parameter: Topic'],
  ])('is refused for %s and %s: %s', async (topic, Token, message) => {
    const { sns } = await withTopic();
    const confirm = sns.send(new ConfirmSubscriptionCommand({ TopicArn: `arn:aws:sns:${topic}`, Token }));
    expect(await errorOf(confirm)).toMatchObject({ name: 'InvalidParameterException', message });
  });

  it('is refused over a link as over the API', async () => {
    const { emulator } = await withTopic();
    const visit = async (query: string) => (await fetch(`${emulator.url}/?Action=ConfirmSubscription&${query}`)).text();
    const here = 'TopicArn=arn:aws:sns:us-east-1:123456789012:critical';
    expect(await visit(`${here}&Token=abc123`)).toContain('<Message>Invalid parameter: Token</Message>');
    expect(await visit('TopicArn=not-an-arn&Token=abc123')).toContain('<Message>Invalid parameter: Topic</Message>');
    const elsewhere = 'TopicArn=arn:aws:sns:us-west-2:123456789012:critical&Token=abc123';
    expect(await visit(elsewhere)).toContain('<Message>Invalid parameter: Topic</Message>');
  });
});

it('lists the subscriptions to topics of the region', async () => {
  const { emulator, subscribe } = await withTopic();
  await subscribe('email', 'a@example.com');
  const listed = await snsClientOf(emulator, 'eu-central-1').send(new ListSubscriptionsCommand({}));
  expect(listed.Subscriptions ?? []).toEqual([]);
});
