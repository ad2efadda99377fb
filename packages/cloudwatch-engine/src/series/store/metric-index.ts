import type { Unit } from '@voice-campaign/metrics-schema';
import { type Metric, metricKey } from '../metric.ts';
import type { ByteMeter } from './buckets/bucket-columns.ts';
import { type BucketTable, createBucketTable, releaseTable } from './buckets/bucket-table.ts';
import type { BucketSeconds } from './retention.ts';

/** The samples of a metric in one unit: CloudWatch keeps units apart (user guide, "Units"). */
export type Stream = {
  readonly unit: Unit;
  /** Small buckets first. Made anew where it changes, as it is read more often. */
  tables: readonly BucketTable[];
};

export type MetricEntry = {
  readonly metric: Metric;
  readonly streams: Map<Unit, Stream>;
  /** Time of the newest sample, whole seconds since 1970. */
  newest: number;
};

/** `entry` and `only` as they were found when the index had this layout. */
type Asked = {
  readonly key: string;
  entry: MetricEntry | undefined;
  only: BucketTable | undefined;
  layout: number;
};

/** All metrics, in the order of their first sample. */
export type MetricIndex = {
  readonly entries: Map<string, MetricEntry>;
  /** Metrics that are asked for: whoever watches one asks again and again with the same object. */
  readonly asked: WeakMap<Metric, Asked>;
  readonly meter: ByteMeter;
  /** Changes when a table, and maybe its metric, is removed: whoever holds on to it has to look it up again. */
  generation: number;
  /** Changes when a table is added, or removed. */
  layout: number;
};

const BYTES_OF_METRIC = 1200;

export function createMetricIndex(): MetricIndex {
  return { entries: new Map(), asked: new WeakMap(), meter: { bytes: 0 }, generation: 0, layout: 0 };
}

export function findEntry(index: MetricIndex, metric: Metric): MetricEntry | undefined {
  return lookUp(index, metric).entry;
}

/** The same, with the table of a metric that has but one, as most have: alarms ask for it each minute. */
export function lookUp({ entries, asked, layout }: MetricIndex, metric: Metric): Readonly<Asked> {
  let found = asked.get(metric);
  if (found === undefined) {
    found = { key: metricKey(metric), entry: undefined, only: undefined, layout: Number.NaN };
    asked.set(metric, found);
  }
  if (found.layout === layout) return found;
  found.entry = entries.get(found.key);
  const tables = found.entry === undefined ? NONE : tablesOf(found.entry);
  found.only = tables.length === 1 ? tables[0] : undefined;
  found.layout = layout;
  return found;
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
  const stream = { unit, tables: [] };
  streams.set(unit, stream);
  return stream;
}

export function tableOf(index: MetricIndex, stream: Stream, bucketSeconds: BucketSeconds): BucketTable {
  const known = stream.tables.find((table) => table.bucketSeconds === bucketSeconds);
  if (known) return known;
  const table = createBucketTable(bucketSeconds, index.meter);
  stream.tables = [...stream.tables, table].sort((a, b) => a.bucketSeconds - b.bucketSeconds);
  index.layout += 1;
  return table;
}

const NONE: readonly BucketTable[] = [];

/** The tables of a metric that have a unit, or any; always in the same order, whatever order their data came in. */
export function tablesOf({ streams }: MetricEntry, unit?: Unit): readonly BucketTable[] {
  if (unit !== undefined) return streams.get(unit)?.tables ?? NONE;
  if (streams.size > 1) return [...streams.keys()].sort().flatMap((each) => streams.get(each)?.tables ?? NONE);
  for (const { tables } of streams.values()) return tables;
  return NONE;
}

/** Lets go of tables, units and metrics that have no data any more. */
export function removeEmpty(index: MetricIndex): void {
  for (const entry of index.entries.values()) removeEntry(index, entry);
}

/** Lets go of those tables and units of a metric that have no data, and of the metric where that leaves none. */
export function removeEntry(index: MetricIndex, entry: MetricEntry): void {
  const { metric, streams } = entry;
  for (const [unit, stream] of streams) {
    for (const table of stream.tables) {
      if (table.rows > 0 || table.open.size > 0) continue;
      releaseTable(table);
      stream.tables = stream.tables.filter((each) => each !== table);
      index.generation += 1;
      index.layout += 1;
    }
    if (stream.tables.length === 0) streams.delete(unit);
  }
  if (streams.size > 0) return;
  const key = metricKey(metric);
  if (index.entries.delete(key)) index.meter.bytes -= bytesOfEntry(key);
}
