import {
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSubscriptionsByTopicCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PublishBatchCommand,
  PublishCommand,
  SetTopicAttributesCommand,
  type SNSClient,
  SubscribeCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { snsClientOf, withTopic } from './emulator-with-topic.ts';

const attributesOf = async (sns: SNSClient, TopicArn: string) =>
  (await sns.send(new GetTopicAttributesCommand({ TopicArn }))).Attributes ?? {};

const policyOf = async (sns: SNSClient, TopicArn: string, name: string) =>
  JSON.parse((await attributesOf(sns, TopicArn))[name] ?? 'null');

const retryDefaults = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const requestDefaults = { headerContentType: 'text/plain; charset=UTF-8' };
const http = (members: object) => ({ http: { disableSubscriptionOverrides: false, ...members } });

describe('a topic', () => {
  it('has a policy of its owner and an effective delivery policy', async () => {
    const { sns, TopicArn } = await withTopic();
    expect(await policyOf(sns, TopicArn, 'EffectiveDeliveryPolicy')).toEqual(
      http({ defaultHealthyRetryPolicy: retryDefaults, defaultRequestPolicy: requestDefaults }),
    );
    expect(await policyOf(sns, TopicArn, 'Policy')).toMatchObject({
      Id: '__default_policy_ID',
      Statement: [{ Resource: TopicArn, Condition: { StringEquals: { 'AWS:SourceOwner': '123456789012' } } }],
    });
  });

  it.each([
    [{ defaultRequestPolicy: { headerContentType: 'text/csv' } }, { headerContentType: 'text/csv' }, retryDefaults],
    [{ defaultHealthyRetryPolicy: { numRetries: 1 } }, requestDefaults, { ...retryDefaults, numRetries: 1 }],
    [{ defaultHealthyRetryPolicy: null }, requestDefaults, retryDefaults],
  ])(
    'keeps of a delivery policy what is not null: %j',
    async (given, defaultRequestPolicy, defaultHealthyRetryPolicy) => {
      const { sns, TopicArn } = await withTopic();
      const set = (AttributeValue: string) =>
        sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DeliveryPolicy', AttributeValue }));
      await set(JSON.stringify({ http: given }));
      const kept = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
      expect(await policyOf(sns, TopicArn, 'DeliveryPolicy')).toEqual(http(kept));
      expect(await policyOf(sns, TopicArn, 'EffectiveDeliveryPolicy')).toEqual(
        http({ defaultHealthyRetryPolicy, defaultRequestPolicy }),
      );
      await set('');
      expect(await attributesOf(sns, TopicArn)).not.toHaveProperty('DeliveryPolicy');
    },
  );

  it('is the same where it is made again with some of its attributes and tags', async () => {
    const { sns } = await withTopic();
    const Attributes = { DisplayName: 'a' };
    const Tags = ['a', 'b'].map((Key) => ({ Key, Value: '1' }));
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'again', Attributes, Tags }));
    for (const more of [{}, { Attributes }, { Attributes: { FifoTopic: 'false' } }, { Tags: Tags.slice(1) }]) {
      expect(await sns.send(new CreateTopicCommand({ Name: 'again', ...more }))).toMatchObject({ TopicArn });
    }
    expect(await attributesOf(sns, TopicArn ?? '')).not.toHaveProperty('FifoTopic');
  });

  it('is one of the region that its client signs for', async () => {
    const { emulator, sns, TopicArn } = await withTopic();
    const other = snsClientOf(emulator, 'eu-central-1');
    const { TopicArn: otherArn } = await other.send(new CreateTopicCommand({ Name: 'critical' }));
    expect(otherArn).toBe('arn:aws:sns:eu-central-1:123456789012:critical');
    expect((await other.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn: otherArn }]);
    expect((await sns.send(new ListTopicsCommand({}))).Topics).toEqual([{ TopicArn }]);
    expect(await attributesOf(other, otherArn ?? '')).toMatchObject({ TopicArn: otherArn });
  });
});

it('lists topics in pages of 100, with tokens in Base64', async () => {
  const { sns } = await withTopic();
  for (let index = 0; index < 100; index += 1) await sns.send(new CreateTopicCommand({ Name: `t${index}` }));
  const { Topics = [], NextToken = '' } = await sns.send(new ListTopicsCommand({}));
  expect(Topics).toHaveLength(100);
  expect(NextToken).toMatch(/^[A-Za-z\d+/]+=*$/);
  expect(NextToken.length % 4).toBe(0);
  expect((await sns.send(new ListTopicsCommand({ NextToken }))).Topics).toHaveLength(1);
  expect((await errorOf(sns.send(new ListTopicsCommand({ NextToken: '!' })))).message).toContain('NextToken');
});

