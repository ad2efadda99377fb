import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { afterEach, expect, it } from 'vitest';

const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
const NAMESPACE = 'voice-campaign/faults';
const running: Emulator[] = [];

afterEach(async () => {
  for (const emulator of running.splice(0)) await emulator.stop();
});

async function start(lifecycle?: (emulator: Emulator) => void): Promise<Emulator> {
  const emulator = await startEmulator({
    functions: [
      { name: 'worker', entry, timeoutMs: 1000, processes: 1 },
      { name: 'write-through', entry, handler: 'writeThrough', timeoutMs: 1000, processes: 1 },
      { name: 'thresholds', entry, handler: 'thresholds', timeoutMs: 1000, processes: 1 },
      { name: 'announced', entry, handler: 'announced', timeoutMs: 1000, processes: 1 },
    ],
    environment: { POWERTOOLS_METRICS_NAMESPACE: NAMESPACE },
    conditions: ['@voice-campaign/source'],
    log: ({ message }) => message.includes('"TotalCalls"') && lifecycle?.(emulator),
  });
  running.push(emulator);
  return emulator;
}

const calls = (emulator: Emulator) => emulator.metrics.total(NAMESPACE, 'TotalCalls').sum;

const documents = (emulator: Emulator) => emulator.traces.list().flatMap(({ documents }) => documents);

/** The handler's subsegments as the daemon got them, children by name. */
function handlerSpans(emulator: Emulator) {
  return documents(emulator)
    .filter(({ name }) => name.startsWith('## '))
    .map(({ subsegments = [], ...span }) => ({ ...span, children: subsegments.map(({ name }) => name) }));
}

it('has everything out after an invocation that went well', async () => {
  const emulator = await start();
  await emulator.invoke('worker', { fault: 'none' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(calls(emulator)).toBe(10);
  expect(handlerSpans(emulator)).toMatchObject([{ children: ['closed child'] }]);
});

it('keeps the metrics when the process is killed as soon as they are seen', async () => {
  const emulator = await start((started) => started.lambda.kill('worker'));
  await emulator.invoke('worker', { fault: 'none' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(calls(emulator)).toBe(10);
});

it('sends the handler and all its children when it throws while a child is open', async () => {
  const emulator = await start();
  const result = await emulator.invoke('worker', { fault: 'throw' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(result.functionError).toBe('Unhandled');
  expect(calls(emulator)).toBe(10);
  expect(handlerSpans(emulator)).toMatchObject([{ fault: true, children: ['closed child', 'open child'] }]);
});

it('writes metrics and open spans before a timeout', async () => {
  const emulator = await start();
  const result = await emulator.invoke('worker', { fault: 'timeout' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(result.timedOut).toBe(true);
  expect(calls(emulator)).toBe(10);
  expect(handlerSpans(emulator)).toMatchObject([{ in_progress: true, children: ['closed child', 'open child'] }]);
});

it('keeps what was written before a blocked event loop, which is all of it with writeThrough', async () => {
  const emulator = await start();
  await emulator.invoke('worker', { fault: 'busy loop' });
  expect(calls(emulator)).toBe(0);
  await emulator.invoke('write-through', { fault: 'busy loop' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(calls(emulator)).toBe(10);
  const [announced, ...others] = handlerSpans(emulator);
  expect(others).toEqual([]);
  expect(announced).toMatchObject({ in_progress: true, children: [] });
  const child = expect.objectContaining({ name: 'closed child', type: 'subsegment', parent_id: announced?.id });
  expect(documents(emulator)).toContainEqual(child);
});

it('keeps what was written at the last threshold before a blocked event loop', async () => {
  const emulator = await start();
  await emulator.invoke('thresholds', { fault: 'busy loop of many' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(calls(emulator)).toBe(10);
  // 10 calls were one sample, the closed child a span: 98 attempts made the first hundred.
  expect(emulator.metrics.total(NAMESPACE, 'DialAttempts').sum).toBe(198);
});

it('has announced the handler of a process that is killed, where it was asked to', async () => {
  const emulator = await start();
  await emulator.invoke('announced', { fault: 'busy loop' });
  await emulator.idle({ timeoutMs: 5000 });
  expect(handlerSpans(emulator)).toMatchObject([{ in_progress: true, children: [] }]);
});
