import { BYTES_OF_ROW, BYTES_OF_SAMPLE, contentAt, offsetOf, rowAt } from './bucket-columns.ts';
import { addContent, type BucketTable, dropBefore, seal } from './bucket-table.ts';
import { type MetricIndex, removeEmpty, removeEntry, type Stream, tableOf, tablesOf } from './metric-index.ts';
import { bucketOf, cutoffOf, TIERS } from './retention.ts';

/** Aggregates what is past its tier's time into the next tier, and forgets what is past the last. */
export function rollUp(index: MetricIndex, nowSeconds: number): void {
  for (const { streams } of index.entries.values()) {
    for (const stream of streams.values()) rollUpStream(index, stream, nowSeconds);
  }
  removeEmpty(index);
}

function rollUpStream(index: MetricIndex, stream: Stream, nowSeconds: number): void {
  TIERS.forEach((tier, position) => {
    const table = stream.tables.get(tier.bucketSeconds);
    if (!table) return;
    const cutoff = cutoffOf(tier, nowSeconds);
    seal(table);
    if ((table.stamps[0] ?? cutoff) >= cutoff) return;
    const next = TIERS[position + 1];
    if (next) {
      const coarse = tableOf(stream, next.bucketSeconds, index.meter);
      for (let row = 0; row < rowAt(table, cutoff); row += 1) {
        const content = contentAt(table, row);
        addContent(coarse, bucketOf(content.stamp, next.bucketSeconds), content);
      }
    }
    dropBefore(table, cutoff);
  });
}

/** How much of the limit is kept when it is reached, so that it is not reached again at once. */
const KEPT_SHARE = 0.75;

/** Forgets the oldest data until the index is well within `maxBytes`; returns how many buckets were forgotten. */
export function evictOldest(index: MetricIndex, maxBytes: number): number {
  let forgotten = 0;
  const kept = KEPT_SHARE * maxBytes;
  const tables = [...index.entries.values()].flatMap((entry) => tablesOf(entry));
  for (const table of tables) seal(table);
  const before = timeToFree(tables, index.meter.bytes - kept);
  for (const table of tables) forgotten += dropBefore(table, before);
  removeEmpty(index);
  // What is left may be of one time, of more metrics than there is room for: those that came first go.
  for (const entry of index.entries.values()) {
    if (index.meter.bytes <= kept) break;
    for (const table of tablesOf(entry)) forgotten += dropBefore(table, Number.POSITIVE_INFINITY);
    removeEntry(index, entry);
  }
  return forgotten;
}

/** The time before which the data take at least so many bytes; that of the newest where all before it take less. */
function timeToFree(tables: readonly BucketTable[], bytes: number): number {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { rows, stamps } of tables) {
    if (rows === 0) continue;
    low = Math.min(low, stamps[0] as number);
    high = Math.max(high, stamps[rows - 1] as number);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesBefore(tables, middle) < bytes) low = middle;
    else high = middle;
  }
  return high;
}

function bytesBefore(tables: readonly BucketTable[], stamp: number): number {
  let bytes = 0;
  for (const table of tables) {
    const row = rowAt(table, stamp);
    bytes += BYTES_OF_ROW * row + BYTES_OF_SAMPLE * offsetOf(table, row);
  }
  return bytes;
}
