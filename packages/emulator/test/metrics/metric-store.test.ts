import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetricStore, type MetricDatum } from '../../src/metrics/metric-store.ts';

const datum = (values: number[], dimensions: Record<string, string> = {}, counts?: number[]): MetricDatum => ({
  namespace: 'voice/test',
  name: 'Latency',
  dimensions,
  unit: 'Milliseconds',
  resolution: 60,
  timestamp: 0,
  values,
  ...(counts === undefined ? {} : { counts }),
});
const origin = { source: 'test', properties: { callId: 'c-1' } };

describe('a metric store', () => {
  it('keeps each dimension set apart, in whatever order its names come', () => {
    const store = createMetricStore();
    store.add([datum([1]), datum([2], { a: '1', b: '2' }), datum([4], { b: '2', a: '1' })], origin);
    expect(store.total('voice/test', 'Latency').sum).toBe(1);
    expect(store.total('voice/test', 'Latency', { a: '1', b: '2' }).sum).toBe(6);
    expect(store.series()).toHaveLength(2);
  });

  it('has zero and no minimum for a series that nobody wrote', () => {
    expect(createMetricStore().total('voice/test', 'Nothing')).toEqual({ sum: 0, count: 0 });
  });

  it('gives samples with the properties of their document', () => {
    const store = createMetricStore();
    store.add([datum([5, 6], {}, [2, 1])], origin);
    expect(store.samples({ namespace: 'voice/test', name: 'Latency', dimensions: {} })).toMatchObject([
      { value: 5, count: 2, properties: { callId: 'c-1' }, source: 'test' },
      { value: 6, count: 1 },
    ]);
    expect(store.samples({ dimensions: { a: '1' } })).toEqual([]);
  });

  it('drops the oldest samples beyond its limit, says how many, and keeps the totals', () => {
    const store = createMetricStore({ sampleLimit: 10 });
    for (let index = 0; index < 3000; index += 1) store.add([datum([1])], origin);
    expect(store.samples().length + store.droppedSamples()).toBe(3000);
    expect(store.samples().length).toBeLessThanOrEqual(10 + 1000);
    expect(store.total('voice/test', 'Latency').count).toBe(3000);
  });

  it('adds up to the same totals in whatever order and grouping samples come', () => {
    const batches = fc.array(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 1, maxLength: 5 }), {
      minLength: 1,
    });
    fc.assert(
      fc.property(batches, (groups) => {
        const grouped = createMetricStore();
        for (const values of groups) grouped.add([datum(values)], origin);
        const single = createMetricStore();
        for (const value of groups.flat().reverse()) single.add([datum([value])], origin);
        expect(grouped.total('voice/test', 'Latency')).toEqual(single.total('voice/test', 'Latency'));
      }),
    );
  });
});
