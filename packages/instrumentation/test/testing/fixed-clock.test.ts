import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument } from '../../src/index.ts';
import { countingIds, fakeContext, fixedClock, memorySink } from '../../src/testing.ts';

it('makes a test see the same times and ids each time', async () => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const sink = memorySink();
  const now = fixedClock(1_700_000_000_000);
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics, trace }) => {
      now.advance(250);
      trace.span('dial', () => now.advance(1000));
      metrics.add('TotalCalls', 1);
    },
    { sink, namespace: 'voice-campaign/test', now, newId: countingIds() },
  );
  await handler({}, fakeContext());
  delete process.env._X_AMZN_TRACE_ID;
  expect(sink.segments).toMatchObject([
    {
      id: '0000000000000001',
      start_time: 1_700_000_000,
      end_time: 1_700_000_001.25,
      subsegments: [{ id: '0000000000000002', start_time: 1_700_000_000.25, end_time: 1_700_000_001.25 }],
    },
  ]);
  expect(sink.datapoints()).toMatchObject([{ timestamp: 1_700_000_001_250 }]);
});
