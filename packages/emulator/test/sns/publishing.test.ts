import {
  type MessageAttributeValue,
  PublishBatchCommand,
  PublishCommand,
  type PublishCommandInput,
} from '@aws-sdk/client-sns';
import { describe, expect, it } from 'vitest';
import { errorOf } from '../running-emulator.ts';
import { queueArn, received, withTopic } from './emulator-with-topic.ts';

const bytes = new TextEncoder().encode('123');
const text = (value: string, DataType = 'String') => ({ DataType, StringValue: value });
const supported = 'the set of supported type prefixes is Binary, Number, and String.';
const mustHave = (type: string) =>
  `The message attribute 'attr1' must contain non-empty message attribute value for message attribute type '${type}'.`;

// Texts as recorded of AWS.
describe('message attributes that SNS refuses', () => {
  it.each<[string, Partial<MessageAttributeValue>, string, string?]>([
    ['attr1', text(''), mustHave('String')],
    ['attr1', { DataType: 'String' }, mustHave('String')],
    ['attr1', { DataType: 'Binary' }, mustHave('Binary')],
    [
      'attr1',
      { DataType: 'String', BinaryValue: bytes },
      "The message attribute 'attr1' with type 'String' must use field 'String'.",
    ],
    [
      'attr1',
      { DataType: 'Number', BinaryValue: bytes },
      "The message attribute 'attr1' with type 'Number' must use field 'String'.",
    ],
    ['attr1', text('1', 'Binary'), "The message attribute 'attr1' with type 'Binary' must use field 'Binary'."],
    [
      'attr1',
      text('1', 'InvalidType'),
      `The message attribute 'attr1' has an invalid message attribute type, ${supported}`,
    ],
    [
      'attr1',
      text('1', 'String.'),
      `The message attribute 'attr1' has an invalid message attribute type, ${supported}`,
    ],
    [
      'attr1',
      text('1', 'Stringprefixed'),
      `The message attribute 'attr1' has an invalid message attribute type, ${supported}`,
    ],
    ['attr1', text('one', 'Number'), "Could not cast message attribute 'attr1' value to number."],
    ['a'.repeat(257), text('1'), 'Length of message attribute name must be less than 256 bytes.'],
    [
      'a^*?',
      text('1'),
      "Invalid non-alphanumeric character '#x5E' was found in the message attribute name. Can only include alphanumeric characters, hyphens, underscores, or dots.",
    ],
    ['.abc', text('1'), "Invalid message attribute name starting with character '.' was found."],
    ['abc.', text('1'), "Invalid message attribute name ending with character '.' was found."],
    ['a..bc', text('1'), "Message attribute name can not have successive '.' character."],
  ])('%s %j: %s', async (name, value, message) => {
    const { sns, TopicArn } = await withTopic();
    const MessageAttributes = { [name]: value as MessageAttributeValue };
    const refused = { Code: 'ParameterValueInvalid', message };
    expect(await errorOf(sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes })))).toMatchObject(
      refused,
    );
    const PublishBatchRequestEntries = [{ Id: '1', Message: 'x', MessageAttributes }];
    const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
    expect(await errorOf(sns.send(batch))).toMatchObject(refused);
  });

  it('are those without a type', async () => {
    const { sns, TopicArn } = await withTopic();
    const MessageAttributes = { attr1: { StringValue: 'x' } as MessageAttributeValue };
    const refusedAt = (path: string) => ({
      Code: 'ValidationError',
      message: `1 validation error detected: Value null at '${path}.attr1.member.dataType' failed to satisfy constraint: Member must not be null`,
    });
    const one = sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes }));
    expect(await errorOf(one)).toMatchObject(refusedAt('messageAttributes'));
    const PublishBatchRequestEntries = [{ Id: '1', Message: 'x', MessageAttributes }];
    const batch = sns.send(new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries }));
    expect(await errorOf(batch)).toMatchObject(refusedAt('publishBatchRequestEntries.1.member.messageAttributes'));
  });
});

