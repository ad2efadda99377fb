import { popDue, pushDue } from './due-heap.ts';
import { type Message, type ReceivedMessage, receiptHandleOf } from './message/message.ts';
import { countSent, noActivity, type QueueActivity } from './queue-activity.ts';
import type { QueueSettings } from './queue-settings.ts';

/** A message in a queue. */
export type Held = {
  readonly message: Message;
  place: 'visible' | 'in-flight' | 'delayed' | 'gone';
  /** When it becomes visible; meaningless while it is. Epoch milliseconds. */
  visibleAt: number;
  receiveCount: number;
  firstReceivedAt: number;
  /** Meaningless before the first delivery. Epoch milliseconds. */
  lastReceivedAt: number;
};

/** Where a message is, but for its content. `visibleAt` is 0 where it is visible. */
export type Kept = Pick<Held, 'visibleAt' | 'receiveCount' | 'firstReceivedAt'> & Partial<Pick<Held, 'lastReceivedAt'>>;

/** Writes down where a message will be, before it is there: one that cannot be written stays where it is. */
export type Note = (message: Message, kept: Kept) => void;

/** How many messages are where. SQS calls its counts approximate; these are exact. */
export type QueueCounts = { readonly visible: number; readonly inFlight: number; readonly delayed: number };

/**
 * The state of one standard queue. The functions of this file change it in place, and depend on nothing but their
 * arguments: all instants are epoch milliseconds, given by the caller.
 */
export type Queue = {
  settings: QueueSettings;
  readonly createdAt: number;
  modifiedAt: number;
  purgedAt: number;
  /** Oldest first. */
  readonly messages: Map<string, Held>;
  /** Visible messages in the order of delivery, from `head` on; those no longer visible are passed over. */
  ready: Held[];
  head: number;
  hidden: { readonly at: number; readonly order: number; readonly held: Held }[];
  /** How often a message was hidden so far. */
  hiddenCount: number;
  readonly counts: { visible: number; inFlight: number; delayed: number };
  activity: QueueActivity;
};

/** A message that a redrive policy takes out of its queue. */
export type DeadLetter = { readonly message: Message; readonly receiveCount: number; readonly firstReceivedAt: number };

export const createQueueState = (settings: QueueSettings, now: number): Queue => ({
  settings,
  createdAt: now,
  modifiedAt: now,
  purgedAt: Number.NEGATIVE_INFINITY,
  messages: new Map(),
  ready: [],
  head: 0,
  hidden: [],
  hiddenCount: 0,
  counts: { visible: 0, inFlight: 0, delayed: 0 },
  activity: noActivity(),
});

const countOf = { visible: 'visible', 'in-flight': 'inFlight', delayed: 'delayed' } as const;

/** Moves a message within its queue, or out of it. */
export const place = (queue: Queue, held: Held, where: Held['place'], visibleAt = 0): void => {
  if (held.place !== 'gone') queue.counts[countOf[held.place]] -= 1;
  held.place = where;
  held.visibleAt = visibleAt;
  if (where === 'gone') {
    queue.messages.delete(held.message.messageId);
    return;
  }
  queue.counts[countOf[where]] += 1;
  if (where === 'visible') queue.ready.push(held);
  else {
    queue.hiddenCount += 1;
    pushDue(queue.hidden, { at: visibleAt, order: queue.hiddenCount, held });
  }
};

/** A message that is to be placed. */
export const insert = (
  queue: Queue,
  message: Message,
  received: Pick<Held, 'receiveCount' | 'firstReceivedAt'> & Partial<Pick<Held, 'lastReceivedAt'>>,
  visibleAt: number,
): Held => {
  const held: Held = { lastReceivedAt: 0, ...received, message, place: 'gone', visibleAt };
  queue.messages.set(message.messageId, held);
  return held;
};

/** Puts a message into the queue, visible after `delayMs`. */
export const sendMessage = (queue: Queue, message: Message, delayMs: number, now: number, note?: Note): void => {
  const received = { receiveCount: 0, firstReceivedAt: 0 };
  note?.(message, { ...received, visibleAt: delayMs > 0 ? now + delayMs : 0 });
  countSent(queue.activity, message.body);
  const held = insert(queue, message, received, now);
  if (delayMs > 0) place(queue, held, 'delayed', now + delayMs);
  else place(queue, held, 'visible');
};

/** Puts a dead letter into the queue; its receive count and the time until it expires go on. */
export const acceptDeadLetter = (
  queue: Queue,
  letter: DeadLetter,
  sourceArn: string,
  now: number,
  note?: Note,
): void => {
  const message = { ...letter.message, deadLetterQueueSourceArn: sourceArn, deadLetteredAt: now };
  const { receiveCount, firstReceivedAt } = letter;
  note?.(message, { receiveCount, firstReceivedAt, visibleAt: 0 });
  place(queue, insert(queue, message, { receiveCount, firstReceivedAt }, 0), 'visible');
};

const isCurrent = (entry: Queue['hidden'][number]): boolean =>
  (entry.held.place === 'in-flight' || entry.held.place === 'delayed') && entry.held.visibleAt === entry.at;

