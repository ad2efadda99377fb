import { expect, it, onTestFinished } from 'vitest';
import type { Message } from '../../../src/queue/message/message.ts';
import type { Queue } from '../../../src/queue/queue.ts';
import type { QueueDefinition } from '../../../src/queue/queue-settings.ts';
import { createQueueService, type QueueService } from '../../../src/queue/service/queue-service.ts';

const message = (messageId: string): Message => ({
  messageId,
  body: messageId,
  md5OfBody: '',
  attributes: {},
  senderId: 'sender',
  sentAt: Date.now(),
});

const serviceWith = (definition: Partial<QueueDefinition> = {}): { queues: QueueService; queue: Queue } => {
  const queues = createQueueService({ region: 'eu-west-1', accountId: '123456789012', now: Date.now });
  onTestFinished(queues.stop);
  return { queues, queue: queues.create({ name: 'tasks', ...definition }) };
};

const send = (queues: QueueService, queue: Queue, ...ids: string[]): void =>
  queues.send(queue, (put) => {
    for (const id of ids) put(message(id), 0);
  });

it('answers a waiting receive as soon as a message is sent', async () => {
  const { queues, queue } = serviceWith();
  const waiting = queues.receive(queue, { max: 10, waitMs: 20_000 });
  send(queues, queue, 'a', 'b');
  expect((await waiting).map(({ message: { body } }) => body)).toEqual(['a', 'b']);
});

it('gives each message to one waiting receive only', async () => {
  const { queues, queue } = serviceWith();
  const waiting = [1, 2].map(() => queues.receive(queue, { max: 1, waitMs: 20_000 }));
  send(queues, queue, 'a', 'b');
  const bodies = (await Promise.all(waiting)).flat().map(({ message: { body } }) => body);
  expect(bodies.sort()).toEqual(['a', 'b']);
});

it('answers with nothing when the wait is over', async () => {
  const { queues, queue } = serviceWith();
  expect(await queues.receive(queue, { max: 1, waitMs: 5 })).toEqual([]);
});

it('wakes a waiting receive when a visibility timeout ends', async () => {
  const { queues, queue } = serviceWith();
  send(queues, queue, 'a');
  await queues.receive(queue, { max: 1, visibilityMs: 20 });
  const again = await queues.receive(queue, { max: 1, waitMs: 20_000 });
  expect(again.map(({ receiveCount }) => receiveCount)).toEqual([2]);
});

it('takes no message for a caller that has hung up', async () => {
  const { queues, queue } = serviceWith();
  const hangUp = new AbortController();
  const waiting = queues.receive(queue, { max: 1, waitMs: 20_000, signal: hangUp.signal });
  hangUp.abort();
  send(queues, queue, 'a');
  expect(await waiting).toEqual([]);
  expect(queues.countsOf(queue)).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
});

it('moves dead letters to their queue and wakes those who wait there', async () => {
  const { queues, queue } = serviceWith({ redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } });
  const dead = queues.create({ name: 'dead' });
  const waiting = queues.receive(dead, { max: 1, waitMs: 20_000 });
  send(queues, queue, 'poison');
  await queues.receive(queue, { max: 1, visibilityMs: 5 });
  await queues.receive(queue, { max: 1, waitMs: 50 });
  const [letter] = await waiting;
  expect(letter?.message.deadLetterQueueSourceArn).toBe('arn:aws:sqs:eu-west-1:123456789012:tasks');
  expect(queues.countsOf(queue)).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
});

it('goes on delivering a message whose dead-letter queue was deleted', async () => {
  const { queues, queue } = serviceWith({ redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 1 } });
  queues.delete(queues.createForClient({ name: 'dead' }));
  send(queues, queue, 'poison');
  const counts = [];
  for (let delivery = 0; delivery < 3; delivery += 1) {
    const [received] = await queues.receive(queue, { max: 1, visibilityMs: 0 });
    counts.push(received?.receiveCount);
  }
  expect(counts).toEqual([1, 2, 3]);
});

it('ends every wait with nothing when it stops', async () => {
  const { queues, queue } = serviceWith();
  const waiting = queues.receive(queue, { max: 1, waitMs: 20_000 });
  queues.stop();
  expect(await waiting).toEqual([]);
});

it('tells the waiting client, and not the one who sent, of a delivery that could not be written down', async () => {
  const record = ({ kind }: { readonly kind: string }): void => {
    if (kind === 'delivery') throw new Error('no space left');
  };
  const queues = createQueueService({ region: 'eu-west-1', accountId: '123456789012', now: Date.now, record });
  onTestFinished(queues.stop);
  const queue = queues.create({ name: 'tasks' });
  const waiting = queues.receive(queue, { max: 1, waitMs: 20_000 });
  send(queues, queue, 'a');
  await expect(waiting).rejects.toThrow('no space left');
});

it('ends a receive that waits at a queue which a reset lets go of, and goes on with one that is defined', async () => {
  const { queues, queue } = serviceWith();
  const made = queues.createForClient({ name: 'made' });
  const [atMade, atDefined] = [made, queue].map((each) => queues.receive(each, { max: 1, waitMs: 20_000 }));
  queues.reset([{ name: 'tasks' }]);
  expect(await atMade).toEqual([]);
  expect(queues.list()).toEqual([queue]);
  send(queues, queue, 'a');
  expect((await atDefined)?.map(({ message: { body } }) => body)).toEqual(['a']);
});

it('ends the waits at a queue that a client deletes', async () => {
  const { queues, queue: defined } = serviceWith();
  const queue = queues.createForClient({ name: 'made' });
  const waiting = queues.receive(queue, { max: 1, waitMs: 20_000 });
  expect(queues.delete(queue)).toBe(true);
  expect(await waiting).toEqual([]);
  expect(queues.find('made')).toBeUndefined();
  expect(queues.delete(defined)).toBe(false);
  expect(queues.find('tasks')).toBe(defined);
});