describe('messages that SNS refuses', () => {
  it.each<[Partial<PublishCommandInput>, string]>([
    [{ Subject: '' }, 'Subject'],
    [{ Message: '' }, 'Empty message'],
    [{ MessageStructure: 'json' }, 'Message Structure - JSON message body failed to parse'],
    [{ Message: '{"sqs":"x"}', MessageStructure: 'json' }, 'Message Structure - No default entry in JSON message body'],
    [
      { MessageDeduplicationId: 'x' },
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for this topic type',
    ],
  ])('%j: %s', async (more, reason) => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic();
    await subscribe('email', 'a@example.com');
    const refused = { name: 'InvalidParameterException', message: `Invalid parameter: ${reason}` };
    expect(await errorOf(sns.send(new PublishCommand({ TopicArn, Message: 'x', ...more })))).toMatchObject(refused);
    const PublishBatchRequestEntries = [
      { Id: 'good', Message: 'x' },
      { Id: 'bad', Message: 'x', ...more },
    ];
    const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
    expect(await errorOf(sns.send(batch))).toMatchObject(refused);
    await emulator.idle({ timeoutMs: 2000 });
    expect(emulator.mailbox()).toEqual([]);
  });

  it.each<[PublishCommandInput, string]>([
    [{ Message: 'x' }, 'TopicArn or TargetArn Reason: no value for required parameter'],
    [
      { Message: 'x', TargetArn: 'arn:aws:sns:us-east-1:123456789012:endpoint/APNS/abcdef/0f7d5971' },
      'TargetArn Reason: No endpoint found for the target arn specified',
    ],
    [{ Message: 'x', PhoneNumber: '+1a234' }, 'PhoneNumber Reason: +1a234 is not valid to publish to'],
    [
      { Message: 'x', PhoneNumber: 'NAA+15551234567' },
      'PhoneNumber Reason: NAA+15551234567 is not valid to publish to',
    ],
  ])('%j: %s', async (input, reason) => {
    const { sns } = await withTopic();
    expect((await errorOf(sns.send(new PublishCommand(input)))).message).toBe(`Invalid parameter: ${reason}`);
  });

  it('are longer than 256 KiB with their attributes', async () => {
    const { sns, TopicArn } = await withTopic();
    const [most, bytesOfA, bytesOfB] = [262_144, 'aNumber1'.length, 'bBinary123'.length];
    const publish = (length: number) =>
      sns.send(
        new PublishCommand({ TopicArn, Message: 'x'.repeat(length), MessageAttributes: { a: text('1', 'Number') } }),
      );
    await publish(most - bytesOfA);
    expect((await errorOf(publish(most - bytesOfA + 1))).message).toBe('Invalid parameter: Message too long');
    const entries = [{ Id: '1', Message: 'x'.repeat(200_000) }];
    const batch = (more: number) =>
      sns.send(
        new PublishBatchCommand({
          TopicArn,
          PublishBatchRequestEntries: [
            ...entries,
            {
              Id: '2',
              Message: 'x'.repeat(more),
              MessageAttributes: { b: { DataType: 'Binary', BinaryValue: bytes } },
            },
          ],
        }),
      );
    await batch(most - 200_000 - bytesOfB);
    expect(await errorOf(batch(most - 200_000 - bytesOfB + 1))).toMatchObject({
      Code: 'BatchRequestTooLong',
      message: 'The length of all the messages put together is more than the limit.',
    });
  });
});

describe('entries of a batch that SNS refuses', () => {
  const entries = (...ids: string[]) => ids.map((Id) => ({ Id, Message: 'x' }));
  it.each([
    [
      entries('message.id'),
      'InvalidBatchEntryId',
      'The Id of a batch entry in the batch request contains an impermissible character: message.id',
    ],
    [
      entries('msg@123#test'),
      'InvalidBatchEntryId',
      'The Id of a batch entry in the batch request contains an impermissible character: msg@123#test',
    ],
    [
      entries('a'.repeat(81)),
      'InvalidBatchEntryId',
      `The Id of a batch entry in the batch request is too long: ${'a'.repeat(81)}`,
    ],
    [entries('a', 'a'), 'BatchEntryIdsNotDistinct', 'Two or more batch entries in the request have the same Id.'],
    [
      entries(...'abcdefghijk'),
      'TooManyEntriesInBatchRequest',
      'The batch request contains more entries than permissible.',
    ],
  ])('%j: %s', async (PublishBatchRequestEntries, Code, message) => {
    const { sns, TopicArn } = await withTopic();
    const batch = new PublishBatchCommand({ TopicArn, PublishBatchRequestEntries });
    expect(await errorOf(sns.send(batch))).toMatchObject({ Code, message });
  });
});

describe('a published message', () => {
  it('may have attributes of types with any label', async () => {
    const { sns, TopicArn } = await withTopic();
    const MessageAttributes = { a: text('1', 'String.  prefixed.'), b: text('x', 'Number.any') };
    await expect(sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageAttributes }))).resolves.toBeDefined();
  });

  it('takes its group and its trace to queues', async () => {
    const { emulator, sns, TopicArn, subscribe } = await withTopic({ queues: [{ name: 'raw' }, { name: 'wrapped' }] });
    await subscribe('sqs', queueArn('raw'), { RawMessageDelivery: 'true' });
    await subscribe('sqs', queueArn('wrapped'));
    const trace = 'Root=1-3152b799-8954dae64eda91bc9a23a7e8;Parent=7fa8c0f79203be72;Sampled=1';
    sns.middlewareStack.add(
      (next) => (call) => {
        Object.assign((call.request as { headers: object }).headers, { 'x-amzn-trace-id': trace });
        return next(call);
      },
      { step: 'build' },
    );
    await sns.send(new PublishCommand({ TopicArn, Message: 'x', MessageGroupId: 'group-1' }));
    await emulator.idle({ timeoutMs: 200 }).catch(() => {});
    for (const queue of ['raw', 'wrapped']) {
      expect((await received(emulator, queue))[0]?.Attributes).toMatchObject({
        MessageGroupId: 'group-1',
        AWSTraceHeader: trace,
      });
    }
  });
});
