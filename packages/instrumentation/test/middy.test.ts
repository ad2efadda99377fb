import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { observe } from '../src/index.ts';
import { instrumentation } from '../src/middy.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

// The matrix runs this with both versions that are supported; Middy 7 needs Node 22.
const { default: middy } =
  process.env.MIDDY === '7'
    ? ((await import('@middy/core-7')) as unknown as typeof import('@middy/core'))
    : await import('@middy/core');

const { metrics, log } = observe(voiceCampaign, 'api-handler');
const options = () => ({ sink: memorySink(), namespace: 'voice-campaign/test' });

it('writes the metrics of a handler under Middy', async () => {
  const { sink, ...more } = options();
  const handler = middy(async () => {
    metrics.add('OptOuts', 1);
    log.info('opted out', { phone: '+15551234567' });
    return 'ok';
  }).use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }));
  expect(await handler({}, fakeContext())).toBe('ok');
  expect(sink.total('OptOuts')).toBe(1);
  expect(sink.logs()).toMatchObject([{ message: 'opted out', service: 'api-handler', phone: '+1********67' }]);
});

it('writes them when the handler throws, and when a later middleware answers early', async () => {
  const { sink, ...more } = options();
  const failing = middy(async () => {
    metrics.add('OptOuts', 1);
    throw new Error('no store');
  }).use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }));
  await expect(failing({}, fakeContext())).rejects.toThrow('no store');
  const early = middy(async () => 'never')
    .use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }))
    .before(() => {
      metrics.add('OptOuts', 1);
      return 'early';
    });
  expect(await early({}, fakeContext())).toBe('early');
  expect(sink.total('OptOuts')).toBe(2);
});
