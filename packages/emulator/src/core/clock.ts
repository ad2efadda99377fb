/** The emulator's time: when metrics, logs and traces age, and when alarms are evaluated. */
export type Clock = {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Calls back once at a moment, or at once where it has passed. Gives back what cancels the call. */
  readonly at: (moment: number, run: () => void | Promise<void>) => () => void;
};

/** A clock that stands still until it is told to go on: a simulated day takes no longer than the work in it. */
export type TestClock = Clock & {
  /** Goes on by `250` milliseconds, `'90s'`, `'15m'`, `'3h'`, `'1d'`; runs what falls due, each at its moment, in order. */
  readonly advance: (duration: number | string) => Promise<void>;
};

const raise = (error: unknown): never => {
  throw error;
};

/** setTimeout takes 31 bits. */
const longestTimeout = 2 ** 31 - 1;

/** The real time. A pending call does not keep the process alive, and one that fails is told to `failed`. */
export const realClock = (now: () => number = Date.now, failed: (error: unknown) => void = raise): Clock => ({
  now,
  at: (moment, run) => {
    let timer: NodeJS.Timeout | undefined;
    const due = async (): Promise<void> => {
      try {
        await run();
      } catch (error) {
        failed(error);
      }
    };
    const wait = (): void => {
      const delay = Math.max(0, moment - now());
      timer = setTimeout(() => (delay > longestTimeout ? wait() : void due()), Math.min(delay, longestTimeout));
      timer.unref();
    };
    wait();
    return () => clearTimeout(timer);
  },
});

/** A clock may be the real time itself: nothing is to be brought onto it then. */
export const isReal = (clock: Clock, realNow: () => number): boolean => clock.now === realNow;

/**
 * What brings an instant of real time onto a clock, in milliseconds. Where the two are one, reading them one after the
 * other must not move anything.
 */
export const shiftOnto = (clock: Clock, realNow: () => number): number =>
  isReal(clock, realNow) ? 0 : clock.now() - realNow();

type Due = { readonly moment: number; readonly run: () => void | Promise<void> };

/** A clock for tests, standing at `start`, epoch milliseconds. */
export const testClock = (start: number): TestClock => {
  let now = start;
  let advancing = Promise.resolve();
  const pending = new Set<Due>();
  const earliest = (until: number): Due | undefined => {
    let first: Due | undefined;
    for (const due of pending) if (due.moment <= until && (!first || due.moment < first.moment)) first = due;
    return first;
  };
  const advanceTo = async (until: number): Promise<void> => {
    for (let due = earliest(until); due !== undefined; due = earliest(until)) {
      pending.delete(due);
      now = Math.max(now, due.moment);
      await due.run();
    }
    now = until;
  };
  return {
    now: () => now,
    at: (moment, run) => {
      const due = { moment, run };
      pending.add(due);
      return () => void pending.delete(due);
    },
    advance: (duration) => {
      const milliseconds = parseDuration(duration);
      // One after the other, so that two calls that are not awaited add up.
      advancing = advancing.then(() => advanceTo(now + milliseconds));
      return advancing;
    },
  };
};

const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** `250`, `'250ms'`, `'90s'`, `'15m'`, `'3h'`, `'1d'`, `'1h30m'` as milliseconds. @throws RangeError for anything else. */
export const parseDuration = (duration: number | string): number => {
  if (typeof duration === 'number' && duration >= 0 && Number.isFinite(duration)) return duration;
  const text = String(duration).replaceAll(' ', '');
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d)/g)];
  if (text === '' || parts.map(([part]) => part).join('') !== text) {
    throw new RangeError(`${JSON.stringify(duration)} is no duration: write milliseconds, or 90s, 15m, 3h, 1d, 1h30m`);
  }
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * unitMs[unit as keyof typeof unitMs], 0);
};
