import { BAND_OPERATORS, type MetricAlarm } from '../config/alarm.ts';

/** What a period is for an alarm. `insignificant` has too few samples to say anything. */
export const MISSING = 0;
const GOOD = 1;
export const BREACHING = 2;
export const INSIGNIFICANT = 3;

/** The datapoints of an alarm, one place for each period, oldest first; NaN where a period has none. */
export type Datapoints = {
  /** Start of the first period, in seconds since 1970. */
  readonly start: number;
  readonly values: Float64Array;
  /** The band of an anomaly alarm, place by place. */
  readonly lower?: Float64Array;
  readonly upper?: Float64Array;
  /** Samples in each period, where the alarm asks for a least number of them. */
  readonly sampleCounts?: Float64Array;
};

/** Compares every datapoint with the threshold or the band, once. */
export function classify(alarm: MetricAlarm, datapoints: Datapoints): Uint8Array {
  const { values, sampleCounts } = datapoints;
  const codes = new Uint8Array(values.length);
  const breaches = comparison(alarm, datapoints);
  const enough = alarm.minimumSamples ?? 0;
  const banded = BAND_OPERATORS.includes(alarm.operator);
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index] as number;
    if (Number.isNaN(value) || (banded && missesBand(datapoints, index))) continue;
    if (sampleCounts && (sampleCounts[index] as number) < enough) codes[index] = INSIGNIFICANT;
    else codes[index] = breaches(value, index) ? BREACHING : GOOD;
  }
  return codes;
}

/** A period that the band does not cover cannot be compared with it. */
function missesBand({ lower, upper }: Datapoints, index: number): boolean {
  return Number.isNaN(lower?.[index] ?? Number.NaN) || Number.isNaN(upper?.[index] ?? Number.NaN);
}

function comparison(
  { operator, threshold }: MetricAlarm,
  { lower, upper }: Datapoints,
): (value: number, index: number) => boolean {
  switch (operator) {
    case 'GreaterThanOrEqualToThreshold':
      return (value) => value >= threshold;
    case 'GreaterThanThreshold':
      return (value) => value > threshold;
    case 'LessThanThreshold':
      return (value) => value < threshold;
    case 'LessThanOrEqualToThreshold':
      return (value) => value <= threshold;
    case 'LessThanLowerThreshold':
      return (value, index) => value < (lower?.[index] ?? Number.NaN);
    case 'GreaterThanUpperThreshold':
      return (value, index) => value > (upper?.[index] ?? Number.NaN);
    case 'LessThanLowerOrGreaterThanUpperThreshold':
      return (value, index) => value < (lower?.[index] ?? Number.NaN) || value > (upper?.[index] ?? Number.NaN);
  }
}
