import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { BatchOutcome } from '../../src/event-source/batch-outcome.ts';
import type { EventSourceDefinition } from '../../src/event-source/event-source-definition.ts';
import { type Poller, startPoller } from '../../src/event-source/poller.ts';
import type { SqsEvent } from '../../src/event-source/sqs-event.ts';
import type { InvocationResult } from '../../src/lambda/invocation-result.ts';
import type { Message } from '../../src/queue/message/message.ts';
import type { Queue } from '../../src/queue/queue.ts';
import type { QueueDefinition } from '../../src/queue/queue-settings.ts';
import { createQueueService, type QueueService } from '../../src/queue/service/queue-service.ts';

const message = (messageId: string): Message => ({
  messageId,
  body: messageId,
  md5OfBody: 'md5',
  attributes: { campaignId: { dataType: 'String', stringValue: 'c-1' } },
  md5OfAttributes: 'md5a',
  senderId: 'sender',
  sentAt: Date.now(),
  ...(messageId.startsWith('traced') ? { traceHeader: `Root=${messageId}` } : {}),
});

const result = (change: Partial<InvocationResult> = {}): InvocationResult => ({
  requestId: 'r',
  functionName: 'worker',
  payload: 'null',
  coldStart: false,
  invokedAt: 0,
  startedAt: 0,
  endedAt: 0,
  durationMs: 0,
  ...change,
});

type Answer = (event: SqsEvent, call: number) => Promise<InvocationResult> | InvocationResult;

type Running = {
  readonly queues: QueueService;
  readonly queue: Queue;
  readonly poller: Poller;
  readonly batches: string[][];
  readonly producers: (readonly (string | undefined)[])[];
  readonly outcomes: BatchOutcome[];
  readonly send: (...ids: string[]) => void;
  /** Resolves when the queue is empty. */
  readonly drained: () => Promise<void>;
};

const run = (
  answer: Answer,
  definition: Partial<EventSourceDefinition> = {},
  of: Partial<QueueDefinition> = {},
): Running => {
  const queues = createQueueService({ region: 'us-east-1', accountId: '000000000000', now: Date.now });
  queues.create({ name: 'dead' });
  const queue = queues.create({ name: 'tasks', ...of });
  const batches: string[][] = [];
  const producers: (readonly (string | undefined)[])[] = [];
  const outcomes: BatchOutcome[] = [];
  const poller = startPoller({
    definition: {
      queue: 'tasks',
      functionName: 'worker',
      functionResponseTypes: ['ReportBatchItemFailures'],
      ...definition,
    },
    queue,
    queues,
    region: 'us-east-1',
    defaultConcurrency: 2,
    now: Date.now,
    invoke: async (event, headers) => {
      batches.push(event.Records.map(({ body }) => body));
      producers.push(headers);
      return answer(event, batches.length);
    },
    onBatch: (outcome) => void outcomes.push(outcome),
  });
  onTestFinished(async () => {
    await poller.stop();
    queues.stop();
  });
  const drained = () =>
    new Promise<void>((resolve) => {
      const check = (): void => {
        const { visible, inFlight, delayed } = queues.countsOf(queue);
        if (visible + inFlight + delayed === 0) resolve();
      };
      queues.onChange(check);
      check();
    });
  const send = (...ids: string[]): void =>
    queues.send(queue, (put) => {
      for (const id of ids) put(message(id), 0);
    });
  return { queues, queue, poller, batches, producers, outcomes, send, drained };
};

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `m${index}`);

