import type { Metric } from '../../series/metric.ts';
import type { Points } from '../../series/points.ts';
import type { MathSettings } from '../settings.ts';
import { EvaluationFailure, type Grid, isOnGrid, place, sameGrid, unionOf } from './grid.ts';

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
export type Series = {
  readonly grid: Grid;
  readonly values: Float64Array;
  readonly subject?: Subject;
  /** The same as points, where it came as such and each of them has its place. */
  readonly points?: Points;
};

/** NaN is a number that is not there, such as the average of no point. */
export type Value = number | Series | readonly Series[];

export function isArray(value: Value): value is readonly Series[] {
  return typeof value === 'object' && !('grid' in value);
}

export function seriesOf(grid: Grid, values: Float64Array, subject?: Subject): Series {
  return subject === undefined ? { grid, values } : { grid, values, subject };
}

/** A missing point for what is no finite number, such as a sum beyond the largest. */
export function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Many points, put in their places only where they are calculated with: most are but shown. */
export function seriesOfPoints(grid: Grid, points: Points, subject: Subject): Series {
  if (points.timestamps.length < FEW || !isOnGrid(points, grid)) return seriesOf(grid, place(points, grid), subject);
  let values: Float64Array | undefined;
  return {
    ...{ grid, subject, points },
    get values() {
      values ??= place(points, grid);
      return values;
    },
  };
}

/** Fewer points are put in their places sooner than that is put off. */
const FEW = 200;

/** The same places in time for all, so that values of one index belong together. */
export function aligned(
  all: readonly Series[],
  settings: MathSettings,
): { readonly grid: Grid; readonly columns: readonly Float64Array[] } {
  const { mixedPeriods, maxDatapoints } = settings;
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
  checkRoom(all.length * grid.length, settings);
  return { grid, columns: all.map((series) => regrid(series, grid)) };
}

/** How much room a value takes, in places of a grid; a series without any takes some, too. */
export function roomOf(value: Value): number {
  if (typeof value === 'number') return 0;
  return (isArray(value) ? value : [value]).reduce((room, { grid }) => room + grid.length + SERIES_ROOM, 0);
}

const SERIES_ROOM = 100;

/**
 * Before something that large is made: expressions that refer to one another could make arrays of any size.
 * @throws EvaluationFailure beyond `maxTotalDatapoints`.
 */
export function checkRoom(room: number, { maxTotalDatapoints }: MathSettings): void {
  if (room <= maxTotalDatapoints) return;
  throw new EvaluationFailure(
    `the time series span more than ${maxTotalDatapoints} periods together: ask for less time, longer periods or fewer metrics`,
  );
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
