import type { TimeRange } from './time-range.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;

/** The period for a time range, both in seconds. */
export type AutoPeriod = (rangeSeconds: number) => number;

/**
 * Up to three hours in minutes, a day in five minutes, 15 days in hours, 63 days in six hours, then days. CloudWatch
 * documents that periods adapt to the range, not how; it keeps minutes for 15 days and five minutes for 63.
 */
export const autoPeriod: AutoPeriod = (rangeSeconds) => {
  if (rangeSeconds <= 3 * HOUR) return 60;
  if (rangeSeconds <= DAY) return 300;
  if (rangeSeconds <= 15 * DAY) return HOUR;
  return rangeSeconds <= 63 * DAY ? 6 * HOUR : DAY;
};

/** One period over all of the range, in whole minutes. */
export const wholeRange = ({ start, end }: TimeRange): number => Math.max(1, Math.ceil((end - start) / 60)) * 60;

/**
 * With `inherit`, the period a graph asks for; with `auto`, the range's where that is longer: a graph grows coarser
 * with its range, never finer than it was made.
 */
export function periodFor(asked: number, override: 'auto' | 'inherit', range: TimeRange, auto: AutoPeriod): number {
  return override === 'inherit' ? asked : Math.max(asked, auto(range.end - range.start));
}
