import {
  type Contract,
  ContractError,
  type DimensionArguments,
  defineMetrics,
  type Emitted,
  type EmitterName,
  type MetricValue,
  milliseconds,
  type PropertyValue,
  quantity,
  seconds,
} from '@voice-campaign/metrics-schema';
import { describe, expect, expectTypeOf, it } from 'vitest';

const calls = { kind: 'counter', unit: 'Count', description: 'Calls' } as const;

const contract = defineMetrics({
  namespace: 'voice/test',
  metrics: {
    Calls: calls,
    Prompts: { ...calls, dimensions: [[], ['Provider'], ['Provider', 'CampaignId']] },
    Level: { kind: 'gauge', unit: 'Count', description: 'Level', resolution: 1 },
    Latency: { kind: 'distribution', unit: 'Milliseconds', description: 'Latency' },
  },
  dimensions: { Provider: { values: ['polly', 'recorded'] }, CampaignId: { maxValues: 20 } },
  emitters: {
    worker: { kind: 'handler', emits: ['Calls', 'Prompts', 'Latency'] },
    simulator: { kind: 'process', emits: ['Level'] },
  },
  properties: { callId: { type: 'string', description: 'Call' }, attempt: { type: 'number', description: 'Attempt' } },
  rates: { Share: { numerator: 'Prompts', denominator: 'Calls', scale: 'ratio', description: 'Prompts a call' } },
});
type C = typeof contract;

describe('what defineMetrics returns', () => {
  it('is the definition as plain data, with the blocks that were left out', () => {
    const definition = {
      metrics: { Calls: calls },
      emitters: { worker: { kind: 'handler', emits: ['Calls'] } },
    } as const;
    expect(defineMetrics(definition)).toEqual({ ...definition, dimensions: {}, properties: {}, rates: {} });
  });

  it('is a Contract, and keeps every literal', () => {
    expectTypeOf<C>().toExtend<Contract>();
    expectTypeOf<C['metrics']['Level']['resolution']>().toEqualTypeOf<1>();
    expectTypeOf<C['dimensions']['Provider']['values']>().toEqualTypeOf<readonly ['polly', 'recorded']>();
    expectTypeOf<C['rates']['Share']['numerator']>().toEqualTypeOf<'Prompts'>();
  });

  it('says who emits what, by kind', () => {
    expectTypeOf<EmitterName<C>>().toEqualTypeOf<'worker' | 'simulator'>();
    expectTypeOf<EmitterName<C, 'process'>>().toEqualTypeOf<'simulator'>();
    expectTypeOf<Emitted<C, 'worker'>>().toEqualTypeOf<'Calls' | 'Prompts' | 'Latency'>();
    expectTypeOf<Emitted<C, 'worker', 'counter'>>().toEqualTypeOf<'Calls' | 'Prompts'>();
    expectTypeOf<Emitted<C, 'simulator', 'counter'>>().toEqualTypeOf<never>();
  });

  it('says what a call takes', () => {
    expectTypeOf<DimensionArguments<C, 'Calls'>>().toEqualTypeOf<[]>();
    expectTypeOf<DimensionArguments<C, 'Prompts'>>().toEqualTypeOf<
      [dimensions: { readonly Provider: 'polly' | 'recorded'; readonly CampaignId: string }]
    >();
    expectTypeOf<PropertyValue<C, 'attempt'>>().toEqualTypeOf<number>();
  });
});

describe('the compiler', () => {
  it('refuses a quantity of another unit', () => {
    const latency: MetricValue<C, 'Latency'>[] = [250, milliseconds(250), quantity(250, 'Milliseconds')];
    // @ts-expect-error: Latency is in Milliseconds
    latency.push(seconds(3));
    // @ts-expect-error: Latency is in Milliseconds
    latency.push(quantity(3, 'None'));
    expect(latency).toHaveLength(5);
  });

  it('refuses a missing, an unknown and a misspelt dimension', () => {
    const given: DimensionArguments<C, 'Prompts'>[] = [[{ Provider: 'polly', CampaignId: 'spring' }]];
    // @ts-expect-error: CampaignId is missing
    given.push([{ Provider: 'polly' }]);
    // @ts-expect-error: no such dimension
    given.push([{ Provider: 'polly', CampaignId: 'spring', Carrier: 'north' }]);
    // @ts-expect-error: no such value
    given.push([{ Provider: 'poly', CampaignId: 'spring' }]);
    // @ts-expect-error: Calls has no dimensions
    const none: DimensionArguments<C, 'Calls'> = [{ Provider: 'polly' }];
    expect([given.length, none.length]).toEqual([4, 1]);
  });

  it('refuses an emitter of an unknown metric', () => {
    const metrics = { Calls: calls } as const;
    const worker = { kind: 'handler', emits: ['Calls', 'Nope'] } as const;
    // @ts-expect-error: no such metric
    expect(() => defineMetrics({ metrics, emitters: { worker } })).toThrow(ContractError);
  });

  it('refuses a set with an unknown dimension', () => {
    const emitters = { worker: { kind: 'handler', emits: ['Calls'] } } as const;
    const dimensions = { Provider: { values: ['polly'] } } as const;
    const nope = { Calls: { ...calls, dimensions: [['Nope']] } } as const;
    // @ts-expect-error: no such dimension
    expect(() => defineMetrics({ metrics: nope, dimensions, emitters })).toThrow(ContractError);
    const provider = { Calls: { ...calls, dimensions: [['Provider']] } } as const;
    expect(defineMetrics({ metrics: provider, dimensions, emitters }).metrics).toEqual(provider);
    // @ts-expect-error: no dimension is declared
    expect(() => defineMetrics({ metrics: provider, emitters })).toThrow(ContractError);
  });

  it('refuses a rate over an unknown metric, a gauge, or a metric that nobody emits', () => {
    const metrics = { Calls: calls, Idle: calls, Level: { ...calls, kind: 'gauge' } } as const;
    const emitters = { worker: { kind: 'handler', emits: ['Calls', 'Level'] } } as const;
    const rate = { denominator: 'Calls', scale: 'ratio', description: 'r' } as const;
    // @ts-expect-error: no such metric
    expect(() => defineMetrics({ metrics, emitters, rates: { R: { ...rate, numerator: 'Nope' } } })).toThrow();
    // @ts-expect-error: a gauge
    expect(() => defineMetrics({ metrics, emitters, rates: { R: { ...rate, numerator: 'Level' } } })).toThrow();
    // @ts-expect-error: nobody emits it
    expect(() => defineMetrics({ metrics, emitters, rates: { R: { ...rate, numerator: 'Idle' } } })).toThrow();
  });

  it('refuses an unknown kind, unit and resolution', () => {
    const emitters = { worker: { kind: 'handler', emits: ['Calls'] } } as const;
    // @ts-expect-error: no such kind
    expect(() => defineMetrics({ metrics: { Calls: { ...calls, kind: 'timer' } }, emitters })).toThrow();
    // @ts-expect-error: no such unit
    expect(() => defineMetrics({ metrics: { Calls: { ...calls, unit: 'Euro' } }, emitters })).toThrow();
    // @ts-expect-error: 1 or 60
    expect(() => defineMetrics({ metrics: { Calls: { ...calls, resolution: 10 } }, emitters })).toThrow();
  });
});
