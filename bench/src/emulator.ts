import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { startEmulator } from '@voice-campaign/emulator';
import { median } from './figures.ts';
import { handler } from './variants/trivial.ts';

export type Throughput = {
  /** Child processes, each with one invocation at a time. */
  readonly processes: number;
  readonly perSecond: number;
  /** Milliseconds from a call of `invoke` to its result with nothing else in flight. */
  readonly latencyMs: number;
  /** The same for a direct call of the handler. */
  readonly directMs: number;
};

const entry = fileURLToPath(new URL('./variants/trivial.ts', import.meta.url));

/** Measures invocations of a trivial handler through the emulator: Runtime API, trace, logs and platform metrics. */
export async function measureEmulator(processes: number, invocations: number): Promise<Throughput> {
  const emulator = await startEmulator({
    functions: [{ name: 'trivial', entry, processes }],
    freeze: false,
    stopOnSignals: false,
  });
  try {
    const invoke = async (n: number) => void (await emulator.invoke('trivial', { n }));
    await inFlight(processes, Math.min(200, invocations), invoke);
    const started = performance.now();
    await inFlight(processes, invocations, invoke);
    const perSecond = (invocations * 1000) / (performance.now() - started);
    const latencyMs = await each(Math.min(200, invocations), invoke);
    const directMs = await each(10_000, async (n) => void (await handler({ n })));
    return { processes, perSecond, latencyMs, directMs };
  } finally {
    await emulator.stop();
  }
}

/** So many calls, `width` of them in flight at any time. */
async function inFlight(width: number, calls: number, call: (n: number) => Promise<void>): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next < calls) {
      next += 1;
      await call(next);
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** The median time of a call, one after another. */
async function each(calls: number, call: (n: number) => Promise<void>): Promise<number> {
  const times: number[] = [];
  for (let n = 0; n < calls; n += 1) {
    const started = performance.now();
    await call(n);
    times.push(performance.now() - started);
  }
  return median(times);
}