// Texts as recorded of AWS.
describe('topics that SNS refuses', () => {
  const fifo = { FifoTopic: 'true' };
  const duplicated = [1, 2].map((value) => ({ Key: 'a', Value: String(value) }));
  it.each<[string, Omit<ConstructorParameters<typeof CreateTopicCommand>[0], 'Name'>, string]>([
    ['', {}, 'Topic Name'],
    ['a'.repeat(257), {}, 'Topic Name'],
    ['bad|name', {}, 'Topic Name'],
    ['test.fifo', {}, 'Topic Name'],
    ['test', { Attributes: fifo }, 'Topic Name'],
    ['critical', { Attributes: fifo }, 'Topic Name'],
    ['test.fifo', { Attributes: fifo }, 'Attributes Reason: FIFO topics are not emulated, create a standard topic'],
    [
      'critical',
      { Attributes: { DisplayName: 'b' } },
      'Attributes Reason: Topic already exists with different attributes',
    ],
    ['critical', { Tags: duplicated.slice(1) }, 'Tags Reason: Topic already exists with different tags'],
    ['test', { Tags: duplicated }, 'Duplicated keys are not allowed.'],
  ])('%s %j: %s', async (Name, more, reason) => {
    const { sns } = await withTopic();
    expect(await errorOf(sns.send(new CreateTopicCommand({ Name, ...more })))).toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${reason}`,
    });
  });

  it('are tagged twice with one key, or made FIFO topics later', async () => {
    const { sns, TopicArn } = await withTopic();
    const tag = sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags: duplicated }));
    expect((await errorOf(tag)).message).toBe('Invalid parameter: Duplicated keys are not allowed.');
    const change = { TopicArn, AttributeName: 'FifoTopic', AttributeValue: 'false' };
    const set = sns.send(new SetTopicAttributesCommand(change));
    expect((await errorOf(set)).message).toBe('Invalid parameter: AttributeName');
  });
});

describe('tags of topics', () => {
  const tagsOf = (count: number) => [...Array(count).keys()].map((index) => ({ Key: `k${index}`, Value: 'v' }));

  it('are at most 50', async () => {
    const { sns, TopicArn } = await withTopic();
    const refused = {
      name: 'TagLimitExceededException',
      message: 'Could not complete request: tag quota of per resource exceeded',
    };
    expect(await errorOf(sns.send(new CreateTopicCommand({ Name: 'new', Tags: tagsOf(51) })))).toMatchObject(refused);
    const tag = (Tags: ReturnType<typeof tagsOf>) => sns.send(new TagResourceCommand({ ResourceArn: TopicArn, Tags }));
    await tag(tagsOf(50));
    await tag(tagsOf(50));
    expect(await errorOf(tag([{ Key: 'another', Value: 'v' }]))).toMatchObject(refused);
  });

  it.each([
    [
      'TagResource',
      (sns: SNSClient, ResourceArn: string) => sns.send(new TagResourceCommand({ ResourceArn, Tags: tagsOf(1) })),
    ],
    [
      'UntagResource',
      (sns: SNSClient, ResourceArn: string) => sns.send(new UntagResourceCommand({ ResourceArn, TagKeys: ['k0'] })),
    ],
    [
      'ListTagsForResource',
      (sns: SNSClient, ResourceArn: string) => sns.send(new ListTagsForResourceCommand({ ResourceArn })),
    ],
  ])('are refused of a topic that there is not by %s', async (_, send) => {
    const { sns, TopicArn } = await withTopic();
    expect(await errorOf(send(sns, `${TopicArn}-2`))).toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Resource does not exist',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

type Call = (sns: SNSClient, TopicArn: string) => Promise<unknown>;

const calls: Readonly<Record<string, Call>> = {
  Publish: (sns, TopicArn) => sns.send(new PublishCommand({ TopicArn, Message: 'x' })),
  PublishBatch: (sns, TopicArn) =>
    sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries: [{ Id: '1', Message: 'x' }] })),
  Subscribe: (sns, TopicArn) =>
    sns.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.com' })),
  GetTopicAttributes: (sns, TopicArn) => sns.send(new GetTopicAttributesCommand({ TopicArn })),
  SetTopicAttributes: (sns, TopicArn) =>
    sns.send(new SetTopicAttributesCommand({ TopicArn, AttributeName: 'DisplayName', AttributeValue: 'x' })),
  ListSubscriptionsByTopic: (sns, TopicArn) => sns.send(new ListSubscriptionsByTopicCommand({ TopicArn })),
  DeleteTopic: (sns, TopicArn) => sns.send(new DeleteTopicCommand({ TopicArn })),
};

describe.each(Object.entries(calls))('%s', (_, call) => {
  it.each([
    ['randomstring', 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['randomstring:1', 'TopicArn Reason: An ARN must have at least 6 elements, not 2'],
    ['', 'TopicArn Reason: An ARN must have at least 6 elements, not 1'],
    ['arn:aws:sns:us-east-1:random', 'TopicArn Reason: An ARN must have at least 6 elements, not 5'],
  ])('refuses the ARN %j: %s', async (TopicArn, reason) => {
    const { sns } = await withTopic();
    expect(await errorOf(call(sns, TopicArn))).toMatchObject({
      name: 'InvalidParameterException',
      message: `Invalid parameter: ${reason}`,
    });
  });

  it('refuses a topic of another region', async () => {
    const { emulator, TopicArn } = await withTopic();
    const elsewhere = await errorOf(call(snsClientOf(emulator, 'eu-central-1'), TopicArn));
    expect(elsewhere.message).toBe('Invalid parameter: TopicArn');
  });
});
