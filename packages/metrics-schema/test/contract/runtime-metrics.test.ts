import { type Emitted, extendMetrics, runtimeMetrics, seriesOf, voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, expectTypeOf, it } from 'vitest';

const contract = extendMetrics(voiceCampaign, runtimeMetrics('dialer-worker', 'sms-worker'));

it('declares what the instrumentation counts of itself for the handlers that ask for it', () => {
  expectTypeOf<'ColdStarts'>().toExtend<Emitted<typeof contract, 'sms-worker', 'counter'>>();
  expectTypeOf<Emitted<typeof contract, 'dispatcher'>>().toEqualTypeOf<Emitted<typeof voiceCampaign, 'dispatcher'>>();
  expect(contract.emitters['sms-worker'].emits).toContain('RecordFailures');
  expect(contract.emitters.dispatcher).toEqual(voiceCampaign.emitters.dispatcher);
});

it('counts a series for each function in what the contract may cost', () => {
  const own = seriesOf(contract).filter(({ metric }) => metric === 'Records');
  expect(own).toContainEqual({ metric: 'Records', dimensions: ['FunctionName'], maxSeries: 2 });
});

it('does not repeat what AWS/Lambda publishes', () => {
  const names = Object.keys(runtimeMetrics('dialer-worker').metrics);
  expect(names).not.toContain('Duration');
  expect(names).not.toContain('Errors');
  expect(names).not.toContain('Invocations');
});

it('refuses a handler that the contract does not have', () => {
  // @ts-expect-error: the kind of a new emitter is missing
  expect(() => extendMetrics(voiceCampaign, runtimeMetrics('dailer-worker'))).toThrow('emitters.dailer-worker.kind');
});
