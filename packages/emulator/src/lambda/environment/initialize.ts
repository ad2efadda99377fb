import { performance } from 'node:perf_hooks';
import type { InvocationError } from '../invocation-result.ts';
import { exitReason } from './running-invocation.ts';
import type { Exit } from './runtime-process.ts';

/** How an init ended, seen from the platform. */
export type InitEnd = {
  readonly startedAt: number;
  readonly durationMs: number;
  readonly status: 'success' | 'error' | 'timeout';
  /** What the runtime posted, else how it ended. */
  readonly error?: InvocationError;
};

/** The signs of an init, told by the process as they come. */
export type InitSigns = {
  readonly ready: () => void;
  readonly failed: (error: InvocationError) => void;
  readonly exited: (exit: Exit) => void;
  readonly end: Promise<InitEnd>;
};

/**
 * Watches an init: it succeeds when the runtime first asks for an event, and otherwise ends with its process, which is
 * told to end by `stop` after `limitMs`, where there is a limit.
 */
export function watchInit(now: () => number, limitMs: number | undefined, stop: () => void): InitSigns {
  const startedAt = now();
  const clock = performance.now();
  let error: InvocationError | undefined;
  let timedOut = false;
  let finish: (end: InitEnd) => void = () => {};
  const end = new Promise<InitEnd>((resolve) => {
    finish = resolve;
  });
  const outOfTime = () => {
    timedOut = true;
    stop();
  };
  const timer = limitMs === undefined ? undefined : setTimeout(outOfTime, limitMs);
  const over = (status: InitEnd['status']) => {
    clearTimeout(timer);
    const durationMs = performance.now() - clock;
    finish({ startedAt, durationMs, status, ...(error === undefined ? {} : { error }) });
  };
  return {
    ready: () => over('success'),
    failed(posted) {
      error = posted;
    },
    exited(exit) {
      error ??= { errorType: 'Runtime.ExitError', errorMessage: `Error: ${exitReason(exit)}` };
      over(timedOut ? 'timeout' : 'error');
    },
    end,
  };
}
