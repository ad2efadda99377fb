import {
  BatchEntryIdsNotDistinct,
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { describe, expect, it } from 'vitest';
import { emulatorWith, errorOf, sqsClientOf } from '../running-emulator.ts';

const start = async (): Promise<{ sqs: SQSClient; url: string; dead: string }> => {
  const emulator = await emulatorWith({
    queues: [{ name: 'tasks', redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } }, { name: 'dead' }],
  });
  return { sqs: sqsClientOf(emulator), url: emulator.queueUrl('tasks'), dead: emulator.queueUrl('dead') };
};

const header = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
const traced = { AWSTraceHeader: { DataType: 'String' as const, StringValue: header } };

describe('the real SQS client', () => {
  it('sends and receives a message with its attributes, its trace header and its counts', async () => {
    const { sqs, url } = await start();
    const before = Date.now();
    const sent = await sqs.send(
      new SendMessageCommand({
        QueueUrl: url,
        MessageBody: 'héllo ☎️',
        MessageAttributes: {
          'campaign.id': { DataType: 'String', StringValue: 'c-1' },
          blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
        },
        MessageSystemAttributes: traced,
      }),
    );
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MessageSystemAttributeNames: ['All'],
        MessageAttributeNames: ['All'],
      }),
    );
    expect(Messages).toHaveLength(1);
    const [message] = Messages;
    expect(message).toMatchObject({ MessageId: sent.MessageId, Body: 'héllo ☎️', MD5OfBody: sent.MD5OfMessageBody });
    expect(message?.MD5OfMessageAttributes).toBe(sent.MD5OfMessageAttributes);
    expect(message?.MessageAttributes).toEqual({
      'campaign.id': { DataType: 'String', StringValue: 'c-1' },
      blob: { DataType: 'Binary', BinaryValue: new Uint8Array([0, 255]) },
    });
    expect(message?.Attributes).toMatchObject({ ApproximateReceiveCount: '1', AWSTraceHeader: header });
    expect(Number(message?.Attributes?.SentTimestamp)).toBeGreaterThanOrEqual(before);
  });

  it('gets only the attributes it asks for', async () => {
    const { sqs, url } = await start();
    const attribute = { DataType: 'String', StringValue: 'x' };
    const MessageAttributes = { 'call.id': attribute, 'call.kind': attribute, other: attribute };
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', MessageAttributes }));
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl: url,
        MessageSystemAttributeNames: ['SentTimestamp'],
        MessageAttributeNames: ['call.*'],
      }),
    );
    expect(Object.keys(Messages[0]?.Attributes ?? {})).toEqual(['SentTimestamp']);
    expect(Object.keys(Messages[0]?.MessageAttributes ?? {}).sort()).toEqual(['call.id', 'call.kind']);
  });

  it('waits for a message with a long poll', async () => {
    const { sqs, url } = await start();
    const waiting = sqs.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }));
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'here' }));
    expect((await waiting).Messages?.map(({ Body }) => Body)).toEqual(['here']);
  });

  it('gets no Messages member from an empty queue', async () => {
    const { sqs, url } = await start();
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages).toBeUndefined();
  });

  it('sends, hides, shows and deletes in batches', async () => {
    const { sqs, url } = await start();
    const Entries = Array.from({ length: 10 }, (_, index) => ({ Id: `m${index}`, MessageBody: `${index}` }));
    const sent = await sqs.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(Entries.map(({ Id }) => Id));
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10 }));
    expect(Messages).toHaveLength(10);
    const receipts = Messages.map(({ ReceiptHandle }, index) => ({ Id: `m${index}`, ReceiptHandle }));
    const deleted = await sqs.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries: receipts.slice(0, 9) }));
    expect(deleted.Successful).toHaveLength(9);
    const shown = await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: url,
        Entries: receipts.map((receipt) => ({ ...receipt, VisibilityTimeout: 0 })),
      }),
    );
    expect(shown.Successful?.map(({ Id }) => Id)).toEqual(['m9']);
    expect(shown.Failed).toHaveLength(9);
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({ ApproximateNumberOfMessages: '1', ApproximateNumberOfMessagesNotVisible: '0' });
  });

  it('fails single entries of a batch and takes the others', async () => {
    const { sqs, url } = await start();
    const sent = await sqs.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: [
          { Id: 'good', MessageBody: 'x' },
          { Id: 'bad', MessageBody: '\u0001' },
        ],
      }),
    );
    expect(sent.Successful?.map(({ Id }) => Id)).toEqual(['good']);
    expect(sent.Failed).toMatchObject([{ Id: 'bad', Code: 'InvalidMessageContents', SenderFault: true }]);
  });

  it('finds what was received too often in the dead-letter queue, with its source', async () => {
    const { sqs, url, dead } = await start();
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'poison' }));
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: url, VisibilityTimeout: 0 }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }))).Messages).toBeUndefined();
    const letters = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: dead, MessageSystemAttributeNames: ['All'], WaitTimeSeconds: 5 }),
    );
    expect(letters.Messages?.[0]).toMatchObject({
      Body: 'poison',
      Attributes: { DeadLetterQueueSourceArn: 'arn:aws:sqs:us-east-1:123456789012:tasks' },
    });
  });

  it('counts what is visible, in flight and delayed', async () => {
    const { sqs, url } = await start();
    const send = (DelaySeconds: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x', DelaySeconds }));
    await Promise.all([send(0), send(0), send(900)]);
    await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }));
    expect(Attributes).toMatchObject({
      ApproximateNumberOfMessages: '1',
      ApproximateNumberOfMessagesNotVisible: '1',
      ApproximateNumberOfMessagesDelayed: '1',
      VisibilityTimeout: '30',
      QueueArn: 'arn:aws:sqs:us-east-1:123456789012:tasks',
      RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:us-east-1:123456789012:dead","maxReceiveCount":1}',
    });
  });

  it('creates, finds, changes, lists and purges queues', async () => {
    const { sqs } = await start();
    const Attributes = { VisibilityTimeout: '5' };
    const created = await sqs.send(new CreateQueueCommand({ QueueName: 'sms-tasks', Attributes }));
    expect(await sqs.send(new CreateQueueCommand({ QueueName: 'sms-tasks', Attributes }))).toMatchObject({
      QueueUrl: created.QueueUrl,
    });
    expect((await sqs.send(new GetQueueUrlCommand({ QueueName: 'sms-tasks' }))).QueueUrl).toBe(created.QueueUrl);
    const QueueUrl = created.QueueUrl ?? '';
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: '7' } }));
    const changed = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['VisibilityTimeout', 'DelaySeconds'] }),
    );
    expect(changed.Attributes).toEqual({ VisibilityTimeout: '5', DelaySeconds: '7' });
    const listed = await sqs.send(new ListQueuesCommand({ QueueNamePrefix: 'sms' }));
    expect(listed.QueueUrls).toEqual([QueueUrl]);
    const page = await sqs.send(new ListQueuesCommand({ MaxResults: 2 }));
    const rest = await sqs.send(new ListQueuesCommand({ MaxResults: 2, NextToken: page.NextToken }));
    expect([...(page.QueueUrls ?? []), ...(rest.QueueUrls ?? [])]).toHaveLength(3);
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', DelaySeconds: 0 }));
    await sqs.send(new PurgeQueueCommand({ QueueUrl }));
    expect((await sqs.send(new ReceiveMessageCommand({ QueueUrl }))).Messages).toBeUndefined();
    expect(await errorOf(sqs.send(new PurgeQueueCommand({ QueueUrl })))).toMatchObject({
      name: 'PurgeQueueInProgress',
    });
  });

  it('may delete a message twice', async () => {
    const { sqs, url } = await start();
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    const remove = new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: Messages?.[0]?.ReceiptHandle });
    await sqs.send(remove);
    await expect(sqs.send(remove)).resolves.toBeDefined();
  });
});

