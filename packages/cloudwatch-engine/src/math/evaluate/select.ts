import type { MathSettings } from '../settings.ts';
import type { Series } from '../values/series.ts';
import { type Reducer, reduceSeries } from './reduce.ts';

/** By a reduction of each series; those without any point come last, equal ones stay in their order. */
export function sortSeries(
  all: readonly Series[],
  by: Reducer,
  order: 'ASC' | 'DESC',
  settings: MathSettings,
): readonly Series[] {
  const sign = order === 'ASC' ? 1 : -1;
  const keyed = all.map((series) => ({ series, key: reduceSeries(by, series, settings) }));
  keyed.sort((a, b) => {
    if (Number.isNaN(a.key) || Number.isNaN(b.key)) return Number(Number.isNaN(a.key)) - Number(Number.isNaN(b.key));
    return a.key === b.key ? 0 : a.key < b.key ? -sign : sign;
  });
  return keyed.map(({ series }) => series);
}

export function withPoints(all: readonly Series[]): readonly Series[] {
  return all.filter(({ values }) => values.some((value) => !Number.isNaN(value)));
}
