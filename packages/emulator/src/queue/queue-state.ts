import { keptMessage, keptMessages, restoreMessage } from './kept-message.ts';
import type { Message } from './message/message.ts';
import type { Kept, Note, Queue } from './queue.ts';
import { type QueueDefinition, type QueueSettings, settingsOf } from './queue-settings.ts';

/** When a queue came into being and was last configured, epoch milliseconds. */
export type QueueTimes = Pick<Queue, 'createdAt' | 'modifiedAt'>;

export type QueueEvent =
  /** Settings that a client gave, and when; a journal of before does not say when. */
  | ({ readonly kind: 'queue'; readonly settings: QueueSettings } & Partial<QueueTimes>)
  | { readonly kind: 'message'; readonly queue: string; readonly message: Message; readonly kept: Kept }
  /** A delivery, or another time at which it ends. */
  | { readonly kind: 'delivery'; readonly queue: string; readonly messageId: string; readonly kept: Kept }
  /** By a redrive policy: at once out of one queue and into the other. */
  | {
      readonly kind: 'moved';
      readonly queue: string;
      readonly to: string;
      readonly message: Message;
      readonly kept: Kept;
    }
  | { readonly kind: 'gone'; readonly queue: string; readonly messageIds: readonly string[] }
  | { readonly kind: 'purged'; readonly queue: string }
  | { readonly kind: 'deleted'; readonly queue: string };

type RecordEvent = (event: QueueEvent) => void;

/** Writes down the messages that come into a queue. */
export const noteNew =
  (record: RecordEvent, { settings: { name: queue } }: Queue): Note =>
  (message, kept) =>
    record({ kind: 'message', queue, message, kept });

/** Writes down the messages that come into `to`, and leave `from`. */
export const noteMoved =
  (record: RecordEvent, from: Queue, to: Queue): Note =>
  (message, kept) =>
    record({ kind: 'moved', queue: from.settings.name, to: to.settings.name, message, kept });

/** Writes down where messages of a queue are. */
export const noteDelivery =
  (record: RecordEvent, { settings: { name: queue } }: Queue): Note =>
  ({ messageId }, kept) =>
    record({ kind: 'delivery', queue, messageId, kept });

/** Writes down where a message was delivered to, which has happened by then. */
export const noteDelivered = (record: RecordEvent, queue: Queue, message: Message): void => {
  const kept = keptMessage(queue, message.messageId);
  if (kept) noteDelivery(record, queue)(message, kept);
};

/** Writes down that messages are no longer in the queue. */
export const noteGone = (record: RecordEvent, queue: Queue, messageIds: readonly string[]): void => {
  if (messageIds.length > 0) record({ kind: 'gone', queue: queue.settings.name, messageIds });
};

type Past = Map<string, { readonly message: Message; readonly kept: Kept }>;

/** What queues hold after a restart, read from the events of the past and then put into the queues at once. */
export type QueueHistory = {
  readonly apply: (event: QueueEvent) => void;
  /** Makes queues that clients created, and puts messages where they were; what is due by `now` is visible. */
  readonly restore: (
    open: (definition: QueueDefinition, times?: Partial<QueueTimes>) => Queue | undefined,
    now: number,
  ) => void;
};

export const createQueueHistory = (): QueueHistory => {
  const given = new Map<string, Extract<QueueEvent, { kind: 'queue' }>>();
  const messages = new Map<string, Past>();
  const pastOf = (queue: string): Past => {
    const past: Past = messages.get(queue) ?? new Map();
    messages.set(queue, past);
    return past;
  };
  return {
    apply: (event) => {
      switch (event.kind) {
        case 'queue':
          given.set(event.settings.name, event);
          return;
        case 'message':
          pastOf(event.queue).set(event.message.messageId, event);
          return;
        case 'delivery': {
          const known = pastOf(event.queue).get(event.messageId);
          if (known) pastOf(event.queue).set(event.messageId, { ...known, kept: event.kept });
          return;
        }
        case 'moved':
          pastOf(event.to).set(event.message.messageId, event);
          pastOf(event.queue).delete(event.message.messageId);
          return;
        case 'gone':
          for (const messageId of event.messageIds) pastOf(event.queue).delete(messageId);
          return;
        case 'purged':
          messages.delete(event.queue);
          return;
        case 'deleted':
          given.delete(event.queue);
          messages.delete(event.queue);
          return;
      }
    },
    restore: (open, now) => {
      for (const { settings, ...times } of given.values()) open(settings, times);
      for (const [name, past] of messages) {
        const queue = past.size === 0 ? undefined : open(settingsOf({ name }));
        if (queue) for (const { message, kept } of past.values()) restoreMessage(queue, message, kept, now);
      }
      given.clear();
      messages.clear();
    },
  };
};

/** The events that make the queues as they are. */
export function* queueEvents(queues: Iterable<Queue>, isOfClient: (queue: Queue) => boolean): Iterable<QueueEvent> {
  for (const queue of queues) {
    const { settings, createdAt, modifiedAt } = queue;
    const { name } = settings;
    if (isOfClient(queue)) yield { kind: 'queue', settings, createdAt, modifiedAt };
    for (const [message, kept] of keptMessages(queue)) yield { kind: 'message', queue: name, message, kept };
  }
}
