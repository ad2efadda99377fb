/** Runs at most so many at once, in the order of the calls. */
export type Slots = <T>(run: () => Promise<T>) => Promise<T>;

export function createSlots(most: number): Slots {
  let free = Math.max(1, Math.floor(most));
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}

/** Work that has not ended when the signal aborts fails then, while there is time to say so. */
export function beforeAbort(signal: AbortSignal, run: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    Promise.resolve().then(run).then(resolve, reject).finally(done);
  });
}
