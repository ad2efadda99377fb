import { mergeSamples, type Samples, type StatisticSet, samplesOf } from '../../statistic/samples.ts';

/** A bucket that samples are being added to, in whatever order they come; sorting waits until there are many. */
export type OpenBucket = {
  /** Start of the bucket, seconds since 1970. */
  readonly stamp: number;
  values: number[];
  /** Absent while every value was seen once. */
  counts: number[] | undefined;
  settled: Samples | undefined;
  readonly sets: StatisticSet[];
};

/** The content of a bucket that takes no more: neither is absent or empty in both. */
export type BucketContent = {
  readonly stamp: number;
  readonly samples: Samples | undefined;
  readonly sets: readonly StatisticSet[];
};

const UNSORTED = 64;
const BYTES_OF_BUCKET = 300;

export function createOpenBucket(stamp: number): OpenBucket {
  return { stamp, values: [], counts: undefined, settled: undefined, sets: [] };
}

export function pushSample(bucket: OpenBucket, value: number, count: number): void {
  const { values } = bucket;
  if (count !== 1 && bucket.counts === undefined) bucket.counts = values.map(() => 1);
  values.push(value);
  if (bucket.counts !== undefined) bucket.counts.push(count);
}

/** Whether sorting what came in is worth its price by now. */
export function isFull({ values, settled }: OpenBucket): boolean {
  return values.length >= UNSORTED && values.length >= (settled?.values.length ?? 0);
}

export function settle(bucket: OpenBucket): void {
  if (bucket.values.length > 0) mergeInto(bucket, samplesOf(bucket.values, bucket.counts));
  bucket.values = [];
  bucket.counts = undefined;
}

export function mergeInto(bucket: OpenBucket, samples: Samples): void {
  bucket.settled = bucket.settled ? mergeSamples(bucket.settled, samples) : samples;
}

export function bytesOfOpen({ values, counts, settled, sets }: OpenBucket): number {
  const unsorted = values.length + (counts?.length ?? 0);
  return BYTES_OF_BUCKET + 16 * (settled?.values.length ?? 0) + 8 * unsorted + 100 * sets.length;
}

/** Statistic sets in one order, whatever order they came in. */
export function sortSets(sets: readonly StatisticSet[]): readonly StatisticSet[] {
  if (sets.length < 2) return sets;
  return sets.toSorted(
    (a, b) => a.sum - b.sum || a.sampleCount - b.sampleCount || a.minimum - b.minimum || a.maximum - b.maximum,
  );
}
