import { NO_POINTS, type Points } from '../../points.ts';
import type { SimpleStatistic } from '../../statistic/statistic.ts';
import { maximumAt, minimumAt, rowAt } from '../buckets/bucket-columns.ts';
import { type BucketTable, seal } from '../buckets/bucket-table.ts';
import type { Periods } from './periods.ts';

/** The timestamps that were read last: those of the next metric of a graph are mostly the same, and need no memory. */
export type LastTimestamps = { list: readonly number[] };

/** Whether each period is one bucket, as where a graph has many points. */
export function isRowPerPeriod({ bucketSeconds }: BucketTable, { period, origin }: Periods): boolean {
  return period === bucketSeconds && origin % period === 0;
}

/** The value of each row of a metric's only table: there is nothing to add up. */
export function readRows(
  table: BucketTable,
  name: SimpleStatistic,
  { first, until }: Periods,
  last: LastTimestamps,
): Points {
  seal(table);
  const from = rowAt(table, first, table.near);
  const length = rowAt(table, until, from) - from;
  table.near = from;
  if (length <= 0) return NO_POINTS;
  if (!hasStamps(table, from, length, last.list)) last.list = copyOf(table.stamps, from, length);
  return { timestamps: last.list, values: valuesOf(table, name, from, length) };
}

function hasStamps({ stamps }: BucketTable, from: number, length: number, list: readonly number[]): boolean {
  if (list.length !== length) return false;
  for (let index = 0; index < length; index += 1) if (stamps[from + index] !== list[index]) return false;
  return true;
}

function valuesOf(table: BucketTable, name: SimpleStatistic, from: number, length: number): readonly number[] {
  if (name === 'SampleCount') return copyOf(table.totals, from, length);
  if (name === 'Sum') return copyOf(table.sums, from, length);
  const values = new Array<number>(length);
  for (let index = 0; index < length; index += 1) {
    const row = from + index;
    if (name === 'Average') values[index] = (table.sums[row] as number) / (table.totals[row] as number);
    else values[index] = name === 'Minimum' ? minimumAt(table, row) : maximumAt(table, row);
  }
  return values;
}

/** As long from the start: pushing each would make the array anew a dozen times. */
function copyOf(column: Float64Array, from: number, length: number): number[] {
  const copy = new Array<number>(length);
  for (let index = 0; index < length; index += 1) copy[index] = column[from + index] as number;
  return copy;
}
