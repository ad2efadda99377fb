import '../src/vitest.ts';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument } from '../src/index.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

it('tells what a handler emitted, traced and logged, and what it did not', async () => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const sink = memorySink();
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics, trace, log }) => {
      metrics.add('TtsRequests', 2, { Provider: 'polly' });
      trace.span('dial', (span) => span.annotate('carrier', 'iberia'));
      log.info('dialled', { outcome: 'answered' });
    },
    { sink, namespace: 'voice-campaign/test' },
  );
  await handler({}, fakeContext());
  delete process.env._X_AMZN_TRACE_ID;

  expect(sink).toHaveEmitted('TtsRequests', 2, { Provider: 'polly' });
  expect(sink).toHaveEmitted('TtsRequests');
  expect(sink).not.toHaveEmitted('TotalCalls');
  expect(() => expect(sink).toHaveEmitted('TtsRequests', 3)).toThrow(/add up to 3/);
  expect(sink).toHaveTraced('dial', { annotations: { carrier: 'iberia' } });
  expect(() => expect(sink).toHaveTraced('dial', { fault: true })).toThrow(/a span dial/);
  expect(sink).toHaveLogged('dialled', { outcome: 'answered' });
  expect(sink).not.toHaveLogged('dialled', { outcome: 'busy' });

  expect(sink).toHaveEmitted('TtsRequests', expect.closeTo(2), { Provider: 'polly' });
  expect(sink).toHaveEmitted('TtsRequests', undefined, { Provider: 'polly' });
  expect(sink).not.toHaveEmitted('TtsRequests', undefined, { Provider: 'other' });
  expect(() => expect(sink).toHaveEmitted('TtsRequest', 2)).toThrow(/there is:\n.*"name":"TtsRequests"/);
  expect(sink).toHaveTraced('dial', { start_time: expect.any(Number) });
  expect(sink).toHaveLogged('dialled', { outcome: expect.stringContaining('answer') });
  expect(() => expect(sink).toHaveLogged('dialled', { outcome: expect.any(Number) })).toThrow(
    /"outcome":"Any<Number>"/,
  );
  expect(() => expect(memorySink()).toHaveLogged('dialled')).toThrow(/there is:\nnothing/);
});
