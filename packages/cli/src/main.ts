import { runCommand } from './run-command.ts';

/** Asked for only by what serves until it is told to end. */
const signalled = (): AbortSignal => {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => stop.abort());
  return stop.signal;
};
const streams = {
  out: (text: string) => void process.stdout.write(text),
  err: (text: string) => void process.stderr.write(text),
};
process.exitCode = await runCommand(process.argv.slice(2), streams, signalled);
