import type { EmulatorCore } from './emulator-core.ts';

type Warn = EmulatorCore['warn'];

/**
 * The core for what nobody waits for: platform metrics, lines of functions, traces by UDP and event sources. A change
 * that is refused, as on a full disk, is told, and nothing else ends by it.
 */
export const inBackground = (core: EmulatorCore): EmulatorCore => {
  const { warn, traces, logs, queues } = core;
  const record = guarded(warn, traces.record);
  const take = guarded(warn, queues.take);
  const remove = guarded(warn, queues.remove);
  return {
    ...core,
    addPlatform: guarded(warn, core.addPlatform),
    traces: { ...traces, record: (document) => record(document) ?? false },
    logs: { ...logs, addLine: guarded(warn, logs.addLine) },
    queues: {
      ...queues,
      // A message whose delivery cannot be written down comes back when its visibility timeout ends.
      take: (queue, max, fits) => take(queue, max, fits) ?? [],
      remove: (queue, receiptHandles) => remove(queue, receiptHandles) ?? [],
    },
  };
};

const guarded =
  <Args extends readonly unknown[], Result>(warn: Warn, run: (...args: Args) => Result) =>
  (...args: Args): Result | undefined => {
    try {
      return run(...args);
    } catch (error) {
      warn(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
