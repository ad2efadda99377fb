import { advance, nextVisibleAt, type Queue } from '../queue.ts';

/** Somebody who waits for a message. */
export type Waiter = { readonly tryNow: () => boolean; readonly end: () => void };

/** A queue, and who waits for its messages. */
export type Watched = {
  readonly queue: Queue;
  readonly waiters: Set<Waiter>;
  readonly listeners: Set<() => void>;
  timer: NodeJS.Timeout | undefined;
  timerAt: number;
};

type Now = { readonly now: () => number };

const longestTimerMs = 2 ** 31 - 1;

/** Sets the timer for the next hidden message, where anybody waits for one. */
export const arm = (clock: Now, watch: Watched): void => {
  const isWatched = watch.waiters.size > 0 || watch.listeners.size > 0;
  const at = isWatched ? nextVisibleAt(watch.queue) : undefined;
  if (watch.timer !== undefined && watch.timerAt === at) return;
  clearTimeout(watch.timer);
  watch.timer = undefined;
  if (at === undefined) return;
  const delayMs = Math.min(Math.max(at - clock.now(), 1), longestTimerMs);
  watch.timerAt = at;
  watch.timer = setTimeout(() => {
    watch.timer = undefined;
    wake(clock, watch);
  }, delayMs);
};

/** Gives what is visible to those who wait. */
export const wake = (clock: Now, watch: Watched): void => {
  advance(watch.queue, clock.now());
  if (watch.queue.counts.visible > 0) {
    for (const waiter of [...watch.waiters]) if (!waiter.tryNow()) break;
    for (const listener of [...watch.listeners]) listener();
  }
  arm(clock, watch);
};

/** Ends every wait with nothing. */
export const unwatch = (clock: Now, watch: Watched): void => {
  for (const waiter of [...watch.waiters]) waiter.end();
  watch.listeners.clear();
  arm(clock, watch);
};
