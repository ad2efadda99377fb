/** Runs something, which never rejects, after milliseconds, unless the returned function is called before. */
export type Schedule = (milliseconds: number, run: () => void | Promise<void>) => () => void;

/** By timers that keep no process alive. */
export const realSchedule: Schedule = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  timer.unref();
  return () => clearTimeout(timer);
};
