import type { MetricDefinition } from '@voice-campaign/metrics-schema';
import { MAX_VALUE } from '../metrics/samples.ts';

type DimensionSet = readonly (readonly [name: string, value: string])[];

type Series = {
  readonly metric: string;
  readonly unit: MetricDefinition['unit'];
  readonly resolution: 1 | 60;
  readonly dimensions: DimensionSet;
  /** Epoch milliseconds, at the start of the period. */
  readonly timestamp: number;
};

/** What one series got in one period: each distinct value with how often. */
export type Point = Series & { readonly counts: ReadonlyMap<number, number> };

type Bucket = Series & { readonly counts: Map<number, number> };
type Level = Series & { readonly seconds: Map<number, number> };

type Sample = {
  readonly name: string;
  readonly metric: MetricDefinition;
  readonly value: number;
  readonly dimensions: DimensionSet;
  /** Epoch milliseconds. */
  readonly at: number;
};

export type Accumulator = {
  /** False where the sum of a counter would leave the range that CloudWatch takes: the sample is not added. */
  add(sample: Sample): boolean;
  /** Takes out what was added, oldest first; of gauges only what was set before the second that `before` lies in. */
  take(before: number): readonly Point[];
};

/**
 * Counters are summed per period of their resolution; of a gauge the last value of each second is kept; of a
 * distribution every value.
 */
export function accumulate(): Accumulator {
  const buckets = new Map<string, Bucket>();
  const levels = new Map<string, Level>();
  return {
    add({ name, metric, value, dimensions, at }) {
      const { kind, unit, resolution = 60 } = metric;
      const timestamp = at - (at % (resolution * 1000));
      const key = JSON.stringify([name, timestamp, dimensions]);
      const series = { metric: name, unit, resolution, dimensions, timestamp };
      if (kind === 'gauge') {
        entry(levels, key, () => ({ ...series, seconds: new Map() })).seconds.set(secondOf(at), value);
        return true;
      }
      const { counts } = entry(buckets, key, () => ({ ...series, counts: new Map() }));
      return kind === 'counter' ? addToSum(counts, value) : addToCounts(counts, value);
    },
    take(before) {
      const points = [...buckets.values(), ...takeLevels(levels, secondOf(before))];
      buckets.clear();
      return points.filter(({ counts }) => counts.size > 0).sort((a, b) => a.timestamp - b.timestamp);
    },
  };
}

function secondOf(at: number): number {
  return Math.floor(at / 1000);
}

function entry<V>(map: Map<string, V>, key: string, create: () => V): V {
  const value = map.get(key) ?? create();
  map.set(key, value);
  return value;
}

function addToSum(counts: Map<number, number>, value: number): boolean {
  const [sum = 0] = counts.keys();
  if (Math.abs(sum + value) > MAX_VALUE) return false;
  counts.clear();
  counts.set(sum + value, 1);
  return true;
}

function addToCounts(counts: Map<number, number>, value: number): boolean {
  counts.set(value, (counts.get(value) ?? 0) + 1);
  return true;
}

/** A second is final once it is over: until then a later value may replace it. */
function takeLevels(levels: Map<string, Level>, current: number): Point[] {
  const points: Point[] = [];
  for (const [key, { seconds, ...series }] of levels) {
    const counts = new Map<number, number>();
    for (const [second, value] of seconds) {
      if (second >= current) continue;
      seconds.delete(second);
      addToCounts(counts, value);
    }
    points.push({ ...series, counts });
    if (seconds.size === 0) levels.delete(key);
  }
  return points;
}
