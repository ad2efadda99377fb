import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument } from '../../src/index.ts';
import { observeProcess } from '../../src/process.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

const throwing = (): never => {
  throw new Error('the application reports badly');
};
const rejecting = async (): Promise<void> => throwing();

/** What nobody handled: Node ends the process of it, Lambda the invocation. */
async function unhandledIn(run: () => Promise<unknown>): Promise<unknown[]> {
  const unhandled: unknown[] = [];
  const listeners = process.listeners('unhandledRejection');
  process.removeAllListeners('unhandledRejection').on('unhandledRejection', (reason) => unhandled.push(reason));
  await run();
  await new Promise((resolve) => setImmediate(resolve));
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
  return unhandled;
}

it.each([
  ['throws', throwing],
  ['rejects', rejecting],
])('an onError that %s fails neither a handler nor a process', async (_what, onError) => {
  const options = { sink: memorySink(), namespace: 'voice-campaign/test', onError };
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics }) => metrics.add('TotalCalls', Number.NaN),
    options,
  );
  const observed = observeProcess(voiceCampaign, 'asterisk', {
    client: { send: () => Promise.resolve() },
    namespace: 'voice-campaign/test',
    onError,
  });
  const unhandled = await unhandledIn(async () => {
    await handler({}, fakeContext());
    observed.metrics.set('ActiveCalls', Number.NaN);
    await observed.close();
  });
  expect(unhandled).toEqual([]);
});
