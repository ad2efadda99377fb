import { type BucketTable, bytesAfterCut, cutBefore, extentOf } from './buckets/bucket-table.ts';
import { bytesOfEntry, type MetricIndex, removeEmpty, removeEntry, tablesOf } from './metric-index.ts';

/** How much of the limit is kept when it is reached, so that it is not reached again at once. */
const KEPT_SHARE = 0.75;

/**
 * Memory that goes, in part or whole, as the data before a time do: that of tables and, after each metric's, that of the
 * metric, which goes with its last bucket. As columns, because there are hundreds of thousands to look at again and again.
 */
type Holdings = {
  /** Times of the first and the last bucket. */
  readonly first: Float64Array;
  readonly last: Float64Array;
  readonly bytes: Float64Array;
  /** Absent for what goes whole. */
  readonly tables: readonly (BucketTable | undefined)[];
};

/** Forgets the oldest data until the index is well within `maxBytes`; returns how many buckets were forgotten. */
export function evictOldest(index: MetricIndex, maxBytes: number): number {
  let forgotten = 0;
  const kept = KEPT_SHARE * maxBytes;
  const tables = [...index.entries.values()].flatMap((entry) => tablesOf(entry));
  const oldest = timeToKeep(holdingsOf(index), kept);
  for (const table of tables) forgotten += cutBefore(table, oldest);
  removeEmpty(index);
  // The data of one second may take more than what is still to go: of that second, those of metrics that came first go.
  for (const entry of index.entries.values()) {
    if (index.meter.bytes <= kept) break;
    for (const table of tablesOf(entry)) forgotten += cutBefore(table, oldest + 1);
    removeEntry(index, entry);
  }
  return forgotten;
}

function holdingsOf(index: MetricIndex): Holdings {
  const [first, last, bytes]: [number[], number[], number[]] = [[], [], []];
  const tables: (BucketTable | undefined)[] = [];
  const hold = (from: number, to: number, held: number, table: BucketTable | undefined): void => {
    first.push(from);
    last.push(to);
    bytes.push(held);
    tables.push(table);
  };
  for (const [key, entry] of index.entries) {
    let newest = Number.NEGATIVE_INFINITY;
    for (const table of tablesOf(entry)) {
      const extent = extentOf(table);
      if (extent === undefined) continue;
      hold(extent.first, extent.last, extent.bytes, table);
      newest = Math.max(newest, extent.last);
    }
    if (newest > Number.NEGATIVE_INFINITY) hold(newest, newest, bytesOfEntry(key), undefined);
  }
  return { first: Float64Array.from(first), last: Float64Array.from(last), bytes: Float64Array.from(bytes), tables };
}

/** The latest second from which on, it included, the data take more than so many bytes. */
function timeToKeep(holdings: Holdings, bytes: number): number {
  let low = holdings.first.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  let high = holdings.last.reduce((most, each) => Math.max(most, each + 1), Number.NEGATIVE_INFINITY);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (bytesFrom(holdings, middle) > bytes) low = middle;
    else high = middle;
  }
  return low;
}

function bytesFrom({ first, last, bytes, tables }: Holdings, stamp: number): number {
  let sum = 0;
  for (let at = 0; at < first.length; at += 1) {
    if (stamp > (last[at] as number)) continue;
    const table = stamp > (first[at] as number) ? tables[at] : undefined;
    sum += table === undefined ? (bytes[at] as number) : bytesAfterCut(table, stamp);
  }
  return sum;
}
