/** A clock that stands still; milliseconds since 1970. */
export type FixedClock = (() => number) & { advance(ms: number): void };

/** A clock for the `now` option that shows `start` until it is told to go on. */
export function fixedClock(start: number): FixedClock {
  let time = start;
  const advance = (ms: number): void => {
    time += ms;
  };
  return Object.assign(() => time, { advance });
}

/** Ids for the `newId` option, in order: `0000000000000001`, `0000000000000002`… */
export function countingIds(): () => string {
  let last = 0;
  return () => {
    last += 1;
    return last.toString(16).padStart(16, '0');
  };
}
