import { mergeSamples, type StatisticSet } from '../../statistic/samples.ts';
import type { BucketSeconds } from '../retention.ts';
import {
  appendRow,
  appendSample,
  type BucketColumns,
  type ByteMeter,
  bytesFrom,
  bytesOfColumns,
  contentAt,
  createBucketColumns,
  dropRows,
  fitColumns,
  rowAt,
} from './bucket-columns.ts';
import {
  type BucketContent,
  bytesOfOpen,
  createOpenBucket,
  isFull,
  mergeInto,
  type OpenBucket,
  pushSample,
  settle,
} from './open-bucket.ts';

/** The buckets of one size of one series: those written lately open, in any order, all others as rows. */
export type BucketTable = BucketColumns & {
  readonly bucketSeconds: BucketSeconds;
  readonly open: Map<number, OpenBucket>;
  /** The open bucket that was written last; there is one as long as any is open. */
  recent: OpenBucket | undefined;
  /** Whether an open bucket is no later than the last row, so that turning it into a row moves others. */
  late: boolean;
};

const OPEN_BUCKETS = 8;
/** Turning those that come late into rows moves others: it waits for more. */
const LATE_BUCKETS = 64;
const BYTES_OF_TABLE = 1400;

export function createBucketTable(bucketSeconds: BucketSeconds, meter: ByteMeter): BucketTable {
  meter.bytes += BYTES_OF_TABLE;
  return { ...createBucketColumns(meter), bucketSeconds, open: new Map(), recent: undefined, late: false };
}

/** Adds a sample seen `count` times to the bucket that starts at `stamp`. */
export function addSample(table: BucketTable, stamp: number, value: number, count: number): void {
  const { recent } = table;
  const bucket = recent !== undefined && recent.stamp === stamp ? recent : bucketAt(table, stamp);
  if (count === 1 && bucket.counts === undefined) {
    bucket.values.push(value);
    table.meter.bytes += 8;
  } else {
    metered(table, bucket, () => pushSample(bucket, value, count));
  }
  if (isFull(bucket)) metered(table, bucket, () => settle(bucket));
}

export function addSet(table: BucketTable, stamp: number, set: StatisticSet): void {
  const bucket = bucketAt(table, stamp);
  metered(table, bucket, () => bucket.sets.push(set));
}

export function addContent(table: BucketTable, stamp: number, { samples, sets }: Omit<BucketContent, 'stamp'>): void {
  const bucket = bucketAt(table, stamp);
  metered(table, bucket, () => {
    if (samples) mergeInto(bucket, samples);
    bucket.sets.push(...sets);
  });
}

function metered(table: BucketTable, bucket: OpenBucket, change: () => void): void {
  table.meter.bytes -= bytesOfOpen(bucket);
  change();
  table.meter.bytes += bytesOfOpen(bucket);
}

function bucketAt(table: BucketTable, stamp: number): OpenBucket {
  const known = table.open.get(stamp);
  if (known) {
    table.recent = known;
    return known;
  }
  const room = table.late ? Math.max(LATE_BUCKETS, table.rows >> 4) : OPEN_BUCKETS;
  if (table.open.size >= room) seal(table);
  if (table.rows > 0 && stamp <= (table.stamps[table.rows - 1] as number)) table.late = true;
  const bucket = createOpenBucket(stamp);
  table.meter.bytes += bytesOfOpen(bucket);
  table.open.set(stamp, bucket);
  table.recent = bucket;
  return bucket;
}

