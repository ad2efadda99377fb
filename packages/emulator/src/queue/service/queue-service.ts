import type { Persistent } from '../../state/journal.ts';
import type { Message, ReceivedMessage } from '../message/message.ts';
import {
  advance,
  createQueueState,
  purgeQueue,
  type Queue,
  type QueueCounts,
  type ReceiveLimits,
  sendMessage,
} from '../queue.ts';
import { countReceived } from '../queue-activity.ts';
import { type QueueDefinition, type QueueSettings, settingsOf } from '../queue-settings.ts';
import {
  createQueueHistory,
  noteDelivery,
  noteGone,
  noteNew,
  type QueueEvent,
  type QueueTimes,
  queueEvents,
} from '../queue-state.ts';
import { changeVisibility, deleteMessage, findByReceipt, type ReceiptOutcome } from '../receipts.ts';
import { forgetQueue, resetQueues } from './reset-queues.ts';
import {
  arnOf,
  changed,
  type QueueServiceOptions,
  type ReceiveOptions,
  receive,
  type Service,
  take,
  watchedOf,
} from './take-messages.ts';
import { arm, unwatch, type Waiter, wake } from './watched-queue.ts';

type PutMessage = (message: Message, delayMs: number) => void;

/** The queues, and all that waits for them. */
export type QueueService = {
  /** Survives a restart: messages, and what clients made of queues. Definitions are given anew at each start. */
  readonly state: Pick<Persistent<QueueEvent>, 'name' | 'apply' | 'events'>;
  /** Puts the messages of the past into the queues, once all its events are applied. */
  readonly restore: () => void;
  readonly create: (definition: QueueDefinition) => Queue;
  /** The same for a client, whose queue is there after a restart too. */
  readonly createForClient: (definition: QueueDefinition) => Queue;
  /** Settings of a client, which no definition is set against after a restart: those of defined queues are as defined. */
  readonly configure: (queue: Queue, settings: QueueSettings) => void;
  readonly tag: (queue: Queue, tags: Readonly<Record<string, string>>) => void;
  /** Removes a queue that a client made, with its messages; false for one that a definition would make again. */
  readonly delete: (queue: Queue) => boolean;
  readonly find: (name: string) => Queue | undefined;
  readonly list: () => readonly Queue[];
  readonly arnOf: (name: string) => string;
  readonly countsOf: (queue: Queue) => QueueCounts;
  /**
   * Lets `work` put the messages of one request into the queue, and tells of them together. `put` throws for one that
   * cannot be written down, which is not in the queue then.
   */
  readonly send: <Result>(queue: Queue, work: (put: PutMessage) => Result) => Result;
  readonly receive: (queue: Queue, options: ReceiveOptions) => Promise<readonly ReceivedMessage[]>;
  /** What is visible right now, without waiting, up to the first message that does not fit. */
  readonly take: (queue: Queue, max: number, fits?: ReceiveLimits['fits']) => readonly ReceivedMessage[];
  /** Whether a delivery is its message's latest, and the message still there. */
  readonly isCurrent: (queue: Queue, receiptHandle: string) => boolean;
  readonly remove: (queue: Queue, receiptHandles: readonly string[]) => readonly ReceiptOutcome[];
  readonly changeVisibility: (queue: Queue, receiptHandle: string, visibilityMs: number) => ReceiptOutcome;
  readonly purge: (queue: Queue) => void;
  /** Empties the queues that are defined, and lets go of all others. Nobody writes it down. */
  readonly reset: (definitions: readonly QueueDefinition[]) => void;
  /** Calls `listener` whenever messages may have become visible; gives back the way to end that. */
  readonly onVisible: (queue: Queue, listener: () => void) => () => void;
  /** Calls `listener` after any change to any queue. */
  readonly onChange: (listener: () => void) => void;
  /** Ends every waiting receive with an empty result, and every timer. */
  readonly stop: () => void;
};

const listen = (service: Service, queue: Queue, listener: () => void): (() => void) => {
  const watch = watchedOf(service, queue);
  watch.listeners.add(listener);
  arm(service, watch);
  return () => {
    watch.listeners.delete(listener);
    arm(service, watch);
  };
};

const create = (service: Service, definition: QueueDefinition, times: Partial<QueueTimes> = {}): Queue => {
  const queue = createQueueState(settingsOf(definition), times.createdAt ?? service.now());
  queue.modifiedAt = times.modifiedAt ?? queue.createdAt;
  const unwatched = { waiters: new Set<Waiter>(), listeners: new Set<() => void>(), timer: undefined, timerAt: 0 };
  service.watched.set(definition.name, { queue, ...unwatched });
  return queue;
};

const stop = (service: Service): void => {
  for (const watch of service.watched.values()) unwatch(service, watch);
};