/** Lets the time pass until `now`: hidden messages become visible, those past their retention vanish. */
export const advance = (queue: Queue, now: number): void => {
  while ((queue.hidden[0]?.at ?? Number.POSITIVE_INFINITY) <= now) {
    const entry = popDue(queue.hidden);
    if (entry !== undefined && isCurrent(entry)) place(queue, entry.held, 'visible');
  }
  for (const held of queue.messages.values()) {
    if (isExpired(queue, held, now)) place(queue, held, 'gone');
    // Dead letters come in the order in which they failed, not in that in which they were sent.
    else if (held.message.deadLetteredAt === undefined) break;
  }
  compact(queue);
};

const isExpired = (queue: Queue, held: Held, now: number): boolean =>
  held.message.sentAt + queue.settings.retentionSeconds * 1000 <= now;

const compact = (queue: Queue): void => {
  if (queue.head > 1024 && queue.head * 2 > queue.ready.length) {
    queue.ready = queue.ready.slice(queue.head);
    queue.head = 0;
  }
  const live = queue.counts.inFlight + queue.counts.delayed;
  if (queue.hidden.length > 1024 && queue.hidden.length > 4 * live) {
    const current = queue.hidden.filter(isCurrent);
    queue.hidden = [];
    for (const entry of current) pushDue(queue.hidden, entry);
  }
};

/** The instant at which the next hidden message becomes visible, if any is hidden. */
export const nextVisibleAt = (queue: Queue): number | undefined => {
  for (let entry = queue.hidden[0]; entry !== undefined; entry = queue.hidden[0]) {
    if (isCurrent(entry)) return entry.at;
    popDue(queue.hidden);
  }
  return undefined;
};

export type ReceiveLimits = {
  /** False: no message is a dead letter. */
  readonly redrives?: boolean;
  /** Asked of each message in its turn; the first that does not fit ends the delivery, and stays where it is. */
  readonly fits?: (message: Message) => boolean;
};

/**
 * Delivers up to `max` visible messages and hides them for `visibilityMs`. Messages that have been delivered as often
 * as the redrive policy allows come back as dead letters: they have left this queue.
 */
export const receiveMessages = (
  queue: Queue,
  max: number,
  visibilityMs: number,
  now: number,
  { redrives = true, fits = () => true }: ReceiveLimits = {},
): { readonly received: ReceivedMessage[]; readonly deadLetters: DeadLetter[] } => {
  advance(queue, now);
  const received: ReceivedMessage[] = [];
  const deadLetters: DeadLetter[] = [];
  const { maxReceiveCount = Number.POSITIVE_INFINITY } = (redrives && queue.settings.redrivePolicy) || {};
  const end = queue.ready.length;
  while (received.length < max && queue.head < end) {
    const held = queue.ready[queue.head];
    queue.head += 1;
    if (held === undefined || held.place !== 'visible') continue;
    if (isExpired(queue, held, now)) place(queue, held, 'gone');
    else if (held.receiveCount >= maxReceiveCount) {
      place(queue, held, 'gone');
      deadLetters.push(held);
    } else if (fits(held.message)) received.push(deliver(queue, held, visibilityMs, now));
    else {
      queue.head -= 1;
      break;
    }
  }
  if (queue.head === queue.ready.length) {
    queue.ready = [];
    queue.head = 0;
  }
  return { received, deadLetters };
};

const deliver = (queue: Queue, held: Held, visibilityMs: number, now: number): ReceivedMessage => {
  held.receiveCount += 1;
  if (held.receiveCount === 1) held.firstReceivedAt = now;
  held.lastReceivedAt = now;
  if (visibilityMs > 0) place(queue, held, 'in-flight', now + visibilityMs);
  else {
    queue.counts.visible -= 1;
    held.place = 'gone';
    place(queue, held, 'visible');
  }
  return {
    message: held.message,
    receiptHandle: receiptHandleOf(queue.settings.name, held.message.messageId, held.receiveCount),
    receiveCount: held.receiveCount,
    firstReceivedAt: held.firstReceivedAt,
  };
};

/** What happened since the last call. */
export const takeActivity = (queue: Queue): QueueActivity => {
  const { activity } = queue;
  queue.activity = noActivity();
  return activity;
};

/** Whole seconds since the oldest message was sent, or was moved here by a redrive policy; 0 for an empty queue. */
export const ageOfOldest = (queue: Queue, now: number): number => {
  const [oldest] = queue.messages.values();
  if (oldest === undefined) return 0;
  const { sentAt, deadLetteredAt = sentAt } = oldest.message;
  return Math.max(0, Math.floor((now - deadLetteredAt) / 1000));
};

/** Removes every message, wherever it is. */
export const purgeQueue = (queue: Queue, now: number): void => {
  for (const held of [...queue.messages.values()]) place(queue, held, 'gone');
  queue.ready = [];
  queue.head = 0;
  queue.hidden = [];
  queue.purgedAt = now;
};