/** Turns all open buckets into rows. Cheap when they are later than all rows, as they mostly are. */
export function seal(table: BucketTable): void {
  // Not by the size of the map, whose memory would have to be fetched for each alarm and minute.
  if (table.recent === undefined) return;
  if (table.open.size === 1 && !table.late) {
    sealLast(table, table.recent);
    return;
  }
  const incoming = [...table.open.values()].sort((a, b) => a.stamp - b.stamp).map((bucket) => contentOf(table, bucket));
  table.open.clear();
  table.recent = undefined;
  table.late = false;
  const from = rowAt(table, incoming[0]?.stamp ?? 0);
  const moved = Array.from({ length: table.rows - from }, (_, index) => contentAt(table, from + index));
  table.rows = from;
  let next = 0;
  for (const content of incoming) {
    for (let row = moved[next]; row && row.stamp < content.stamp; row = moved[next]) {
      appendRow(table, row);
      next += 1;
    }
    const same = moved[next]?.stamp === content.stamp ? moved[next] : undefined;
    if (same) next += 1;
    appendRow(table, same ? mergeContents(same, content) : content);
  }
  for (const row of moved.slice(next)) appendRow(table, row);
}

/** What is found open where alarms read every minute: one bucket, later than all rows. */
function sealLast(table: BucketTable, bucket: OpenBucket): void {
  table.open.delete(bucket.stamp);
  table.recent = undefined;
  const { stamp, values, counts, settled, sets } = bucket;
  const [value] = values;
  if (value === undefined || values.length > 1 || counts || settled || sets.length > 0) {
    appendRow(table, contentOf(table, bucket));
    return;
  }
  table.meter.bytes -= bytesOfOpen(bucket);
  appendSample(table, stamp, value);
}

function contentOf(table: BucketTable, bucket: OpenBucket): BucketContent {
  table.meter.bytes -= bytesOfOpen(bucket);
  settle(bucket);
  return { stamp: bucket.stamp, samples: bucket.settled, sets: bucket.sets };
}

function mergeContents(a: BucketContent, b: BucketContent): BucketContent {
  const samples = a.samples && b.samples ? mergeSamples(a.samples, b.samples) : (a.samples ?? b.samples);
  return { stamp: a.stamp, samples, sets: [...a.sets, ...b.sets] };
}

/** Forgets all buckets before a time, and the memory they took. Returns how many there were. */
export function dropBefore(table: BucketTable, stamp: number): number {
  seal(table);
  return dropRows(table, stamp);
}

/** The same, giving back all the room that this leaves. */
export function cutBefore(table: BucketTable, stamp: number): number {
  const only = onlyBucket(table);
  if (only === undefined) {
    const dropped = dropBefore(table, stamp);
    if (dropped > 0) fitColumns(table);
    return dropped;
  }
  if (only.stamp >= stamp) return 0;
  table.meter.bytes -= bytesOfOpen(only);
  table.open.clear();
  table.recent = undefined;
  return 1;
}

/** The one bucket of a table that has no others, while it is open: turning those of many metrics into rows takes long. */
function onlyBucket({ rows, open }: BucketTable): OpenBucket | undefined {
  if (rows > 0 || open.size !== 1) return undefined;
  const [only] = open.values();
  return only;
}

/** Times of the first and the last bucket, and the memory that a table takes. */
type Extent = { readonly first: number; readonly last: number; readonly bytes: number };

/** Of a table that has buckets. Those that are open become rows, but for one that is alone. */
export function extentOf(table: BucketTable): Extent | undefined {
  const only = onlyBucket(table);
  if (only === undefined) seal(table);
  const bytes = BYTES_OF_TABLE + bytesOfColumns(table);
  if (only) return { first: only.stamp, last: only.stamp, bytes: bytes + bytesOfOpen(only) };
  const { rows, stamps } = table;
  return rows === 0 ? undefined : { first: stamps[0] as number, last: stamps[rows - 1] as number, bytes };
}

/** The memory that it takes once all before a time, which is some but not all that it holds, is cut. */
export function bytesAfterCut(table: BucketTable, stamp: number): number {
  return BYTES_OF_TABLE + bytesFrom(table, stamp);
}

/** What a table gives back when it is let go. */
export function releaseTable(table: BucketTable): void {
  dropBefore(table, Number.POSITIVE_INFINITY);
  table.meter.bytes -= BYTES_OF_TABLE;
}
