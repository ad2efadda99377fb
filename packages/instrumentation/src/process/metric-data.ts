import type { MetricDatum } from '@aws-sdk/client-cloudwatch';
import type { Point } from './accumulate.ts';

/** API reference, PutMetricData and MetricDatum. */
const MAX_VALUES = 150;
const MAX_DATA = 1000;
/** 1 MB, less what stands around the data. */
const MAX_BYTES = 1_000_000;

/** A datum with the number of its data points and its size, bytes, as JSON. */
export type SizedDatum = { readonly datum: MetricDatum; readonly points: number; readonly bytes: number };

/** One datum for each 150 distinct values of a point. */
export function renderPoint({ metric, unit, resolution, dimensions, timestamp, counts }: Point): SizedDatum[] {
  const head = {
    MetricName: metric,
    ...(dimensions.length > 0 ? { Dimensions: dimensions.map(([Name, Value]) => ({ Name, Value })) } : {}),
    Timestamp: new Date(timestamp),
    Unit: unit,
    StorageResolution: resolution,
  };
  const all = [...counts];
  const data: SizedDatum[] = [];
  for (let from = 0; from < all.length; from += MAX_VALUES) {
    const some = all.slice(from, from + MAX_VALUES);
    const [first] = some;
    const datum: MetricDatum =
      first && some.length === 1 && first[1] === 1
        ? { ...head, Value: first[0] }
        : { ...head, Values: some.map(([value]) => value), Counts: some.map(([, count]) => count) };
    // Names and dimension values are ASCII by the contract and by the check of the sample.
    data.push({ datum, points: some.length, bytes: JSON.stringify(datum).length + 1 });
  }
  return data;
}

/** How many data at the head fit into one PutMetricData call; at least one where there are any. */
export function fitCall(data: readonly SizedDatum[]): number {
  let bytes = 0;
  let count = 0;
  for (const datum of data) {
    bytes += datum.bytes;
    if (count === MAX_DATA || bytes > MAX_BYTES) break;
    count += 1;
  }
  return count;
}

export function countPoints(data: readonly SizedDatum[]): number {
  return data.reduce((sum, { points }) => sum + points, 0);
}
