import { defineMetrics } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';

const calls = { kind: 'counter', unit: 'Count', description: 'calls' } as const;

it('fills in the blocks that were left out', () => {
  expect(
    defineMetrics({ metrics: { Calls: calls }, emitters: { worker: { kind: 'handler', emits: ['Calls'] } } }),
  ).toEqual({
    metrics: { Calls: calls },
    dimensions: {},
    emitters: { worker: { kind: 'handler', emits: ['Calls'] } },
    properties: {},
    rates: {},
  });
});

it('refuses an unknown metric at compile time', () => {
  defineMetrics({
    metrics: { Calls: calls, Level: { kind: 'gauge', unit: 'Count', description: 'l' }, Unemitted: calls },
    // @ts-expect-error: no such metric
    emitters: { worker: { kind: 'handler', emits: ['Calls', 'Nope'] } },
  });
  defineMetrics({
    metrics: { Calls: calls, Level: { kind: 'gauge', unit: 'Count', description: 'l' }, Unemitted: calls },
    emitters: { worker: { kind: 'handler', emits: ['Calls', 'Level'] } },
    rates: {
      // @ts-expect-error: a gauge
      A: { numerator: 'Level', denominator: 'Calls', scale: 'percent', description: 'a' },
    },
  });
  defineMetrics({
    // @ts-expect-error: no such dimension
    metrics: { Calls: { ...calls, dimensions: [[], ['Nope']] } },
    dimensions: { Provider: { values: ['a'] } },
    emitters: { worker: { kind: 'handler', emits: ['Calls'] } },
  });
});