describe('what SQS refuses', () => {
  it('is thrown as the class of the SDK', async () => {
    const { sqs, url } = await start();
    const missing = new SendMessageCommand({ QueueUrl: url.replace('tasks', 'nothing'), MessageBody: 'x' });
    await expect(sqs.send(missing)).rejects.toBeInstanceOf(QueueDoesNotExist);
    const twice = new SendMessageBatchCommand({
      QueueUrl: url,
      Entries: [
        { Id: 'a', MessageBody: 'x' },
        { Id: 'a', MessageBody: 'y' },
      ],
    });
    await expect(sqs.send(twice)).rejects.toBeInstanceOf(BatchEntryIdsNotDistinct);
  });

  const entries = (count: number, MessageBody = 'x') =>
    Array.from({ length: count }, (_, index) => ({ Id: `m${index}`, MessageBody }));
  const long = 'x'.repeat(300_000);
  type Call = (sqs: SQSClient, QueueUrl: string) => Promise<unknown>;
  const send =
    (input: object): Call =>
    (sqs, QueueUrl) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'x', ...input }));
  const batch =
    (Entries: { Id: string; MessageBody: string }[]): Call =>
    (sqs, QueueUrl) =>
      sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  const receive =
    (input: object): Call =>
    (sqs, QueueUrl) =>
      sqs.send(new ReceiveMessageCommand({ QueueUrl, ...input }));

  it.each<[string, Call, string, string]>([
    ['an empty batch', batch([]), 'EmptyBatchRequest', 'AWS.SimpleQueueService.EmptyBatchRequest'],
    [
      '11 entries',
      batch(entries(11)),
      'TooManyEntriesInBatchRequest',
      'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
    ],
    ['a long batch', batch(entries(4, long)), 'BatchRequestTooLong', 'AWS.SimpleQueueService.BatchRequestTooLong'],
    [
      'a batch that its attributes make long',
      batch(
        entries(4).map((entry) => ({
          ...entry,
          MessageAttributes: { list: { DataType: 'String', StringValue: long } },
        })),
      ),
      'BatchRequestTooLong',
      'AWS.SimpleQueueService.BatchRequestTooLong',
    ],
    [
      'a bad entry id',
      batch([{ Id: 'a b', MessageBody: 'x' }]),
      'InvalidBatchEntryId',
      'AWS.SimpleQueueService.InvalidBatchEntryId',
    ],
    ['a control character', send({ MessageBody: 'a\u0000' }), 'InvalidMessageContents', 'InvalidMessageContents'],
    ['an empty body', send({ MessageBody: '' }), 'MissingParameter', 'MissingParameter'],
    ['a body over 1 MiB', send({ MessageBody: 'é'.repeat(524_289) }), 'InvalidParameterValue', 'InvalidParameterValue'],
    ['a long delay', send({ DelaySeconds: 901 }), 'InvalidParameterValue', 'InvalidParameterValue'],
    ['a deduplication id', send({ MessageDeduplicationId: 'x' }), 'InvalidParameterValue', 'InvalidParameterValue'],
    [
      'an attribute without value',
      send({ MessageAttributes: { a: { DataType: 'String' } } }),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
    [
      'an attribute of an unknown type',
      send({ MessageAttributes: { a: { DataType: 'Date', StringValue: 'x' } } }),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
    ['11 messages at once', receive({ MaxNumberOfMessages: 11 }), 'InvalidParameterValue', 'InvalidParameterValue'],
    ['a long wait', receive({ WaitTimeSeconds: 21 }), 'InvalidParameterValue', 'InvalidParameterValue'],
    [
      'an unknown attribute name',
      receive({ AttributeNames: ['Colour'] }),
      'InvalidAttributeName',
      'InvalidAttributeName',
    ],
    [
      'a bad receipt',
      (sqs, QueueUrl) => sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: 'x' })),
      'ReceiptHandleIsInvalid',
      'ReceiptHandleIsInvalid',
    ],
    [
      'a FIFO queue',
      (sqs) => sqs.send(new CreateQueueCommand({ QueueName: 'a.fifo', Attributes: { FifoQueue: 'true' } })),
      'UnsupportedOperation',
      'AWS.SimpleQueueService.UnsupportedOperation',
    ],
    [
      'other attributes for an existing queue',
      (sqs) => sqs.send(new CreateQueueCommand({ QueueName: 'tasks', Attributes: { DelaySeconds: '5' } })),
      'QueueNameExists',
      'QueueAlreadyExists',
    ],
    [
      'a dead-letter queue that is not there',
      (sqs) =>
        sqs.send(
          new CreateQueueCommand({
            QueueName: 'new',
            Attributes: { RedrivePolicy: '{"deadLetterTargetArn":"arn:aws:sqs:x:y:z","maxReceiveCount":3}' },
          }),
        ),
      'InvalidParameterValue',
      'InvalidParameterValue',
    ],
  ])('%s', async (_, call, name, Code) => {
    const { sqs, url } = await start();
    expect(await errorOf(call(sqs, url))).toMatchObject({ name, Code });
  });

  it('is a visibility change for what is not in flight', async () => {
    const { sqs, url } = await start();
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: 'x' }));
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    const ReceiptHandle = Messages?.[0]?.ReceiptHandle;
    const show = new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 });
    await sqs.send(show);
    expect(await errorOf(sqs.send(show))).toMatchObject({ name: 'MessageNotInflight' });
    await sqs.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    expect(await errorOf(sqs.send(show))).toMatchObject({ name: 'InvalidParameterValue' });
  });

  it('says for an operation that is not emulated which ones are', async () => {
    const { sqs, url } = await start();
    const error = await errorOf(sqs.send(new ListDeadLetterSourceQueuesCommand({ QueueUrl: url })));
    expect(error.name).toBe('UnknownOperationException');
    expect(error.message).toContain('sqs:ListDeadLetterSourceQueues is not emulated');
    expect(error.message).toContain('SendMessageBatch');
  });
});
