import { addSample, addSet, type BucketTable } from './buckets/bucket-table.ts';
import { evictOldest } from './evict.ts';
import { type MetricDatum, type Refusal, refusalOf } from './metric-datum.ts';
import { entryOf, type MetricIndex, type Stream, streamOf, tableOf } from './metric-index.ts';
import { bucketOf, cutoffOf, TIERS } from './retention.ts';
import { rollUp } from './roll-up.ts';

/** What a store holds and knows. */
export type StoreState = {
  readonly index: MetricIndex;
  readonly maxBytes: number;
  /** Milliseconds since 1970, never backwards; `-Infinity` before the first. */
  now: number;
  /** Samples of before this time are too old for buckets of a second. Seconds since 1970. */
  secondsFrom: number;
  /** Buckets forgotten to stay within `maxBytes`. */
  evictedBuckets: number;
};

const HOUR_MS = 3_600_000;

/** Moves the clock on, and rolls up at every full hour. */
export function advanceTo(state: StoreState, now: number): void {
  if (!(now > state.now)) return;
  const sameHour = Math.floor(now / HOUR_MS) === Math.floor(state.now / HOUR_MS);
  state.now = now;
  if (sameHour) return;
  state.secondsFrom = cutoffOf(TIERS[0], now / 1000);
  rollUp(state.index, now / 1000);
}

export function addDatum(state: StoreState, datum: MetricDatum, index: number): Refusal | undefined {
  const refusal = refusalOf(datum, index, state.now);
  if (refusal) return refusal;
  const entry = entryOf(state.index, datum);
  const stream = streamOf(entry, datum.unit);
  const seconds = Math.floor(datum.timestamp / 1000);
  const table = tableFor(state, stream, datum.resolution, seconds);
  const stamp = bucketOf(seconds, table.bucketSeconds);
  if ('statistics' in datum) addStatistics(table, stamp, datum.statistics);
  else addValues(table, stamp, datum.values, datum.counts);
  if (seconds > entry.newest) entry.newest = seconds;
  keepWithin(state);
  return undefined;
}

// Adding 0 to a value makes one zero of the two there are, of which JSON knows but one.
function addValues(table: BucketTable, stamp: number, values: readonly number[], counts?: readonly number[]): void {
  for (const [at, value] of values.entries()) addSample(table, stamp, value + 0, counts?.[at] ?? 1);
}

/** Forgets the oldest data once there is too much. */
export function keepWithin(state: StoreState): void {
  if (state.index.meter.bytes > state.maxBytes) state.evictedBuckets += evictOldest(state.index, state.maxBytes);
}

/** Where samples of a time belong: high-resolution ones in seconds, as long as those are kept. */
export function tableFor(state: StoreState, stream: Stream, resolution: 1 | 60, seconds: number): BucketTable {
  return tableOf(state.index, stream, resolution === 1 && seconds >= state.secondsFrom ? 1 : 60);
}

/** A statistic set of equal samples is as good as those samples (user guide, "Requirements to use percentiles…"). */
function addStatistics(table: BucketTable, stamp: number, { sampleCount, sum, minimum, maximum }: MetricSet): void {
  if (minimum === maximum && sum === minimum * sampleCount) addSample(table, stamp, minimum + 0, sampleCount);
  else addSet(table, stamp, { sampleCount, sum: sum + 0, minimum: minimum + 0, maximum: maximum + 0 });
}

type MetricSet = Extract<MetricDatum, { statistics: unknown }>['statistics'];
