import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { MetricDatum } from '../../../src/index.ts';
import { evictOldest } from '../../../src/series/store/evict.ts';
import { createMetricIndex, type MetricIndex } from '../../../src/series/store/metric-index.ts';
import { takeSnapshot } from '../../../src/series/store/snapshot.ts';
import { addDatum, type StoreState } from '../../../src/series/store/store-state.ts';
import { data, datum, NOW } from './model.ts';

const MINUTE = 60_000;

function indexOf(all: Iterable<MetricDatum>): MetricIndex {
  const index = createMetricIndex();
  const times = { now: NOW, secondsFrom: Number.NEGATIVE_INFINITY };
  const state: StoreState = { index, maxBytes: Number.POSITIVE_INFINITY, ...times, evictedBuckets: 0 };
  const refused = [...all].filter((each) => addDatum(state, each, 0) !== undefined);
  expect(refused).toEqual([]);
  return index;
}

type Bucket = { readonly key: string; readonly stamp: number };

function bucketsOf(index: MetricIndex): readonly Bucket[] {
  return [...takeSnapshot(index, NOW)].flatMap(({ metric, series }) =>
    series.flatMap(({ unit, bucketSeconds, stamps }) =>
      stamps.map((stamp) => ({ key: `${metric.name} ${unit} ${bucketSeconds} ${stamp}`, stamp })),
    ),
  );
}

function* grid(metrics: number, minutes: number, values: readonly number[]): Iterable<MetricDatum> {
  for (let minute = 0; minute < minutes; minute += 1) {
    for (let metric = 0; metric < metrics; metric += 1) {
      yield datum(NOW - minute * MINUTE, values, { dimensions: { d: `v${metric}` } });
    }
  }
}

function* scattered(metrics: number): Iterable<MetricDatum> {
  for (let metric = 0; metric < metrics; metric += 1) {
    yield datum(NOW - (metric % 100) * MINUTE, [metric], { dimensions: { d: `v${metric}` } });
  }
}

function* sets(metrics: number, minutes: number): Iterable<MetricDatum> {
  const statistics = { sampleCount: 2, sum: 4, minimum: 1, maximum: 3 };
  for (const { values: _, ...rest } of grid(metrics, minutes, [1]) as Iterable<MetricDatum & { values: unknown }>) {
    yield { ...rest, statistics } as MetricDatum;
  }
}

describe('what is kept of too much', () => {
  it.each([
    ['many metrics of a sample each', scattered(2000)],
    ['many metrics of one minute', grid(2000, 1, [1])],
    ['one metric of many samples', grid(1, 10_000, [1, 2, 3])],
    ['a few metrics of many samples', grid(7, 1000, [1])],
    ['as many of both', grid(100, 100, [1])],
    ['statistic sets', sets(20, 100)],
  ])('is about three quarters, of %s', (_, all) => {
    const index = indexOf(all);
    const before = bucketsOf(index).length;
    const { bytes } = index.meter;
    const forgotten = evictOldest(index, bytes);
    expect(index.meter.bytes / bytes).toBeLessThanOrEqual(0.75);
    expect(index.meter.bytes / bytes).toBeGreaterThan(0.73);
    expect(bucketsOf(index)).toHaveLength(before - forgotten);
  });

  it('is the newest, and counted to the byte, whatever there was', () => {
    const batch = fc.array(data, { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(batch, fc.integer({ min: 0, max: 40_000 }), (all, maxBytes) => {
        const index = indexOf(all);
        const before = bucketsOf(index);
        evictOldest(index, maxBytes);
        const kept = bucketsOf(index);
        expect(index.meter.bytes).toBeLessThanOrEqual(Math.max(0, 0.75 * maxBytes));
        const keys = new Set(kept.map(({ key }) => key));
        const gone = before.filter(({ key }) => !keys.has(key));
        const oldest = Math.min(...kept.map(({ stamp }) => stamp));
        for (const { stamp } of gone) expect(stamp).toBeLessThanOrEqual(oldest);
        evictOldest(index, 0);
        expect([index.meter.bytes, index.entries.size]).toEqual([0, 0]);
      }),
      { numRuns: 200 },
    );
  });

  it('has room for more of each metric before it is too much again', () => {
    const index = indexOf(grid(20, 500, [1]));
    const { bytes } = index.meter;
    evictOldest(index, bytes);
    const state: StoreState = { index, maxBytes: bytes, now: NOW, secondsFrom: 0, evictedBuckets: 0 };
    for (let minute = 1; minute <= 50; minute += 1) {
      for (let metric = 0; metric < 20; metric += 1) {
        addDatum(state, datum(NOW + minute * MINUTE, [1], { dimensions: { d: `v${metric}` } }), 0);
      }
    }
    expect(state.evictedBuckets).toBe(0);
  });
});