describe('an event source mapping', () => {
  it('gives the function the event that Lambda makes of SQS messages', async () => {
    const events: SqsEvent[] = [];
    const { send, drained } = run((event) => {
      events.push(event);
      return result();
    });
    send('traced-1');
    await drained();
    expect(events).toEqual([
      {
        Records: [
          {
            messageId: 'traced-1',
            receiptHandle: expect.any(String),
            body: 'traced-1',
            attributes: {
              ApproximateReceiveCount: '1',
              AWSTraceHeader: 'Root=traced-1',
              SentTimestamp: expect.stringMatching(/^\d{13}$/),
              SenderId: 'sender',
              ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d{13}$/),
            },
            messageAttributes: {
              campaignId: { stringValue: 'c-1', stringListValues: [], binaryListValues: [], dataType: 'String' },
            },
            md5OfMessageAttributes: 'md5a',
            md5OfBody: 'md5',
            eventSource: 'aws:sqs',
            eventSourceARN: 'arn:aws:sqs:us-east-1:000000000000:tasks',
            awsRegion: 'us-east-1',
          },
        ],
      },
    ]);
  });

  it('delivers batches of the batch size, each message once', async () => {
    const { send, drained, batches } = run(() => result(), { batchSize: 4 });
    send(...names(10));
    await drained();
    expect(batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
    expect(batches.flat().sort()).toEqual(names(10).sort());
  });

  it('runs no more batches at once than its maximum concurrency', async () => {
    let running = 0;
    let most = 0;
    const { send, drained } = run(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        return result();
      },
      { batchSize: 1, maximumConcurrency: 3 },
    );
    send(...names(20));
    await drained();
    expect(most).toBe(3);
  });

  it('gathers messages for as long as its batching window, or until the batch is full', async () => {
    const { send, drained, batches } = run(() => result(), { batchSize: 3, maximumBatchingWindowSeconds: 0.2 });
    send('a');
    send('b');
    send('c');
    await drained();
    send('d');
    await drained();
    expect(batches).toEqual([['a', 'b', 'c'], ['d']]);
  });

  it.each([{}, { batchSize: 100, maximumBatchingWindowSeconds: 0.2 }])(
    'lets a batch leave before its event is larger than 6 MB: %j',
    async (definition) => {
      const sizes: number[] = [];
      const { queues, queue, drained, batches } = run((event) => {
        sizes.push(JSON.stringify(event).length);
        return result();
      }, definition);
      queues.send(queue, (put) => {
        for (const id of names(13)) put({ ...message(id), body: 'x'.repeat(1_000_000) }, 0);
      });
      await drained();
      expect(batches.map(({ length }) => length)).toEqual([6, 6, 1]);
      expect(Math.max(...sizes)).toBeLessThan(6 * 1024 * 1024);
    },
  );

  it('delivers failed items again after the visibility timeout, and only those', async () => {
    const fail = { payload: JSON.stringify({ batchItemFailures: [{ itemIdentifier: 'm1' }] }) };
    const { send, drained, batches } = run(
      (_, call) => result(call === 1 ? fail : {}),
      {},
      { visibilityTimeoutSeconds: 0.05 },
    );
    send('m0', 'm1', 'm2');
    await drained();
    expect(batches).toEqual([['m0', 'm1', 'm2'], ['m1']]);
  });

  it('delivers all messages of a failed invocation again, and gives up into the dead-letter queue', async () => {
    const { send, drained, batches, queues, outcomes } = run(
      () => result({ functionError: 'Unhandled' }),
      {},
      { visibilityTimeoutSeconds: 0.03, redrivePolicy: { deadLetterQueue: 'dead', maxReceiveCount: 2 } },
    );
    send('m0', 'm1');
    await drained();
    expect(batches).toEqual([
      ['m0', 'm1'],
      ['m0', 'm1'],
    ]);
    expect(outcomes.map(({ reason }) => reason)).toEqual(['the function failed', 'the function failed']);
    const dead = queues.find('dead');
    expect(dead === undefined ? undefined : queues.countsOf(dead).visible).toBe(2);
  });

  it('tries a throttled batch again without another delivery', async () => {
    const { send, drained, batches, outcomes } = run((_, call) => result(call < 3 ? { throttled: true } : {}));
    send('m0');
    await drained();
    expect(batches).toEqual([['m0'], ['m0'], ['m0']]);
    expect(outcomes).toHaveLength(1);
  });

  it('drops a batch that is throttled until its messages are visible again', async () => {
    let throttle = true;
    const counts: string[] = [];
    const { send, drained } = run(
      (event) => {
        counts.push(event.Records[0]?.attributes.ApproximateReceiveCount ?? '');
        if (event.Records[0]?.attributes.ApproximateReceiveCount === '2') throttle = false;
        return result(throttle ? { throttled: true } : {});
      },
      {},
      { visibilityTimeoutSeconds: 0.1 },
    );
    send('m0');
    await drained();
    expect(new Set(counts)).toEqual(new Set(['1', '2']));
  });

  it('does not deliver what has left the queue while its batch was gathered', async () => {
    const { queues, queue, send, drained, batches } = run(() => result(), { maximumBatchingWindowSeconds: 0.2 });
    send('purged');
    queues.purge(queue);
    send('kept');
    await drained();
    expect(batches).toEqual([['kept']]);
  });

  it('gives a throttled batch up once its messages have left the queue', async () => {
    const { queues, queue, send, poller, batches } = run(() => result({ throttled: true }));
    send('m0');
    await vi.waitFor(() => expect(batches.length).toBeGreaterThan(1));
    queues.reset([queue.settings]);
    await vi.waitFor(() => expect(poller.active()).toBe(0));
  });

  it("passes on the messages' trace headers, one for each message", async () => {
    const { send, drained, producers } = run(() => result());
    send('traced-1', 'plain');
    await drained();
    expect(producers).toEqual([['Root=traced-1', undefined]]);
  });

  it('takes nothing more once it is stopped', async () => {
    const { send, poller, batches, queues, queue } = run(() => result());
    await poller.stop();
    send('m0');
    expect(batches).toEqual([]);
    expect(queues.countsOf(queue).visible).toBe(1);
  });
});
