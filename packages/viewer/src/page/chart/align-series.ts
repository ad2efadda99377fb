import type { ChartSeries } from './chart-series.ts';

type Value = number | null | undefined;

/** What uPlot draws: instants in order, and for each series a value for each of them. */
export type AlignedSeries = {
  readonly times: readonly number[];
  /** `null` breaks the line; `undefined` is an instant that only other series have, over which the line goes on. */
  readonly values: readonly (readonly Value[])[];
};

type Timed = Pick<ChartSeries, 'timestamps' | 'values' | 'periodSeconds'>;

/** Two points further apart than this many periods are not joined by a line. */
const JOINED_PERIODS = 1.5;

/** Puts series of any periods on one axis of time, with a break wherever a period has no value. */
export function alignSeries(series: readonly Timed[]): AlignedSeries {
  const broken = series.map(withBreaks);
  const first = broken[0];
  if (first === undefined) return { times: [], values: [] };
  if (broken.every(({ times }) => sameTimes(times, first.times))) {
    return { times: first.times, values: broken.map(({ values }) => values) };
  }
  const times = [...new Set(broken.flatMap((each) => each.times))].sort((one, other) => one - other);
  const places = new Map(times.map((time, index) => [time, index]));
  const values = broken.map((each) => {
    const column = new Array<Value>(times.length).fill(undefined);
    each.times.forEach((time, index) => {
      column[places.get(time) ?? 0] = each.values[index];
    });
    return column;
  });
  return { times, values };
}

function withBreaks({ timestamps, values, periodSeconds }: Timed): { times: number[]; values: (number | null)[] } {
  const times: number[] = [];
  const broken: (number | null)[] = [];
  timestamps.forEach((time, index) => {
    const previous = times.at(-1);
    if (previous !== undefined && time <= previous) return;
    if (previous !== undefined && time - previous > JOINED_PERIODS * periodSeconds) {
      times.push(previous + periodSeconds);
      broken.push(null);
    }
    const value = values[index];
    times.push(time);
    broken.push(value !== undefined && Number.isFinite(value) ? value : null);
  });
  return { times, values: broken };
}

const sameTimes = (one: readonly number[], other: readonly number[]): boolean =>
  one.length === other.length && one.every((time, index) => time === other[index]);

/** Each series on top of those before it; what is missing counts as nothing, where any series has a value. */
export function stackSeries({ times, values }: AlignedSeries): AlignedSeries {
  const totals = new Array<number>(times.length).fill(0);
  const anywhere = times.map((_, index) => values.some((column) => typeof column[index] === 'number'));
  const stacked = values.map((column) =>
    column.map((value, index) => {
      if (!anywhere[index]) return null;
      totals[index] = (totals[index] ?? 0) + (value ?? 0);
      return totals[index];
    }),
  );
  return { times, values: stacked };
}
