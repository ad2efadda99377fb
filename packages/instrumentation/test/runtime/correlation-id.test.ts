import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument } from '../../src/index.ts';
import { correlationIdOf } from '../../src/runtime/correlation-id.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

it.each([
  [{ headers: { 'X-Correlation-Id': 'c-1' }, requestContext: { requestId: 'r-1' } }, 'c-1'],
  [{ headers: null, requestContext: { requestId: 'r-1' } }, 'r-1'],
  [{ id: 'e-1', 'detail-type': 'Scheduled Event' }, 'e-1'],
  [{ id: 'not an EventBridge event' }, undefined],
  [{ headers: { 'x-correlation-id': 7 } }, undefined],
  [undefined, undefined],
])('reads %j as %s', (event, id) => {
  expect(correlationIdOf(event)).toBe(id);
});

it('stands in every log line', async () => {
  const sink = memorySink();
  const handler = instrument(voiceCampaign, 'api-handler', (_event: object, { log }) => log.info('opted out'), {
    sink,
    namespace: 'voice-campaign/test',
  });
  await handler({ requestContext: { requestId: 'r-1' } }, fakeContext());
  expect(sink.logs()).toMatchObject([{ message: 'opted out', correlation_id: 'r-1' }]);
});
