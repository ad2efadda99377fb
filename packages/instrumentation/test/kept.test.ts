import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import middy from '@middy/core';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument, observe } from '../src/index.ts';
import { instrumentation } from '../src/middy.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

const { metrics, trace } = observe(voiceCampaign, 'dialer-worker');
const { traceHeader = '' } = memorySink();
const options = { sink: { write() {}, send() {}, traceHeader }, namespace: 'voice-campaign/test' };
const work = async (): Promise<void> => {
  metrics.add('TotalCalls', 1);
  await trace.span('dial', () => Promise.resolve());
};
const wrapped = instrument(voiceCampaign, 'dialer-worker', work, options);
const underMiddy = middy(work).use(instrumentation(voiceCampaign, 'dialer-worker', options));

it.each([
  ['wrapped', (event: object) => wrapped(event, fakeContext({ remainingMs: 60_000 }))],
  ['under Middy', (event: object) => underMiddy(event, fakeContext({ remainingMs: 60_000 }))],
])('a process keeps nothing of earlier invocations: %s', async (_how, handler) => {
  const events: WeakRef<object>[] = [];
  for (let n = 0; n < 50; n += 1) {
    const event = { n };
    events.push(new WeakRef(event));
    await handler(event);
    // What a WeakRef gave, or was made of, lives until the end of the turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  collectGarbage();
  expect(events.filter((event) => event.deref()).length).toBeLessThan(5);
});