/** Written down first where a client made it: one that cannot be written is not changed. */
const change = (service: Service, queue: Queue, settings: QueueSettings, modifiedAt: number): void => {
  const { createdAt } = queue;
  if (service.ofClients.has(queue)) service.record({ kind: 'queue', settings, createdAt, modifiedAt });
  queue.settings = settings;
  queue.modifiedAt = modifiedAt;
};

const deleteQueue = (service: Service, queue: Queue): boolean => {
  if (!service.ofClients.has(queue)) return false;
  service.record({ kind: 'deleted', queue: queue.settings.name });
  forgetQueue(service, watchedOf(service, queue));
  changed(service);
  return true;
};

const deliveredIds = (queue: Queue, receiptHandles: readonly string[]): readonly string[] => {
  const found = receiptHandles.map((handle) => findByReceipt(queue, handle));
  return [...new Set(found.flatMap((held) => (typeof held === 'string' ? [] : [held.message.messageId])))];
};

const countsOf = (service: Service, queue: Queue): QueueCounts => {
  advance(queue, service.now());
  return { ...queue.counts };
};

/** Starts a service without queues. Nothing polls: one timer per queue waits for its next hidden message. */
export const createQueueService = (options: QueueServiceOptions): QueueService => {
  const service: Service = {
    record: () => {},
    ...options,
    ofClients: new Set(),
    watched: new Map(),
    changeListeners: new Set(),
  };
  const history = createQueueHistory();
  const open = (definition: QueueDefinition, times?: Partial<QueueTimes>): Queue => {
    const queue = create(service, definition, times);
    service.ofClients.add(queue);
    return queue;
  };
  const restore = (): void =>
    history.restore(
      (definition, times) => service.watched.get(definition.name)?.queue ?? open(definition, times),
      options.now(),
    );
  const settled = (queue: Queue): void => {
    wake(service, watchedOf(service, queue));
    changed(service);
  };
  return {
    state: {
      name: 'queues',
      apply: history.apply,
      events: () => {
        restore();
        return queueEvents(
          [...service.watched.values()].map(({ queue }) => queue),
          (queue) => service.ofClients.has(queue),
        );
      },
    },
    restore,
    create: (definition) => create(service, definition),
    createForClient: (definition) => {
      const now = options.now();
      const times = { createdAt: now, modifiedAt: now };
      // First, so that one that could not be written is not there for the client who tries again.
      service.record({ kind: 'queue', settings: settingsOf(definition), ...times });
      return open(definition, times);
    },
    configure: (queue, settings) => change(service, queue, settings, options.now()),
    tag: (queue, tags) => change(service, queue, { ...queue.settings, tags }, queue.modifiedAt),
    delete: (queue) => deleteQueue(service, queue),
    find: (name) => service.watched.get(name)?.queue,
    list: () => [...service.watched.values()].map(({ queue }) => queue),
    arnOf: (name) => arnOf(service, name),
    countsOf: (queue) => countsOf(service, queue),
    send: (queue, work) => {
      const note = noteNew(service.record, queue);
      try {
        return work((message, delayMs) => sendMessage(queue, message, delayMs, options.now(), note));
      } finally {
        settled(queue);
      }
    },
    receive: async (queue, receiveOptions) => {
      const received = await receive(service, queue, receiveOptions);
      countReceived(queue.activity, received.length);
      return received;
    },
    take: (queue, max, fits) => {
      const received = take(service, queue, max, fits && { fits });
      arm(service, watchedOf(service, queue));
      // Event source mappings poll longer than anybody counts: only what they got is told.
      if (received.length > 0) countReceived(queue.activity, received.length);
      return received;
    },
    isCurrent: (queue, receiptHandle) => typeof findByReceipt(queue, receiptHandle) !== 'string',
    remove: (queue, receiptHandles) => {
      noteGone(service.record, queue, deliveredIds(queue, receiptHandles));
      const outcomes = receiptHandles.map((handle) => deleteMessage(queue, handle));
      changed(service);
      return outcomes;
    },
    changeVisibility: (queue, receiptHandle, visibilityMs) => {
      const note = noteDelivery(service.record, queue);
      const outcome = changeVisibility(queue, receiptHandle, visibilityMs, options.now(), note);
      settled(queue);
      return outcome;
    },
    purge: (queue) => {
      service.record({ kind: 'purged', queue: queue.settings.name });
      purgeQueue(queue, options.now());
      settled(queue);
    },
    reset: (definitions) => resetQueues(service, definitions),
    onVisible: (queue, listener) => listen(service, queue, listener),
    onChange: (listener) => void service.changeListeners.add(listener),
    stop: () => stop(service),
  };
};
