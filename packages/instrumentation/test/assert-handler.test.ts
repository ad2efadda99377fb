import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instrument } from '../src/index.ts';
import { instrumentation } from '../src/middy.ts';
import { fakeContext } from '../src/testing.ts';
import { watched } from './watched.ts';

const { default: middy } =
  process.env.MIDDY === '7'
    ? ((await import('@middy/core-7')) as unknown as typeof import('@middy/core'))
    : await import('@middy/core');

it('refuses a handler that takes a callback, when it is declared', () => {
  const handler = (_event: object, _context: object, done: (error: null, value: string) => void) => done(null, 'ok');
  // @ts-expect-error: a handler takes an event and tools
  expect(() => instrument(voiceCampaign, 'dialer-worker', handler)).toThrow(/Callbacks are not supported.*promise/);
});

it('refuses what is no handler', () => {
  // @ts-expect-error: an import that is not there
  expect(() => instrument(voiceCampaign, 'dialer-worker', undefined)).toThrow('A handler is a function');
});

it('refuses to be called without a context', async () => {
  const handler = instrument(voiceCampaign, 'dialer-worker', () => {});
  // @ts-expect-error: the context is missing
  await expect(handler({})).rejects.toThrow('is called with (event, context)');
});

describe('a streamed response', () => {
  let emulator: Emulator;
  const entry = fileURLToPath(new URL('./streaming-worker.ts', import.meta.url));

  beforeAll(async () => {
    emulator = await startEmulator({
      functions: [
        { name: 'around', entry, handler: 'around' },
        { name: 'refusal', entry, handler: 'refusal' },
      ],
      environment: { POWERTOOLS_METRICS_NAMESPACE: 'voice-campaign/test' },
      conditions: ['@voice-campaign/source'],
    });
  });
  afterAll(() => emulator.stop());

  it('is refused inside, when the handler is declared', async () => {
    const { payload } = await emulator.invoke('refusal', {});
    expect(payload).toContain('Streamed responses are not supported');
  });

  it('is refused around, with the reason', async () => {
    const result = await emulator.invoke('around', {});
    expect(result.functionError).toBeDefined();
    expect(result.payload).toContain('not to stream');
  });

  it('is reported under Middy, which shows it only when it is made', async () => {
    const { issues, options } = watched();
    const handler = middy(async () => ({ statusCode: 200, body: Readable.from('done') })).use(
      instrumentation(voiceCampaign, 'api-handler', options),
    );
    await handler({}, fakeContext());
    expect(issues).toMatchObject([{ code: 'streamed-response' }]);
  });
});
