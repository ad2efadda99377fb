import type { Unit } from '@voice-campaign/metrics-schema';
import type { Metric } from '../metric.ts';
import type { StatisticSet } from '../statistic/samples.ts';

/** Samples of one metric at one instant, as PutMetricData and EMF bring them. */
export type MetricDatum = Metric & {
  readonly unit: Unit;
  /** 1 is a high-resolution metric, which periods below a minute can be asked of for 3 hours. */
  readonly resolution: 1 | 60;
  /** Milliseconds since 1970. */
  readonly timestamp: number;
} & (
    | {
        readonly values: readonly number[];
        /** How often each value was seen, as many as there are values; default once. */
        readonly counts?: readonly number[];
      }
    | { readonly statistics: StatisticSet }
  );

/** Why the store did not take a datum; `index` is its place in what was given. */
export type Refusal = { readonly index: number; readonly message: string } & (
  | { readonly code: 'timestamp-window'; readonly timestamp: number; readonly now: number }
  | { readonly code: 'value-range'; readonly value: number }
  | { readonly code: 'no-values' | 'counts' | 'statistic-set' }
);

/** User guide, "Time stamps": up to two weeks in the past and up to two hours into the future. */
const OLDEST_MS = 14 * 86_400_000;
const NEWEST_MS = 2 * 3_600_000;
/** API reference, MetricDatum.Value. */
const MAX_MAGNITUDE = 2 ** 360;

/** Whether CloudWatch takes data of this time; both in milliseconds since 1970. */
export function isTimely(timestamp: number, now: number): boolean {
  return timestamp >= now - OLDEST_MS && timestamp <= now + NEWEST_MS;
}

/** Whether CloudWatch takes a value; not NaN. */
export function isInRange(value: number): boolean {
  return Math.abs(value) <= MAX_MAGNITUDE;
}

/** The first reason not to take a datum (API reference, MetricDatum and StatisticSet). `now`: milliseconds since 1970. */
export function refusalOf(datum: MetricDatum, index: number, now: number): Refusal | undefined {
  const { timestamp } = datum;
  if (!isTimely(timestamp, now)) {
    const message = `${datum.name} is of ${timestamp}, CloudWatch takes 2 weeks before to 2 hours after ${now}: send it in time`;
    return { code: 'timestamp-window', index, timestamp, now, message };
  }
  const numbers = 'statistics' in datum ? Object.values(datum.statistics) : datum.values;
  const value = numbers.find((each) => !isInRange(each));
  if (value !== undefined) {
    const message = `${datum.name} has ${value}, CloudWatch takes -2^360 to 2^360: choose a larger unit`;
    return { code: 'value-range', index, value, message };
  }
  if ('statistics' in datum) return refusalOfSet(datum.name, datum.statistics, index);
  return refusalOfCounts(datum.name, datum.values, datum.counts, index);
}

function refusalOfSet(
  name: string,
  { sampleCount, minimum, maximum }: StatisticSet,
  index: number,
): Refusal | undefined {
  if (sampleCount > 0 && minimum <= maximum) return undefined;
  const message = `${name} has a statistic set of ${sampleCount} samples from ${minimum} to ${maximum}: give 1 or more, the smaller first`;
  return { code: 'statistic-set', index, message };
}

function refusalOfCounts(
  name: string,
  values: readonly number[],
  counts: readonly number[] | undefined,
  index: number,
): Refusal | undefined {
  if (values.length === 0) return { code: 'no-values', index, message: `${name} has no values: leave it out` };
  if (!counts) return undefined;
  if (counts.length === values.length && counts.every((count) => count > 0 && isInRange(count))) return undefined;
  const message = `${name} has counts that are not one number above 0 for each of its ${values.length} values: give as many`;
  return { code: 'counts', index, message };
}
