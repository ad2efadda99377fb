import type { InvocationResult } from '../lambda/invocation-result.ts';
import { mostRequestBytes } from '../lambda/lambda-service.ts';
import type { Message, ReceivedMessage } from '../queue/message/message.ts';
import type { Queue } from '../queue/queue.ts';
import type { QueueService } from '../queue/service/queue-service.ts';
import { type BatchOutcome, batchOutcomeOf } from './batch-outcome.ts';
import type { EventSourceDefinition } from './event-source-definition.ts';
import { recordBytesOf, type SqsEvent, sqsEventOf } from './sqs-event.ts';

export type PollerOptions = {
  readonly definition: EventSourceDefinition;
  readonly queue: Queue;
  readonly queues: QueueService;
  readonly region: string;
  /** Used where the definition names none. */
  readonly defaultConcurrency: number;
  /** Invokes the function on a batch; `producers` are the messages' `AWSTraceHeader`s, one for each message. */
  readonly invoke: (event: SqsEvent, producers: readonly (string | undefined)[]) => Promise<InvocationResult>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Told of every batch that was invoked. */
  readonly onBatch?: (outcome: BatchOutcome, result: InvocationResult) => void;
};

/** A running event source mapping. */
export type Poller = {
  /** Batches that are being gathered, invoked or retried. */
  readonly active: () => number;
  /** Takes no more messages; resolves when no batch is left. */
  readonly stop: () => Promise<void>;
};

type State = Omit<PollerOptions, 'definition'> & {
  readonly definition: EventSourceDefinition;
  readonly batchSize: number;
  readonly windowMs: number;
  readonly concurrency: number;
  readonly running: Set<Promise<void>>;
  readonly stopping: AbortController;
  /** The batch whose window is open: new messages go to it first. */
  gathering: Gathering | undefined;
};

type Gathering = { readonly batch: Batch; readonly close: () => void };

type Batch = {
  readonly messages: ReceivedMessage[];
  /** Of its event, about. */
  bytes: number;
  /** It leaves now, whatever its window. */
  isFull: boolean;
};

const firstBackoffMs = 20;
const longestBackoffMs = 1000;

/**
 * Starts to deliver a queue's messages to a function. It waits for the queue to tell of visible messages: nothing runs
 * while there are none. Messages of a successful batch are deleted; those that failed come back when their visibility
 * timeout ends. A throttled batch is tried again until then.
 */
export const startPoller = (options: PollerOptions): Poller => {
  const { definition, queue, queues, defaultConcurrency } = options;
  const state: State = {
    ...options,
    batchSize: definition.batchSize ?? 10,
    windowMs: (definition.maximumBatchingWindowSeconds ?? 0) * 1000,
    concurrency: definition.maximumConcurrency ?? defaultConcurrency,
    running: new Set(),
    stopping: new AbortController(),
    gathering: undefined,
  };
  const unsubscribe = queues.onVisible(queue, () => pump(state));
  pump(state);
  return {
    active: () => state.running.size,
    stop: async () => {
      unsubscribe();
      state.stopping.abort();
      state.gathering?.close();
      await Promise.all(state.running);
    },
  };
};

const pump = (state: State): void => {
  while (!state.stopping.signal.aborted && (state.gathering !== undefined || state.running.size < state.concurrency)) {
    const { gathering } = state;
    const batch = gathering?.batch ?? { messages: [], bytes: 0, isFull: false };
    fill(state, batch);
    if (batch.isFull) gathering?.close();
    else if (batch.messages.length === 0 || gathering !== undefined) return;
    if (gathering === undefined) startBatch(state, batch);
  }
};

