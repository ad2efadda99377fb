import { randomUUID } from 'node:crypto';
import { expect, it, onTestFinished } from 'vitest';
import type { Queue } from '../../src/queue/queue.ts';
import type { QueueEvent } from '../../src/queue/queue-state.ts';
import { createQueueService } from '../../src/queue/service/queue-service.ts';
import { changeMessageVisibilityOperation, deleteMessageBatchOperation } from '../../src/sqs/sqs-receipts.ts';
import { receiveMessageOperation } from '../../src/sqs/sqs-receive.ts';
import { sendMessageBatchOperation, sendMessageOperation } from '../../src/sqs/sqs-send.ts';
import { DataDirectoryError } from '../../src/state/data-directory-error.ts';

const service = (record: (event: QueueEvent) => void) => {
  const now = () => 1_000_000;
  const queues = createQueueService({ region: 'eu-west-1', accountId: '123456789012', now, record });
  onTestFinished(queues.stop);
  return queues;
};

/** Queues whose events find space only while `fits` says so, and the same queues as a restart would find them. */
const queuesOnDisk = () => {
  const written: QueueEvent[] = [];
  const disk = { fits: (_event: QueueEvent): boolean => true };
  const queues = service((event) => {
    if (!disk.fits(event)) throw new DataDirectoryError('no space left');
    written.push(structuredClone(event));
  });
  const open = (of: typeof queues): readonly [Queue, Queue] => [
    of.create({ name: 'tasks', redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } }),
    of.create({ name: 'dead' }),
  ];
  const [queue, dead] = open(queues);
  const context = {
    queues,
    urlOf: (name: string) => `http://127.0.0.1/1/${name}`,
    now: () => 1_000_000,
    newId: randomUUID,
  };
  /** Where every message is: now, and after a restart. */
  const held = () => {
    const again = service(() => {});
    const reopened = open(again);
    for (const event of written) again.state.apply(event);
    again.restore();
    const placesIn = (each: Queue) =>
      [...each.messages.values()].map(({ message, place, visibleAt }) => [
        message.body,
        place,
        place === 'visible' ? 0 : visibleAt,
      ]);
    const [here, there] = [[queue, dead].map(placesIn), reopened.map(placesIn)];
    expect(here).toEqual(there);
    return here;
  };
  return { disk, queue, context, held, QueueUrl: context.urlOf('tasks') };
};

const full = () => false;

it('delivers no message whose sender was told that it could not be written down', async () => {
  const { disk, context, held, QueueUrl } = queuesOnDisk();
  disk.fits = full;
  expect(() => sendMessageOperation(context, { QueueUrl, MessageBody: 'refused' })).toThrow('no space left');
  expect(await receiveMessageOperation(context, { QueueUrl })).toEqual({});
  expect(held()).toEqual([[], []]);
});

it('says of each entry of a batch whether it is there', async () => {
  const { disk, context, held, QueueUrl } = queuesOnDisk();
  disk.fits = (event) => JSON.stringify(event).length < 1000;
  const bodies = ['short', 'x'.repeat(1000), 'short too'];
  const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }));
  const { Successful, Failed } = sendMessageBatchOperation(context, { QueueUrl, Entries });
  expect(Successful.map(({ Id }) => Id)).toEqual(['0', '2']);
  expect(Failed).toEqual([{ Id: '1', SenderFault: false, Code: 'InternalFailure', Message: 'no space left' }]);
  expect(held()).toEqual([
    [
      ['short', 'visible', 0],
      ['short too', 'visible', 0],
    ],
    [],
  ]);
});

const delivered = async ({ context, QueueUrl }: ReturnType<typeof queuesOnDisk>): Promise<string> => {
  sendMessageOperation(context, { QueueUrl, MessageBody: 'task' });
  const { Messages } = await receiveMessageOperation(context, { QueueUrl });
  return (Messages as { ReceiptHandle: string }[])[0]?.ReceiptHandle ?? '';
};

it('leaves a message where it was whose deletion, change or purge is refused', async () => {
  const onDisk = queuesOnDisk();
  const { disk, context, queue, held, QueueUrl } = onDisk;
  const ReceiptHandle = await delivered(onDisk);
  const before = held();
  expect(before).toEqual([[['task', 'in-flight', 1_030_000]], []]);
  disk.fits = full;
  const { Failed } = deleteMessageBatchOperation(context, { QueueUrl, Entries: [{ Id: 'a', ReceiptHandle }] });
  expect(Failed).toMatchObject([{ Id: 'a', SenderFault: false }]);
  const change = { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 };
  expect(() => changeMessageVisibilityOperation(context, change)).toThrow('no space left');
  expect(() => context.queues.purge(queue)).toThrow('no space left');
  expect(held()).toEqual(before);
});

it('keeps a dead letter in its queue that cannot be moved', async () => {
  const onDisk = queuesOnDisk();
  const { disk, context, held, QueueUrl } = onDisk;
  changeMessageVisibilityOperation(context, { QueueUrl, ReceiptHandle: await delivered(onDisk), VisibilityTimeout: 0 });
  disk.fits = full;
  const receive = { QueueUrl, VisibilityTimeout: 0 };
  await expect(receiveMessageOperation(context, receive)).rejects.toThrow('no space left');
  expect(held()).toEqual([[['task', 'visible', 0]], []]);
  disk.fits = () => true;
  expect(await receiveMessageOperation(context, receive)).toEqual({});
  expect(held()).toEqual([[], [['task', 'visible', 0]]]);
});
