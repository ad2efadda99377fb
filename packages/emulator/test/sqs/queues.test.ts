import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  QueueDoesNotExist,
  SendMessageCommand,
  type SQSClient,
  TagQueueCommand,
  UntagQueueCommand,
} from '@aws-sdk/client-sqs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { emulatorWith, errorOf, sqsClientOf } from '../running-emulator.ts';

const dataDirectory = (): string => {
  const path = mkdtempSync(join(tmpdir(), 'emulator-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
};

const withQueue = async (options = {}, tags = {}) => {
  const emulator = await emulatorWith({ queues: [{ name: 'defined' }], ...options });
  const sqs = sqsClientOf(emulator);
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'made', tags }));
  return { emulator, sqs, QueueUrl };
};

const tagsOf = async (sqs: SQSClient, QueueUrl: string) =>
  (await sqs.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;

describe('creating a queue', () => {
  it.each([
    { RedrivePolicy: '{"maxReceiveCount":"3","deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:defined"}' },
    { SqsManagedSseEnabled: 'true' },
    { DelaySeconds: '05', Policy: '{}' },
  ])('twice with the same attributes gives the same queue: %j', async (Attributes) => {
    const { sqs } = await withQueue();
    const create = () => sqs.send(new CreateQueueCommand({ QueueName: 'again', Attributes }));
    expect((await create()).QueueUrl).toBe((await create()).QueueUrl);
  });

  it('with a dead-letter queue that the existing one has not is refused', async () => {
    const { sqs } = await withQueue();
    const deadLetterTargetArn = 'arn:aws:sqs:us-east-1:123456789012:defined';
    const Attributes = { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 3 }) };
    const error = await errorOf(sqs.send(new CreateQueueCommand({ QueueName: 'made', Attributes })));
    expect(error.name).toBe('QueueNameExists');
  });
});

describe('deleting a queue', () => {
  it('deletes its messages', async () => {
    const { sqs, QueueUrl } = await withQueue();
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 600 }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    expect((await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'made' }))).QueueUrls).toBeUndefined();
    const send = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await expect(send).rejects.toBeInstanceOf(QueueDoesNotExist);
    await sqs.send(new CreateQueueCommand({ QueueName: 'made' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesDelayed: '0' });
  });

  it('is refused for a queue that is not there, and for one of the definition', async () => {
    const { emulator, sqs, QueueUrl } = await withQueue();
    const missing = sqs.send(new DeleteQueueCommand({ QueueUrl: `${QueueUrl}-2` }));
    await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
    const defined = sqs.send(new DeleteQueueCommand({ QueueUrl: emulator.queueUrl('defined') }));
    expect(await errorOf(defined)).toMatchObject({
      name: 'UnsupportedOperation',
      message: expect.stringContaining('Queue defined is one that the emulator was started with'),
    });
  });

  it('holds over a restart', async () => {
    const options = { dataDirectory: dataDirectory() };
    const { emulator, sqs, QueueUrl } = await withQueue(options);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x' }));
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    await emulator.stop();
    const again = sqsClientOf(await emulatorWith(options));
    await expect(again.send(new GetQueueUrlCommand({ QueueName: 'made' }))).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});

describe('tags of a queue', () => {
  it('are given with it, added, changed and taken away', async () => {
    const { sqs, QueueUrl } = await withQueue({}, { team: 'voice' });
    expect(await tagsOf(sqs, QueueUrl)).toEqual({ team: 'voice' });
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'sms', stage: 'test' } }));
    expect(await tagsOf(sqs, QueueUrl)).toEqual({ team: 'sms', stage: 'test' });
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['team', 'none'] }));
    expect(await tagsOf(sqs, QueueUrl)).toEqual({ stage: 'test' });
    await sqs.send(new UntagQueueCommand({ QueueUrl, TagKeys: ['stage'] }));
    expect(await tagsOf(sqs, QueueUrl)).toBeUndefined();
  });

  it('are 50 at the most', async () => {
    const { sqs, QueueUrl } = await withQueue({}, { a: '1' });
    const Tags = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`t${index}`, 'x']));
    expect(await errorOf(sqs.send(new TagQueueCommand({ QueueUrl, Tags })))).toMatchObject({
      name: 'InvalidParameterValue',
      message: 'Too many tags added for queue made.',
    });
  });

  it('hold over a restart', async () => {
    const options = { dataDirectory: dataDirectory() };
    const { emulator, sqs, QueueUrl } = await withQueue(options);
    await sqs.send(new TagQueueCommand({ QueueUrl, Tags: { team: 'voice' } }));
    await emulator.stop();
    const again = await emulatorWith(options);
    expect(await tagsOf(sqsClientOf(again), again.queueUrl('made'))).toEqual({ team: 'voice' });
  });
});
