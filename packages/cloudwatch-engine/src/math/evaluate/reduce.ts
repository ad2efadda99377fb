import type { MathSettings } from '../settings.ts';
import type { Grid } from '../values/grid.ts';
import { aligned, finite, isArray, type Series, seriesOf, type Value } from '../values/series.ts';

export type Reducer = 'AVG' | 'MAX' | 'MIN' | 'SUM' | 'STDDEV' | 'DATAPOINT_COUNT';

/** The numbers seen so far. Squares are summed around the first, so that large values keep their digits. */
type Tally = {
  count: number;
  sum: number;
  minimum: number;
  maximum: number;
  first: number;
  shifted: number;
  squares: number;
};

function emptyTally(): Tally {
  return { count: 0, sum: 0, minimum: 0, maximum: 0, first: 0, shifted: 0, squares: 0 };
}

function count(tally: Tally, value: number): void {
  if (tally.count === 0) {
    tally.first = value;
    tally.minimum = value;
    tally.maximum = value;
  }
  tally.count += 1;
  tally.sum += value;
  if (value < tally.minimum) tally.minimum = value;
  if (value > tally.maximum) tally.maximum = value;
  const distance = value - tally.first;
  tally.shifted += distance;
  tally.squares += distance * distance;
}

/** NaN for no number at all, save that there are 0 of them. */
function resultOf(reducer: Reducer, tally: Tally, { standardDeviation }: MathSettings): number {
  if (reducer === 'DATAPOINT_COUNT') return tally.count;
  if (tally.count === 0) return Number.NaN;
  switch (reducer) {
    case 'SUM':
      return tally.sum;
    case 'AVG':
      return tally.sum / tally.count;
    case 'MAX':
      return tally.maximum;
    case 'MIN':
      return tally.minimum;
    case 'STDDEV': {
      const divisor = standardDeviation === 'population' ? tally.count : tally.count - 1;
      const spread = tally.squares - (tally.shifted * tally.shifted) / tally.count;
      return Math.sqrt(Math.max(0, spread) / divisor);
    }
  }
}

/** A scalar of one series; of an array, a series with the reduction of the values of each time. `empty` is where no series is. */
export function reduce(reducer: Reducer, value: Value, settings: MathSettings, empty: Grid): Value {
  if (isArray(value)) return reduceArray(reducer, value, settings, empty);
  return reduceSeries(reducer, value as Series, settings);
}

export function reduceSeries(reducer: Reducer, { values }: Series, settings: MathSettings): number {
  const tally = emptyTally();
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (!Number.isNaN(value)) count(tally, value);
  }
  if (reducer === 'AVG' && settings.averageOfSeries === 'periods' && tally.count > 0)
    return finite(tally.sum / values.length);
  return finite(resultOf(reducer, tally, settings));
}

function reduceArray(reducer: Reducer, all: readonly Series[], settings: MathSettings, empty: Grid): Series {
  if (all.length === 0) return seriesOf(empty, new Float64Array(empty.length).fill(Number.NaN));
  const { grid, columns } = aligned(all, settings);
  const zeros = countsMissing(reducer, settings);
  const result = new Float64Array(grid.length);
  const tally = emptyTally();
  for (let index = 0; index < result.length; index += 1) {
    tally.count = tally.sum = tally.shifted = tally.squares = 0;
    let present = 0;
    for (const column of columns) {
      const value = column[index] as number;
      if (!Number.isNaN(value)) present += 1;
      else if (!zeros) continue;
      count(tally, Number.isNaN(value) ? 0 : value);
    }
    result[index] = present === 0 ? Number.NaN : finite(resultOf(reducer, tally, settings));
  }
  return seriesOf(grid, result);
}

function countsMissing(reducer: Reducer, { averageOfArray, extremesOfArray }: MathSettings): boolean {
  switch (reducer) {
    case 'AVG':
      return averageOfArray === 'zero';
    case 'MAX':
    case 'MIN':
    case 'STDDEV':
      return extremesOfArray === 'zero';
    case 'SUM':
    case 'DATAPOINT_COUNT':
      return false;
  }
}
