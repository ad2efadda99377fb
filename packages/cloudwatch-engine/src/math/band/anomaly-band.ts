import { finite } from '../values/series.ts';
import type { BandSettings } from './band-settings.ts';

export type Band = { readonly upper: Float64Array; readonly lower: Float64Array };

/**
 * Mean plus and minus `deviations` population standard deviations of the datapoints before each place, itself not
 * included. `values` begins `training` places before the first place of the band.
 */
export function anomalyBand(
  values: Float64Array,
  training: number,
  periodSeconds: number,
  deviations: number,
  { seasonSeconds, minimumDatapoints }: BandSettings,
): Band {
  const length = Math.max(0, values.length - training);
  const upper = new Float64Array(length);
  const lower = new Float64Array(length);
  const before = runningTotals(values);
  const season = seasonSeconds > 0 ? Math.max(1, Math.round(seasonSeconds / periodSeconds)) : 0;
  for (let place = 0; place < length; place += 1) {
    const at = place + training;
    const seasonal = season > 0 ? seasonalMoments(values, at, training, season) : undefined;
    const { mean, deviation } =
      seasonal && seasonal.count >= minimumDatapoints
        ? seasonal
        : between(before, at - training, at, minimumDatapoints);
    upper[place] = finite(mean + deviations * deviation);
    lower[place] = finite(mean - deviations * deviation);
  }
  return { upper, lower };
}

type Moments = { readonly count: number; readonly mean: number; readonly deviation: number };
const NONE: Moments = { count: 0, mean: Number.NaN, deviation: Number.NaN };

/** Totals of all datapoints before each place, of their distance from the first so that large values keep their digits. */
type Totals = {
  readonly shift: number;
  readonly counts: Float64Array;
  readonly sums: Float64Array;
  readonly squares: Float64Array;
};

function runningTotals(values: Float64Array): Totals {
  const shift = values.find((value) => !Number.isNaN(value)) ?? 0;
  const size = values.length + 1;
  const totals = {
    shift,
    counts: new Float64Array(size),
    sums: new Float64Array(size),
    squares: new Float64Array(size),
  };
  const { counts, sums, squares } = totals;
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    const distance = Number.isNaN(value) ? 0 : value - shift;
    counts[index + 1] = (counts[index] as number) + (Number.isNaN(value) ? 0 : 1);
    sums[index + 1] = (sums[index] as number) + distance;
    squares[index + 1] = (squares[index] as number) + distance * distance;
  }
  return totals;
}

function between({ shift, counts, sums, squares }: Totals, from: number, to: number, least: number): Moments {
  const count = (counts[to] as number) - (counts[from] as number);
  if (count < least || count === 0) return NONE;
  const mean = ((sums[to] as number) - (sums[from] as number)) / count;
  const variance = ((squares[to] as number) - (squares[from] as number)) / count - mean * mean;
  return { count, mean: shift + mean, deviation: Math.sqrt(Math.max(0, variance)) };
}

function seasonalMoments(values: Float64Array, at: number, training: number, season: number): Moments {
  let count = 0;
  let mean = 0;
  let spread = 0;
  for (let index = at - season; index >= 0 && index >= at - training; index -= season) {
    const value = values[index] as number;
    if (Number.isNaN(value)) continue;
    count += 1;
    const distance = value - mean;
    mean += distance / count;
    spread += distance * (value - mean);
  }
  return count === 0 ? NONE : { count, mean, deviation: Math.sqrt(spread / count) };
}
