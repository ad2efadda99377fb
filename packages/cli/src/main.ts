import { runCommand } from './run-command.ts';

// Which Node the SDK will want some day is nothing that a caller of this command can change.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

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
