const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Calls `stop` at the first signal that would end the process, and lets the signal do its work after that. A second
 * signal ends the process at once. Gives back the way to undo it.
 */
export const stopOnSignals = (stop: () => Promise<void>): (() => void) => {
  const undo = (): void => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  const onSignal = (signal: NodeJS.Signals): void => {
    undo();
    void stop().finally(() => process.kill(process.pid, signal));
  };
  for (const signal of signals) process.on(signal, onSignal);
  return undo;
};
