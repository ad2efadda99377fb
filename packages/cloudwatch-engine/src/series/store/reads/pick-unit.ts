import type { Unit } from '@voice-campaign/metrics-schema';
import { rowAt } from '../buckets/bucket-columns.ts';
import { type BucketTable, seal } from '../buckets/bucket-table.ts';
import { type MetricEntry, tablesOf } from '../metric-index.ts';
import type { Periods } from './periods.ts';

/**
 * In which order CloudWatch prefers units where a query names none: it answers with the data of one alone (recorded of
 * GetMetricData; the order was found out by LocalStack's authors, AWS documents neither).
 */
const PREFERENCE: readonly Unit[] = [
  'Megabits',
  'Terabits',
  'Gigabits',
  'Count',
  'Bytes',
  'Gigabytes',
  'Gigabytes/Second',
  'Kilobytes',
  'Kilobits/Second',
  'Terabytes',
  'Terabits/Second',
  'Bytes/Second',
  'Percent',
  'Megabytes',
  'Megabits/Second',
  'Milliseconds',
  'Microseconds',
  'Kilobytes/Second',
  'Gigabits/Second',
  'Megabytes/Second',
  'Bits',
  'Bits/Second',
  'Count/Second',
  'Seconds',
  'Kilobits',
  'Terabytes/Second',
  'None',
];

/** The units that a metric has data of in the periods, the preferred one first. */
export function unitsIn(entry: MetricEntry, periods: Periods): readonly Unit[] {
  return PREFERENCE.filter(
    (unit) => entry.streams.has(unit) && tablesOf(entry, unit).some((table) => hasRows(table, periods)),
  );
}

/** The tables of the unit that a query is answered from. */
export function tablesFor(entry: MetricEntry, periods: Periods, unit?: Unit): readonly BucketTable[] {
  if (unit !== undefined) return tablesOf(entry, unit);
  if (entry.streams.size < 2) return tablesOf(entry);
  const [preferred] = unitsIn(entry, periods);
  return preferred === undefined ? [] : tablesOf(entry, preferred);
}

function hasRows(table: BucketTable, { first, until }: Periods): boolean {
  seal(table);
  const row = rowAt(table, first);
  return row < table.rows && (table.stamps[row] as number) < until;
}
