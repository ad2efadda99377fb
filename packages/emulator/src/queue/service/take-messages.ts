import { restoreMessage } from '../kept-message.ts';
import type { ReceivedMessage } from '../message/message.ts';
import { acceptDeadLetter, type DeadLetter, type Queue, type ReceiveLimits, receiveMessages } from '../queue.ts';
import { noteDelivered, noteMoved, type QueueEvent } from '../queue-state.ts';
import { arm, type Waiter, type Watched, wake } from './watched-queue.ts';

export type QueueServiceOptions = {
  readonly region: string;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Writes down what has changed; default: nobody does. */
  readonly record?: (event: QueueEvent) => void;
};

export type ReceiveOptions = {
  readonly max: number;
  /** Default: the queue's visibility timeout. */
  readonly visibilityMs?: number;
  /** How long to wait for a first message; default 0. */
  readonly waitMs?: number;
  /** Ends the waiting with an empty result. */
  readonly signal?: AbortSignal;
};

export type Service = Required<QueueServiceOptions> & {
  readonly ofClients: Set<Queue>;
  readonly watched: Map<string, Watched>;
  readonly changeListeners: Set<() => void>;
};

export const arnOf = (service: Service, name: string): string =>
  `arn:aws:sqs:${service.region}:${service.accountId}:${name}`;

export const watchedOf = (service: Service, queue: Queue): Watched => {
  const found = service.watched.get(queue.settings.name);
  if (found === undefined) throw new Error(`queue ${queue.settings.name} is not of this service`);
  return found;
};

export const changed = (service: Service): void => {
  for (const listener of service.changeListeners) listener();
};

export const take = (
  service: Service,
  queue: Queue,
  max: number,
  { visibilityMs, fits }: Pick<ReceiveOptions, 'visibilityMs'> & Pick<ReceiveLimits, 'fits'> = {},
): readonly ReceivedMessage[] => {
  const hideMs = visibilityMs ?? queue.settings.visibilityTimeoutSeconds * 1000;
  // A client may have deleted it: the messages stay then, as they would have nowhere to go.
  const target = service.watched.get(queue.settings.redrivePolicy?.deadLetterQueue ?? '');
  const { received, deadLetters } = receiveMessages(queue, max, hideMs, service.now(), {
    redrives: target !== undefined,
    ...(fits !== undefined && { fits }),
  });
  if (target !== undefined) redrive(service, queue, target, deadLetters, hideMs);
  for (const { message } of received) noteDelivered(service.record, queue, message);
  return received;
};

/** Those that could not be written down stay, and are hidden as if they had been delivered once more. */
const redrive = (
  service: Service,
  queue: Queue,
  target: Watched,
  deadLetters: readonly DeadLetter[],
  hideMs: number,
): void => {
  if (deadLetters.length === 0) return;
  const left = [...deadLetters];
  const note = noteMoved(service.record, queue, target.queue);
  const sourceArn = arnOf(service, queue.settings.name);
  try {
    for (const letter of deadLetters) {
      acceptDeadLetter(target.queue, letter, sourceArn, service.now(), note);
      left.shift();
    }
  } finally {
    const now = service.now();
    for (const { message, ...received } of left) {
      restoreMessage(queue, message, { ...received, visibleAt: now + hideMs }, now);
    }
    wake(service, target);
    changed(service);
  }
};

export const receive = (
  service: Service,
  queue: Queue,
  options: ReceiveOptions,
): Promise<readonly ReceivedMessage[]> => {
  const watch = watchedOf(service, queue);
  const received = take(service, queue, options.max, options);
  arm(service, watch);
  const waitMs = options.waitMs ?? 0;
  if (received.length > 0 || waitMs <= 0 || options.signal?.aborted) return Promise.resolve(received);
  return waitForMessages(service, watch, options, waitMs);
};

const waitForMessages = (service: Service, watch: Watched, options: ReceiveOptions, waitMs: number) =>
  new Promise<readonly ReceivedMessage[]>((resolve, reject) => {
    const finish = (settle: () => void): void => {
      clearTimeout(deadline);
      options.signal?.removeEventListener('abort', end);
      watch.waiters.delete(waiter);
      settle();
    };
    const end = (): void => finish(() => resolve([]));
    const tryNow = (): boolean => {
      try {
        const received = take(service, watch.queue, options.max, options);
        if (received.length > 0) finish(() => resolve(received));
        return received.length > 0;
      } catch (error) {
        // It is the waiting client's to know, not that of the one who sent the message.
        finish(() => reject(error));
        return false;
      }
    };
    const waiter: Waiter = { tryNow, end };
    const deadline = setTimeout(end, waitMs);
    options.signal?.addEventListener('abort', end);
    watch.waiters.add(waiter);
    arm(service, watch);
  });
