import { contentAt, rowAt } from './buckets/bucket-columns.ts';
import { addContent, dropBefore, seal } from './buckets/bucket-table.ts';
import { type MetricIndex, removeEmpty, type Stream, tableOf } from './metric-index.ts';
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
    const table = stream.tables.find(({ bucketSeconds }) => bucketSeconds === tier.bucketSeconds);
    if (!table) return;
    const cutoff = cutoffOf(tier, nowSeconds);
    seal(table);
    if ((table.stamps[0] ?? cutoff) >= cutoff) return;
    const next = TIERS[position + 1];
    if (next) {
      const coarse = tableOf(index, stream, next.bucketSeconds);
      const end = rowAt(table, cutoff);
      for (let row = 0; row < end; row += 1) {
        const content = contentAt(table, row);
        addContent(coarse, bucketOf(content.stamp, next.bucketSeconds), content);
      }
    }
    dropBefore(table, cutoff);
  });
}
