import { finite, type Series, seriesOf } from '../values/series.ts';

export type Change = 'DIFF' | 'DIFF_TIME' | 'RATE';

/**
 * What changed since the preceding point, however long ago; the first point has no result (user guide, DIFF, DIFF_TIME,
 * RATE). Times are in seconds.
 */
export function changeOf(change: Change, { grid, values, subject }: Series): Series {
  const result = new Float64Array(values.length).fill(Number.NaN);
  let before = -1;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    if (before >= 0) {
      const seconds = (index - before) * grid.period;
      const difference = value - (values[before] as number);
      result[index] = finite(change === 'DIFF_TIME' ? seconds : change === 'DIFF' ? difference : difference / seconds);
    }
    before = index;
  }
  return seriesOf(grid, result, subject);
}

/** The sum of all points up to each point. */
export function runningSum({ grid, values, subject }: Series): Series {
  const result = new Float64Array(values.length);
  let sum = 0;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!Number.isNaN(value)) sum += value;
    result[index] = Number.isNaN(value) ? value : finite(sum);
  }
  return seriesOf(grid, result, subject);
}
