import type { Unit } from '@voice-campaign/metrics-schema';
import type { Metric } from '../metric.ts';
import type { StatisticSet } from '../statistic/samples.ts';
import { addContent, type BucketTable, seal } from './buckets/bucket-table.ts';
import { entryOf, type MetricIndex, streamOf, tableOf } from './metric-index.ts';
import type { BucketSeconds } from './retention.ts';

/** All that a store holds of one metric, as plain data that JSON keeps whole. */
export type MetricSnapshot = {
  readonly version: 1;
  /** The store's time, milliseconds since 1970. */
  readonly now: number;
  readonly metric: Metric;
  /** Time of the newest sample, seconds since 1970. */
  readonly newest: number;
  readonly series: readonly SeriesSnapshot[];
};

/** Columns of one bucket size: the start of each bucket, and how many of the samples that follow are its own. */
type SeriesSnapshot = {
  readonly unit: Unit;
  readonly bucketSeconds: BucketSeconds;
  readonly stamps: readonly number[];
  readonly lengths: readonly number[];
  readonly values: readonly number[];
  readonly counts: readonly number[];
  readonly sets: readonly (readonly [stamp: number, sets: readonly StatisticSet[]])[];
};

export function* takeSnapshot(index: MetricIndex, now: number): Iterable<MetricSnapshot> {
  for (const { metric, newest, streams } of index.entries.values()) {
    const series = [...streams.values()].flatMap(({ unit, tables }) =>
      tables.map((table) => ({ unit, ...columnsOf(table) })),
    );
    yield { version: 1, now, metric, newest, series };
  }
}

function columnsOf(table: BucketTable): Omit<SeriesSnapshot, 'unit'> {
  seal(table);
  const { bucketSeconds, rows, stamps, ends, values, counts, sets } = table;
  const end = ends[rows - 1] ?? 0;
  return {
    bucketSeconds,
    stamps: Array.from(stamps.subarray(0, rows)),
    lengths: Array.from(ends.subarray(0, rows), (each, row) => each - (ends[row - 1] ?? 0)),
    values: Array.from(values.subarray(0, end)),
    counts: Array.from(counts.subarray(0, end)),
    sets: [...sets].sort(([a], [b]) => a - b),
  };
}

/** Adds to the index what a snapshot holds. @throws RangeError for a snapshot of another version. */
export function restoreSnapshot(index: MetricIndex, { version, metric, newest, series }: MetricSnapshot): void {
  if (version !== 1) {
    throw new RangeError(`a snapshot of version ${String(version)} is not read here: take one of version 1`);
  }
  const entry = entryOf(index, metric);
  entry.newest = Math.max(entry.newest, newest);
  for (const columns of series) {
    restoreColumns(tableOf(index, streamOf(entry, columns.unit), columns.bucketSeconds), columns);
  }
}

function restoreColumns(table: BucketTable, { stamps, lengths, values, counts, sets }: SeriesSnapshot): void {
  const setsAt = new Map(sets);
  let from = 0;
  stamps.forEach((stamp, row) => {
    const to = from + (lengths[row] ?? 0);
    const samples = {
      values: new Float64Array(values.slice(from, to)),
      counts: new Float64Array(counts.slice(from, to)),
    };
    addContent(table, stamp, { samples: to > from ? samples : undefined, sets: setsAt.get(stamp) ?? [] });
    from = to;
  });
  seal(table);
}
