import { startEmulator } from '../src/core/start-emulator.ts';

/** An emulator with a function at work, which passes on what the function says and waits to be interrupted. */
const emulator = await startEmulator({
  functions: [{ name: 'waits', entry: new URL('./handlers/waits.ts', import.meta.url).pathname, timeoutMs: 600_000 }],
  log: ({ source, message }) => {
    if (source === 'stdout') process.stdout.write(`${message}\n`);
  },
});
const { error } = await emulator.invoke('waits', {});
process.stdout.write(`${error?.errorType}\n`);
