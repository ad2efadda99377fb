import type { Unit } from '@voice-campaign/metrics-schema';
import { type Metric, metricKey } from '../metric.ts';
import type { ByteMeter } from './buckets/bucket-columns.ts';
import { type BucketTable, createBucketTable, releaseTable } from './buckets/bucket-table.ts';
import { type BucketSeconds, TIERS } from './retention.ts';

/** The samples of a metric in one unit: CloudWatch keeps units apart (user guide, "Units"). */
export type Stream = { readonly unit: Unit; readonly tables: Map<BucketSeconds, BucketTable> };

export type MetricEntry = {
  readonly metric: Metric;
  readonly streams: Map<Unit, Stream>;
  /** Time of the newest sample, whole seconds since 1970. */
  newest: number;
};

/** All metrics, in the order of their first sample. */
export type MetricIndex = {
  readonly entries: Map<string, MetricEntry>;
  /** Keys of metrics that are asked for: whoever watches one asks again and again with the same object. */
  readonly keys: WeakMap<Metric, string>;
  readonly meter: ByteMeter;
  /** Changes when a table, and maybe its metric, is removed: whoever holds on to it has to look it up again. */
  generation: number;
};

const BYTES_OF_METRIC = 1200;

export function createMetricIndex(): MetricIndex {
  return { entries: new Map(), keys: new WeakMap(), meter: { bytes: 0 }, generation: 0 };
}

export function findEntry({ entries, keys }: MetricIndex, metric: Metric): MetricEntry | undefined {
  const known = keys.get(metric);
  if (known !== undefined) return entries.get(known);
  const key = metricKey(metric);
  keys.set(metric, key);
  return entries.get(key);
}

/** The entry of a metric, made where there is none. */
export function entryOf(index: MetricIndex, metric: Metric): MetricEntry {
  const key = metricKey(metric);
  const known = index.entries.get(key);
  if (known) return known;
  const { namespace, name, dimensions } = metric;
  const entry = {
    metric: { namespace, name, dimensions: { ...dimensions } },
    streams: new Map(),
    newest: Number.NEGATIVE_INFINITY,
  };
  index.entries.set(key, entry);
  index.meter.bytes += bytesOfEntry(key);
  return entry;
}

/** The key once, the parts of the metric once more, and what the index and the EMF routes keep beside it. */
export function bytesOfEntry(key: string): number {
  return BYTES_OF_METRIC + 4 * key.length;
}

export function streamOf({ streams }: MetricEntry, unit: Unit): Stream {
  const known = streams.get(unit);
  if (known) return known;
  const stream = { unit, tables: new Map() };
  streams.set(unit, stream);
  return stream;
}

export function tableOf({ tables }: Stream, bucketSeconds: BucketSeconds, meter: ByteMeter): BucketTable {
  const known = tables.get(bucketSeconds);
  if (known) return known;
  const table = createBucketTable(bucketSeconds, meter);
  tables.set(bucketSeconds, table);
  return table;
}

/** The tables of a metric that have a unit, or any; always in the same order, whatever order their data came in. */
export function tablesOf({ streams }: MetricEntry, unit?: Unit): readonly BucketTable[] {
  const tables: BucketTable[] = [];
  const units = unit !== undefined ? [unit] : streams.size > 1 ? [...streams.keys()].sort() : streams.keys();
  for (const each of units) {
    const stream = streams.get(each);
    for (const { bucketSeconds } of TIERS) {
      const table = stream?.tables.get(bucketSeconds);
      if (table) tables.push(table);
    }
  }
  return tables;
}

/** Lets go of tables, units and metrics that have no data any more. */
export function removeEmpty(index: MetricIndex): void {
  for (const entry of index.entries.values()) removeEntry(index, entry);
}

/** Lets go of those tables and units of a metric that have no data, and of the metric where that leaves none. */
export function removeEntry(index: MetricIndex, { metric, streams }: MetricEntry): void {
  for (const [unit, { tables }] of streams) {
    for (const [bucketSeconds, table] of tables) {
      if (table.rows > 0 || table.open.size > 0) continue;
      releaseTable(table);
      tables.delete(bucketSeconds);
      index.generation += 1;
    }
    if (tables.size === 0) streams.delete(unit);
  }
  if (streams.size > 0) return;
  const key = metricKey(metric);
  if (index.entries.delete(key)) index.meter.bytes -= bytesOfEntry(key);
}
