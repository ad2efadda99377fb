import { isArray, regrid, type Series, seriesOf, type Value } from '../values/series.ts';

/**
 * IF (user guide, "Using IF expressions"): at every point of the condition the value for true, or for false where the
 * condition is 0. A series without a point there gives 0 for true and no point for false, as does a value left out.
 */
export function choose(condition: Value, whenTrue: Value, whenFalse: Value | undefined): Series {
  if (typeof condition === 'number') return chooseWhole(condition, whenTrue, whenFalse);
  const { grid, values } = condition as Series;
  const onTrue = readAt(whenTrue, condition as Series);
  const onFalse = whenFalse === undefined ? undefined : readAt(whenFalse, condition as Series);
  const result = new Float64Array(grid.length);
  for (let index = 0; index < result.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value)) result[index] = value;
    else if (value === 0) result[index] = onFalse === undefined ? Number.NaN : valueAt(onFalse, index);
    else result[index] = orZero(onTrue, index);
  }
  return seriesOf(grid, result);
}

type Branch = number | Float64Array;

function readAt(branch: Value, { grid }: Series): Branch {
  if (typeof branch === 'number') return branch;
  return isArray(branch) ? Number.NaN : regrid(branch, grid);
}

function valueAt(branch: Branch, index: number): number {
  return typeof branch === 'number' ? branch : (branch[index] as number);
}

/** A missing number is no point; a missing point of a series is 0. */
function orZero(branch: Branch, index: number): number {
  const value = valueAt(branch, index);
  return typeof branch !== 'number' && Number.isNaN(value) ? 0 : value;
}

/** A number as the condition takes one series or the other as it is; they are never numbers, the check sees to it. */
function chooseWhole(condition: number, whenTrue: Value, whenFalse: Value | undefined): Series {
  const { grid, values } = whenTrue as Series;
  if (condition !== 0 && !Number.isNaN(condition)) return seriesOf(grid, values);
  const other = condition === 0 ? (whenFalse as Series | undefined) : undefined;
  return other ? seriesOf(other.grid, other.values) : seriesOf(grid, new Float64Array(grid.length).fill(Number.NaN));
}
