import { type Emitted, extendMetrics, type MetricName, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, expectTypeOf, it } from 'vitest';

const own = extendMetrics(voiceCampaign, {
  metrics: {
    VoicemailsLeft: { kind: 'counter', unit: 'Count', description: 'Messages left', dimensions: [[], ['Carrier']] },
    DialLatency: { kind: 'distribution', unit: 'Milliseconds', description: 'Dial to ring' },
  },
  dimensions: { Carrier: { values: ['north', 'south'] } },
  emitters: {
    'dialer-worker': { emits: ['VoicemailsLeft', 'DialLatency'] },
    auditor: { kind: 'process', emits: ['TotalCalls'] },
  },
  properties: { voicemailId: { type: 'string', description: 'Recording' } },
  rates: {
    VoicemailRate: { numerator: 'VoicemailsLeft', denominator: 'TotalCalls', scale: 'percent', description: 'v' },
  },
});

describe('extendMetrics', () => {
  it('adds to what an emitter of the base emits', () => {
    expect(own.emitters['dialer-worker']).toEqual({
      kind: 'handler',
      emits: [...voiceCampaign.emitters['dialer-worker'].emits, 'VoicemailsLeft', 'DialLatency'],
    });
    expectTypeOf<Emitted<typeof own, 'dialer-worker', 'distribution'>>().toEqualTypeOf<'DialLatency'>();
    expectTypeOf<Emitted<typeof own, 'auditor'>>().toEqualTypeOf<'TotalCalls'>();
    expectTypeOf<Emitted<typeof own, 'sms-worker'>>().toEqualTypeOf<'SmsSent' | 'SmsCostUsd'>();
    expectTypeOf<MetricName<typeof own>>().toEqualTypeOf<
      MetricName<typeof voiceCampaign> | 'VoicemailsLeft' | 'DialLatency'
    >();
  });
});
