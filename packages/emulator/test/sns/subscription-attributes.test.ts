import {
  GetSubscriptionAttributesCommand,
  SetSubscriptionAttributesCommand,
  type SNSClient,
  SubscribeCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { withTopic } from './emulator-with-topic.ts';

const attributesOf = async (sns: SNSClient, SubscriptionArn: string) =>
  (await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }))).Attributes ?? {};

const set = (sns: SNSClient, SubscriptionArn: string, AttributeName: string, AttributeValue: string) =>
  sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, AttributeName, AttributeValue }));

const redacted = '\n at [Source: REDACTED (`StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION` disabled); line: 1, column: ';
const noName = `failed to parse JSON. Unexpected character ('i' (code 105)): was expecting double-quote to start field name${redacted}2]`;
const noToken = `failed to parse JSON. Unrecognized token 'invalid': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')${redacted}8]`;

// Texts as recorded of AWS.
describe('attributes of subscriptions that SNS refuses', () => {
  it.each([
    ['FakeAttribute', 'test-value', 'AttributeName'],
    ['RawMessageDelivery', 'test-ValUe', 'RawMessageDelivery: Invalid value [test-ValUe]. Must be true or false.'],
    ['RawMessageDelivery', '', 'RawMessageDelivery: Invalid value []. Must be true or false.'],
    ['RedrivePolicy', '{"deadLetterTargetArn":"fake-arn"}', 'RedrivePolicy: deadLetterTargetArn is an invalid arn'],
    ['RedrivePolicy', '{invalidjson}', `RedrivePolicy: ${noName}`],
    ['FilterPolicy', '{invalidjson}', `FilterPolicy: ${noName}`],
    ['FilterPolicy', 'invalid', `FilterPolicy: ${noToken}`],
    ['FilterPolicy', '{"a":', 'FilterPolicy: failed to parse JSON.'],
    ['FilterPolicy', '{"a":[{"like":"b"}]}', 'FilterPolicy: Unrecognized match type like'],
    [
      'FilterPolicy',
      '{"object":{"key":["a"]}}',
      'Filter policy scope MessageAttributes does not support nested filter policy',
    ],
    [
      'FilterPolicyScope',
      'RandomValue',
      'FilterPolicyScope: Invalid value [RandomValue]. Please use either MessageBody or MessageAttributes',
    ],
  ])('%s %s: %s', async (name, value, reason) => {
    const { sns, TopicArn, subscribe } = await withTopic();
    const arn = await subscribe('email', 'a@example.com');
    expect(await errorOf(set(sns, arn, name, value))).toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${reason}`,
    });
    const request = { TopicArn, Protocol: 'email', Endpoint: 'b@example.com', Attributes: { [name]: value } };
    expect(await errorOf(sns.send(new SubscribeCommand(request)))).toMatchObject({
      message: `Invalid parameter: Attributes Reason: ${reason}`,
    });
  });
});

describe('attributes of subscriptions', () => {
  it('show the scope of a filter policy where there is a policy', async () => {
    const { sns, subscribe } = await withTopic();
    const arn = await subscribe('email', 'a@example.com', { FilterPolicy: '' });
    expect(await attributesOf(sns, arn)).not.toHaveProperty('FilterPolicy');
    await set(sns, arn, 'FilterPolicyScope', 'MessageBody');
    expect(await attributesOf(sns, arn)).not.toHaveProperty('FilterPolicyScope');
    await set(sns, arn, 'FilterPolicy', '{"a":{"b":["c"]}}');
    expect(await attributesOf(sns, arn)).toMatchObject({
      FilterPolicy: '{"a":{"b":["c"]}}',
      FilterPolicyScope: 'MessageBody',
    });
    await set(sns, arn, 'FilterPolicy', '');
    expect(await attributesOf(sns, arn)).not.toHaveProperty('FilterPolicy');
  });

  it('hold RawMessageDelivery in lower case', async () => {
    const { sns, subscribe } = await withTopic();
    const arn = await subscribe('sqs', 'arn:aws:sqs:us-east-1:123456789012:a', { RawMessageDelivery: 'TrUe' });
    expect((await attributesOf(sns, arn)).RawMessageDelivery).toBe('true');
    await set(sns, arn, 'RawMessageDelivery', 'False');
    expect((await attributesOf(sns, arn)).RawMessageDelivery).toBe('false');
  });
});
