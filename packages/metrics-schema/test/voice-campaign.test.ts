import { defineMetrics, type Emitted, unaccountedCalls, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, expectTypeOf, it } from 'vitest';

describe('voiceCampaign', () => {
  it('is a contract that defineMetrics accepts as it is', () => {
    expect(defineMetrics(voiceCampaign)).toEqual(voiceCampaign);
  });

  it('keeps what each emitter emits in its type', () => {
    expectTypeOf<Emitted<typeof voiceCampaign, 'sms-worker'>>().toEqualTypeOf<'SmsSent' | 'SmsCostUsd'>();
    expectTypeOf<Emitted<typeof voiceCampaign, 'dispatcher', 'counter'>>().toEqualTypeOf<never>();
  });
});

describe('unaccountedCalls', () => {
  it('is zero when every call has exactly one outcome', () => {
    const sums = { TotalCalls: 10, AnsweredCalls: 4, BusyCalls: 3, NoAnswerCalls: 2, FailedCalls: 1 };
    expect(unaccountedCalls(sums)).toBe(0);
    expect(unaccountedCalls({ ...sums, BusyCalls: 1 })).toBe(2);
  });
});
