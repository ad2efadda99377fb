import type { MathSettings } from '../settings.ts';
import { finite, regrid, type Series, seriesOf } from '../values/series.ts';

/**
 * Gives missing points a value: a number, the value of another series at that time, the value of the point before
 * (`REPEAT`), or what lies on the line between the points before and after (`LINEAR`). Before the first point the last
 * two have no value to give, and after the last point LINEAR has none.
 */
export function fill(series: Series, filler: number | Series | 'REPEAT' | 'LINEAR', settings: MathSettings): Series {
  const { grid, values, subject } = series;
  if (filler === 'REPEAT') return seriesOf(grid, repeated(values), subject);
  if (filler === 'LINEAR') return seriesOf(grid, interpolated(values), subject);
  if (settings.fillOfEmpty === 'keep-empty' && values.every(Number.isNaN)) return series;
  const other = typeof filler === 'number' ? undefined : regrid(filler, grid);
  const result = values.slice();
  for (let index = 0; index < result.length; index += 1) {
    if (!Number.isNaN(result[index])) continue;
    result[index] = other === undefined ? (filler as number) : (other[index] as number);
  }
  return seriesOf(grid, result, subject);
}

function repeated(values: Float64Array): Float64Array {
  const result = values.slice();
  for (let index = 1; index < result.length; index += 1) {
    if (Number.isNaN(result[index])) result[index] = result[index - 1] as number;
  }
  return result;
}

function interpolated(values: Float64Array): Float64Array {
  const result = values.slice();
  let before = -1;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    const from = before < 0 ? value : (values[before] as number);
    for (let gap = before + 1; before >= 0 && gap < index; gap += 1) {
      result[gap] = finite(from + ((value - from) * (gap - before)) / (index - before));
    }
    before = index;
  }
  return result;
}
