import { NO_POINTS, type Points } from '../../points.ts';
import { evaluateSamples, evaluateSimple, type PercentileInterpolation } from '../../statistic/evaluate-statistic.ts';
import { mergeAll, rangeOf, type SampleRange, type Samples, type StatisticSet } from '../../statistic/samples.ts';
import type { SimpleStatistic, Statistic } from '../../statistic/statistic.ts';
import { maximumAt, minimumAt, offsetOf, rowAt, setsAt } from '../buckets/bucket-columns.ts';
import { type BucketTable, seal } from '../buckets/bucket-table.ts';
import type { Periods } from './periods.ts';

/** One value for each period that has samples in the tables, oldest first. */
export function readPoints(
  tables: readonly BucketTable[],
  statistic: Statistic,
  periods: Periods,
  interpolation: PercentileInterpolation,
): Points {
  for (const table of tables) seal(table);
  const rows = tables.map((table) => {
    table.near = rowAt(table, periods.first, table.near);
    return table.near;
  });
  const timestamps: number[] = [];
  const values: number[] = [];
  for (let start = nextStart(tables, rows, periods); start < periods.until; start = nextStart(tables, rows, periods)) {
    const value =
      statistic.kind === 'simple'
        ? evaluateRows(statistic.name, tables, rows, start + periods.period)
        : evaluateRaw(statistic, tables, rows, start + periods.period, interpolation);
    if (value === undefined) continue;
    timestamps.push(start);
    values.push(value);
  }
  return timestamps.length === 0 ? NO_POINTS : { timestamps, values };
}

/** The period of the oldest row that is not read yet. */
function nextStart(tables: readonly BucketTable[], rows: readonly number[], { period, origin }: Periods): number {
  let stamp = Number.POSITIVE_INFINITY;
  for (let index = 0; index < tables.length; index += 1) {
    const table = tables[index] as BucketTable;
    const row = rows[index] as number;
    if (row < table.rows && (table.stamps[row] as number) < stamp) stamp = table.stamps[row] as number;
  }
  return stamp === Number.POSITIVE_INFINITY ? stamp : origin + Math.floor((stamp - origin) / period) * period;
}

/** What all samples in the tables, of which there is at least one, add up to. */
export function totalOf(tables: readonly BucketTable[]): StatisticSet {
  let [sampleCount, sum, minimum, maximum] = [0, 0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const table of tables) {
    seal(table);
    for (let row = 0; row < table.rows; row += 1) {
      sampleCount += table.totals[row] as number;
      sum += table.sums[row] as number;
      minimum = Math.min(minimum, minimumAt(table, row));
      maximum = Math.max(maximum, maximumAt(table, row));
    }
  }
  return { sampleCount, sum, minimum, maximum };
}

/** Reads all rows before a time. Numbers in variables, not in an object: this is done for every point of a graph. */
function evaluateRows(name: SimpleStatistic, tables: readonly BucketTable[], rows: number[], until: number): number {
  const extremes = name === 'Minimum' || name === 'Maximum';
  let sampleCount = 0;
  let sum = 0;
  let minimum = Number.POSITIVE_INFINITY;
  let maximum = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < tables.length; index += 1) {
    const table = tables[index] as BucketTable;
    const { stamps, totals, sums } = table;
    let row = rows[index] as number;
    for (; row < table.rows && (stamps[row] as number) < until; row += 1) {
      sampleCount += totals[row] as number;
      sum += sums[row] as number;
      if (!extremes) continue;
      minimum = Math.min(minimum, minimumAt(table, row));
      maximum = Math.max(maximum, maximumAt(table, row));
    }
    rows[index] = row;
  }
  return evaluateSimple(name, { sampleCount, sum, minimum, maximum });
}

/** Missing where a statistic set stands for some of the samples. */
function evaluateRaw(
  statistic: Exclude<Statistic, { kind: 'simple' }>,
  tables: readonly BucketTable[],
  rows: number[],
  until: number,
  interpolation: PercentileInterpolation,
): number | undefined {
  let only: SampleRange | undefined;
  const runs: Samples[] = [];
  let raw = true;
  for (let index = 0; index < tables.length; index += 1) {
    const table = tables[index] as BucketTable;
    let row = rows[index] as number;
    for (; row < table.rows && (table.stamps[row] as number) < until; row += 1) {
      const { values, counts, ends } = table;
      const range = { values, counts, from: offsetOf(table, row), to: ends[row] as number };
      if (setsAt(table, row).length > 0) raw = false;
      else if (only === undefined) only = range;
      else runs.push(viewOf(range));
    }
    rows[index] = row;
  }
  if (!raw || !only) return undefined;
  return evaluateSamples(
    statistic,
    runs.length === 0 ? only : rangeOf(mergeAll([viewOf(only), ...runs])),
    interpolation,
  );
}

function viewOf({ values, counts, from, to }: SampleRange): Samples {
  return { values: values.subarray(from, to), counts: counts.subarray(from, to) };
}
