import type { ReceivedMessage } from '../message/message.ts';
import { acceptDeadLetter, type Queue, receiveMessages } from '../queue.ts';
import { noteGone, noteMessage, type QueueEvent } from '../queue-state.ts';
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
  visibilityMs?: number,
): readonly ReceivedMessage[] => {
  const hideMs = visibilityMs ?? queue.settings.visibilityTimeoutSeconds * 1000;
  const { received, deadLetters } = receiveMessages(queue, max, hideMs, service.now());
  for (const { message } of received) noteMessage(service.record, queue, message);
  const target = service.watched.get(queue.settings.redrivePolicy?.deadLetterQueue ?? '');
  if (deadLetters.length > 0 && target !== undefined) {
    for (const letter of deadLetters) {
      noteMessage(
        service.record,
        target.queue,
        acceptDeadLetter(target.queue, letter, arnOf(service, queue.settings.name)),
        true,
      );
    }
    // After they are in the other queue: a process that is killed in between leaves them in both, not in none.
    noteGone(
      service.record,
      queue,
      deadLetters.map(({ message }) => message.messageId),
    );
    wake(service, target);
    changed(service);
  }
  return received;
};

export const receive = (
  service: Service,
  queue: Queue,
  options: ReceiveOptions,
): Promise<readonly ReceivedMessage[]> => {
  const watch = watchedOf(service, queue);
  const received = take(service, queue, options.max, options.visibilityMs);
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
        const received = take(service, watch.queue, options.max, options.visibilityMs);
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
