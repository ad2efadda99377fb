import {
  type Contract,
  ContractError,
  defineMetrics,
  type Emitted,
  extendMetrics,
  type MetricName,
  voiceCampaign,
} from '@voice-campaign/metrics-schema';
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

  it('keeps the rest of the base, and passes as a contract of its own', () => {
    expectTypeOf(own).toExtend<Contract>();
    expect(own).toMatchObject({ namespace: voiceCampaign.namespace, rates: voiceCampaign.rates });
    expect(defineMetrics(own)).toEqual(own);
    expect(Object.keys(own.metrics)).toHaveLength(Object.keys(voiceCampaign.metrics).length + 2);
  });

  it('may be extended again, and may change the namespace', () => {
    const again = extendMetrics(own, { namespace: 'own/local', emitters: { auditor: { emits: ['FailedCalls'] } } });
    expect(again.emitters.auditor).toEqual({ kind: 'process', emits: ['TotalCalls', 'FailedCalls'] });
    expect(again.namespace).toBe('own/local');
  });

  it('refuses to redefine what the base has', () => {
    const busy = { kind: 'gauge', unit: 'Count', description: 'b' } as const;
    // @ts-expect-error: BusyCalls is in the base
    expect(() => extendMetrics(voiceCampaign, { metrics: { BusyCalls: busy } })).toThrow(
      'metrics.BusyCalls: is in the contract that is extended: choose another name',
    );
    // @ts-expect-error: Provider is in the base
    expect(() => extendMetrics(voiceCampaign, { dimensions: { Provider: { values: ['a'] } } })).toThrow(ContractError);
    expect(() => extendMetrics(voiceCampaign, { emitters: { asterisk: { kind: 'handler', emits: [] } } })).toThrow(
      'emitters.asterisk.kind: is a process in the contract that is extended',
    );
  });

  it('holds additions to the rules of defineMetrics', () => {
    // @ts-expect-error: no such metric
    expect(() => extendMetrics(voiceCampaign, { emitters: { dispatcher: { emits: ['Nope'] } } })).toThrow('"Nope"');
    expect(() => extendMetrics(voiceCampaign, { emitters: { asterisk: { emits: ['ActiveCalls'] } } })).toThrow(
      'emitters.asterisk.emits: [ActiveCalls] is there twice: drop one',
    );
    // @ts-expect-error: a new emitter needs its kind
    expect(() => extendMetrics(voiceCampaign, { emitters: { auditor: { emits: ['OptOuts'] } } })).toThrow(
      'emitters.auditor.kind',
    );
    const rate = { numerator: 'ActiveCalls', denominator: 'TotalCalls', scale: 'ratio', description: 'r' } as const;
    // @ts-expect-error: a gauge
    expect(() => extendMetrics(voiceCampaign, { rates: { Rate: rate } })).toThrow('ActiveCalls is a gauge');
  });

  it.each([
    [{ metrics: null }, 'metrics: is no object'],
    [{ metrics: { Calls: 7 } }, 'metrics.Calls: is no object'],
    [{ emitters: { asterisk: 7 } }, 'emitters.asterisk: is no object'],
    [{ emitters: { asterisk: { emits: 7 } } }, 'emitters.asterisk.emits[1]: is no text'],
    [{ metric: {} }, 'metric: means nothing here'],
  ])('reports %j as an issue, not as a TypeError', (addition, message) => {
    expect(() => extendMetrics(voiceCampaign, addition as never)).toThrow(message);
    expect(() => extendMetrics(voiceCampaign, addition as never)).toThrow(ContractError);
  });
});
