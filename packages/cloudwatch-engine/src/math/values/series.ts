import type { Metric } from '../../series/metric.ts';
import type { MathSettings } from '../settings.ts';
import { EvaluationFailure, type Grid, sameGrid, unionOf } from './grid.ts';

/** What a series shows, for its label. */
export type Subject = {
  /** Its label when the query gives none. */
  readonly label: string;
  readonly metric?: Metric;
  readonly stat?: string;
  /** Of a Metrics Insights query with GROUP BY: `{ FunctionName: 'dialer-worker' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** A value for each place of a grid; NaN is a missing point, and no value is infinite. */
export type Series = { readonly grid: Grid; readonly values: Float64Array; readonly subject?: Subject };

/** NaN is a number that is not there, such as the average of no point. */
export type Value = number | Series | readonly Series[];

export function isArray(value: Value): value is readonly Series[] {
  return typeof value === 'object' && !('grid' in value);
}

export function seriesOf(grid: Grid, values: Float64Array, subject?: Subject): Series {
  return subject === undefined ? { grid, values } : { grid, values, subject };
}

/** The same places in time for all, so that values of one index belong together. */
export function aligned(
  all: readonly Series[],
  { mixedPeriods, maxDatapoints }: MathSettings,
): { readonly grid: Grid; readonly columns: readonly Float64Array[] } {
  const [first] = all;
  if (first && all.every(({ grid }) => sameGrid(grid, first.grid))) {
    return { grid: first.grid, columns: all.map(({ values }) => values) };
  }
  const periods = [...new Set(all.map(({ grid }) => grid.period))];
  if (mixedPeriods === 'refuse' && periods.length > 1) {
    throw new EvaluationFailure(
      `the expression mixes periods of ${periods.join(' and ')} seconds: give all metrics one`,
    );
  }
  const grid = unionOf(
    all.map((series) => series.grid),
    maxDatapoints,
  );
  return { grid, columns: all.map((series) => regrid(series, grid)) };
}

/** The values at the places of another grid; NaN where it has none. */
export function regrid({ grid: from, values }: Series, to: Grid): Float64Array {
  if (sameGrid(from, to)) return values;
  const moved = new Float64Array(to.length).fill(Number.NaN);
  for (let index = 0; index < values.length; index += 1) {
    const at = (from.origin + index * from.period - to.origin) / to.period;
    if (at >= 0 && at < to.length && Number.isInteger(at)) moved[at] = values[index] as number;
  }
  return moved;
}
