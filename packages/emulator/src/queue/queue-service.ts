import type { Message, ReceivedMessage } from './message.ts';
import {
  acceptDeadLetter,
  advance,
  changeVisibility,
  createQueueState,
  deleteMessage,
  nextVisibleAt,
  purgeQueue,
  type Queue,
  type QueueCounts,
  type ReceiptOutcome,
  receiveMessages,
  sendMessage,
} from './queue.ts';
import { countReceived } from './queue-activity.ts';
import { type QueueDefinition, settingsOf } from './queue-settings.ts';

export type QueueServiceOptions = {
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

type ReceiveOptions = {
  readonly max: number;
  /** Default: the queue's visibility timeout. */
  readonly visibilityMs?: number;
  /** How long to wait for a first message; default 0. */
  readonly waitMs?: number;
  /** Ends the waiting with an empty result. */
  readonly signal?: AbortSignal;
};

/** The queues, and all that waits for them. */
export type QueueService = {
  readonly create: (definition: QueueDefinition) => Queue;
  readonly find: (name: string) => Queue | undefined;
  readonly list: () => readonly Queue[];
  readonly arnOf: (name: string) => string;
  readonly countsOf: (queue: Queue) => QueueCounts;
  readonly send: (queue: Queue, messages: readonly { readonly message: Message; readonly delayMs: number }[]) => void;
  readonly receive: (queue: Queue, options: ReceiveOptions) => Promise<readonly ReceivedMessage[]>;
  /** What is visible right now, without waiting. */
  readonly take: (queue: Queue, max: number) => readonly ReceivedMessage[];
  readonly remove: (queue: Queue, receiptHandles: readonly string[]) => readonly ReceiptOutcome[];
  readonly changeVisibility: (queue: Queue, receiptHandle: string, visibilityMs: number) => ReceiptOutcome;
  readonly purge: (queue: Queue) => void;
  /** Calls `listener` whenever messages may have become visible; gives back the way to end that. */
  readonly onVisible: (queue: Queue, listener: () => void) => () => void;
  /** Calls `listener` after any change to any queue. */
  readonly onChange: (listener: () => void) => void;
  /** Ends every waiting receive with an empty result, and every timer. */
  readonly stop: () => void;
};

type Waiter = { readonly tryNow: () => boolean; readonly end: () => void };

type Watched = {
  readonly queue: Queue;
  readonly waiters: Set<Waiter>;
  readonly listeners: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
  timerAt: number;
};

type Service = QueueServiceOptions & {
  readonly watched: Map<string, Watched>;
  readonly changeListeners: Set<() => void>;
};

const longestTimerMs = 2 ** 31 - 1;

const arnOf = (service: Service, name: string): string => `arn:aws:sqs:${service.region}:${service.accountId}:${name}`;

const watchedOf = (service: Service, queue: Queue): Watched => {
  const found = service.watched.get(queue.settings.name);
  if (found === undefined) throw new Error(`queue ${queue.settings.name} is not of this service`);
  return found;
};

const arm = (service: Service, watch: Watched): void => {
  const isWatched = watch.waiters.size > 0 || watch.listeners.size > 0;
  const at = isWatched ? nextVisibleAt(watch.queue) : undefined;
  if (watch.timer !== undefined && watch.timerAt === at) return;
  clearTimeout(watch.timer);
  watch.timer = undefined;
  if (at === undefined) return;
  const delayMs = Math.min(Math.max(at - service.now(), 1), longestTimerMs);
  watch.timerAt = at;
  watch.timer = setTimeout(() => {
    watch.timer = undefined;
    wake(service, watch);
  }, delayMs);
};

const wake = (service: Service, watch: Watched): void => {
  advance(watch.queue, service.now());
  if (watch.queue.counts.visible > 0) {
    for (const waiter of [...watch.waiters]) if (!waiter.tryNow()) break;
    for (const listener of [...watch.listeners]) listener();
  }
  arm(service, watch);
};

const changed = (service: Service): void => {
  for (const listener of service.changeListeners) listener();
};

const take = (service: Service, queue: Queue, max: number, visibilityMs?: number): readonly ReceivedMessage[] => {
  const hideMs = visibilityMs ?? queue.settings.visibilityTimeoutSeconds * 1000;
  const { received, deadLetters } = receiveMessages(queue, max, hideMs, service.now());
  const target = service.watched.get(queue.settings.redrivePolicy?.deadLetterQueue ?? '');
  if (deadLetters.length > 0 && target !== undefined) {
    for (const letter of deadLetters) acceptDeadLetter(target.queue, letter, arnOf(service, queue.settings.name));
    wake(service, target);
    changed(service);
  }
  return received;
};

const receive = (service: Service, queue: Queue, options: ReceiveOptions): Promise<readonly ReceivedMessage[]> => {
  const watch = watchedOf(service, queue);
  const received = take(service, queue, options.max, options.visibilityMs);
  arm(service, watch);
  const waitMs = options.waitMs ?? 0;
  if (received.length > 0 || waitMs <= 0 || options.signal?.aborted) return Promise.resolve(received);
  return waitForMessages(service, watch, options, waitMs);
};

const waitForMessages = (service: Service, watch: Watched, options: ReceiveOptions, waitMs: number) =>
  new Promise<readonly ReceivedMessage[]>((resolve) => {
    const finish = (received: readonly ReceivedMessage[]): void => {
      clearTimeout(deadline);
      options.signal?.removeEventListener('abort', end);
      watch.waiters.delete(waiter);
      resolve(received);
    };
    const end = (): void => finish([]);
    const tryNow = (): boolean => {
      const received = take(service, watch.queue, options.max, options.visibilityMs);
      if (received.length > 0) finish(received);
      return received.length > 0;
    };
    const waiter: Waiter = { tryNow, end };
    const deadline = setTimeout(end, waitMs);
    options.signal?.addEventListener('abort', end);
    watch.waiters.add(waiter);
    arm(service, watch);
  });

const listen = (service: Service, queue: Queue, listener: () => void): (() => void) => {
  const watch = watchedOf(service, queue);
  watch.listeners.add(listener);
  arm(service, watch);
  return () => {
    watch.listeners.delete(listener);
    arm(service, watch);
  };
};

const create = (service: Service, definition: QueueDefinition): Queue => {
  const queue = createQueueState(settingsOf(definition), service.now());
  const unwatched = { waiters: new Set<Waiter>(), listeners: new Set<() => void>(), timer: undefined, timerAt: 0 };
  service.watched.set(definition.name, { queue, ...unwatched });
  return queue;
};

const stop = (service: Service): void => {
  for (const watch of service.watched.values()) {
    for (const waiter of [...watch.waiters]) waiter.end();
    watch.listeners.clear();
    arm(service, watch);
  }
};

const countsOf = (service: Service, queue: Queue): QueueCounts => {
  advance(queue, service.now());
  return { ...queue.counts };
};

/** Starts a service without queues. Nothing polls: one timer per queue waits for its next hidden message. */
export const createQueueService = (options: QueueServiceOptions): QueueService => {
  const service: Service = { ...options, watched: new Map(), changeListeners: new Set() };
  const settled = (queue: Queue): void => {
    wake(service, watchedOf(service, queue));
    changed(service);
  };
  return {
    create: (definition) => create(service, definition),
    find: (name) => service.watched.get(name)?.queue,
    list: () => [...service.watched.values()].map(({ queue }) => queue),
    arnOf: (name) => arnOf(service, name),
    countsOf: (queue) => countsOf(service, queue),
    send: (queue, messages) => {
      for (const { message, delayMs } of messages) sendMessage(queue, message, delayMs, options.now());
      settled(queue);
    },
    receive: async (queue, receiveOptions) => {
      const received = await receive(service, queue, receiveOptions);
      countReceived(queue.activity, received.length);
      return received;
    },
    take: (queue, max) => {
      const received = take(service, queue, max);
      arm(service, watchedOf(service, queue));
      // Event source mappings poll longer than anybody counts: only what they got is told.
      if (received.length > 0) countReceived(queue.activity, received.length);
      return received;
    },
    remove: (queue, receiptHandles) => {
      const outcomes = receiptHandles.map((handle) => deleteMessage(queue, handle));
      changed(service);
      return outcomes;
    },
    changeVisibility: (queue, receiptHandle, visibilityMs) => {
      const outcome = changeVisibility(queue, receiptHandle, visibilityMs, options.now());
      settled(queue);
      return outcome;
    },
    purge: (queue) => {
      purgeQueue(queue, options.now());
      settled(queue);
    },
    onVisible: (queue, listener) => listen(service, queue, listener),
    onChange: (listener) => void service.changeListeners.add(listener),
    stop: () => stop(service),
  };
};