/** Takes what is visible and has room in the batch. */
const fill = ({ queues, queue, batchSize }: State, batch: Batch): void => {
  const { messages } = batch;
  let isRefused = false;
  const fits = (message: Message): boolean => {
    const bytes = batch.bytes + recordBytesOf(message);
    isRefused = batch.bytes > 0 && bytes > mostRequestBytes;
    if (!isRefused) batch.bytes = bytes;
    return !isRefused;
  };
  messages.push(...queues.take(queue, batchSize - messages.length, fits));
  batch.isFull = messages.length > 0 && (isRefused || messages.length >= batchSize);
};

const startBatch = (state: State, batch: Batch): void => {
  const run: Promise<void> = runBatch(state, batch).finally(() => {
    state.running.delete(run);
    pump(state);
  });
  state.running.add(run);
};

const runBatch = async (state: State, batch: Batch): Promise<void> => {
  const takenAt = state.now();
  await gather(state, batch);
  const { definition, queues, queue } = state;
  const giveUpAt = takenAt + queue.settings.visibilityTimeoutSeconds * 1000;
  const invoked = await invokeUntilTaken(state, batch, giveUpAt);
  if (invoked === undefined) return;
  const { messages, result } = invoked;
  const reportsItemFailures = definition.functionResponseTypes?.includes('ReportBatchItemFailures') ?? false;
  const ids = messages.map(({ message }) => message.messageId);
  const outcome = batchOutcomeOf(ids, result, reportsItemFailures);
  const succeeded = new Set(outcome.succeeded);
  const done = messages.filter(({ message }) => succeeded.has(message.messageId));
  queues.remove(
    queue,
    done.map(({ receiptHandle }) => receiptHandle),
  );
  state.onBatch?.(outcome, result);
};

/** With a batching window: waits for more messages until the batch is full or the window is over. */
const gather = (state: State, batch: Batch): Promise<void> => {
  if (state.windowMs === 0 || batch.isFull) return Promise.resolve();
  return new Promise((resolve) => {
    const close = (): void => {
      clearTimeout(timer);
      state.gathering = undefined;
      resolve();
    };
    const timer = setTimeout(close, state.windowMs);
    state.gathering = { batch, close };
  });
};

type Invoked = { readonly messages: readonly ReceivedMessage[]; readonly result: InvocationResult };

/**
 * What has left the queue since it was taken, by a purge or a reset, is not delivered. `undefined`: nothing is left, it
 * was throttled until the messages became visible again, or the emulator stops.
 */
const invokeUntilTaken = async (state: State, batch: Batch, giveUpAt: number): Promise<Invoked | undefined> => {
  const { queues, queue } = state;
  for (let backoffMs = firstBackoffMs; ; backoffMs = Math.min(backoffMs * 2, longestBackoffMs)) {
    const messages = batch.messages.filter(({ receiptHandle }) => queues.isCurrent(queue, receiptHandle));
    if (messages.length === 0) return undefined;
    const result = await invokeOn(state, messages);
    if (result === undefined) return undefined;
    if (result.throttled === undefined) return { messages, result };
    if (state.now() + backoffMs >= giveUpAt) return undefined;
    if (!(await pause(backoffMs, state.stopping.signal))) return undefined;
  }
};

/** `undefined`: the emulator stops. */
const invokeOn = (state: State, messages: readonly ReceivedMessage[]): Promise<InvocationResult | undefined> => {
  const { queues, queue, region, invoke, stopping } = state;
  const event = sqsEventOf(messages, { arn: queues.arnOf(queue.settings.name), region });
  const producers = messages.map(({ message }) => message.traceHeader);
  return invoke(event, producers).catch((error: unknown) => {
    if (stopping.signal.aborted) return undefined;
    throw error;
  });
};

/** Waits; `false` as soon as `signal` is aborted. */
const pause = (ms: number, signal: AbortSignal): Promise<boolean> =>
  new Promise((resolve) => {
    if (signal.aborted) return resolve(false);
    const stop = (): void => {
      clearTimeout(timer);
      resolve(false);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve(true);
    }, ms);
    signal.addEventListener('abort', stop, { once: true });
  });
