/** Waits until nothing is left to do. */
export type IdleWatch = {
  /** To be called after anything that may have been the last. */
  readonly check: () => void;
  /** Resolves when `isIdle` holds, also after `settle`. @throws Error after `timeoutMs`, saying what is left. */
  readonly wait: (timeoutMs?: number) => Promise<void>;
  /** Ends all waiting with an error, now and later. */
  readonly stop: () => void;
};

export type IdleSource = {
  /** What is left, as a text; `undefined` when nothing. */
  readonly remaining: () => string | undefined;
  /** Lets what is under way arrive. */
  readonly settle: () => Promise<void>;
};

type Waiter = { readonly resolve: () => void; readonly reject: (error: Error) => void };

/** A watch that is told when to look: it polls nothing. */
export const createIdleWatch = ({ remaining, settle }: IdleSource): IdleWatch => {
  const waiters = new Set<Waiter>();
  let stopped = false;
  const untilNothingRemains = (timeoutMs: number | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      if (remaining() === undefined) return resolve();
      const end = (finish: () => void) => () => {
        clearTimeout(timer);
        waiters.delete(waiter);
        finish();
      };
      const waiter: Waiter = { resolve: end(resolve), reject: (error) => end(() => reject(error))() };
      const late = (): void => waiter.reject(new Error(`not idle after ${timeoutMs} ms: ${remaining()}`));
      const timer = timeoutMs === undefined ? undefined : setTimeout(late, timeoutMs);
      waiters.add(waiter);
    });
  return {
    check: () => {
      if (waiters.size > 0 && remaining() === undefined) for (const waiter of [...waiters]) waiter.resolve();
    },
    wait: async (timeoutMs) => {
      if (stopped) throw new Error('the emulator has been stopped: wait until it is idle before that');
      do {
        await untilNothingRemains(timeoutMs);
        await settle();
      } while (remaining() !== undefined);
    },
    stop: () => {
      stopped = true;
      for (const waiter of [...waiters]) waiter.reject(new Error('the emulator was stopped before it was idle'));
    },
  };
};
