import { calendarDay, daysSinceEpoch } from '../../../../utc-calendar.ts';
import type { QueryPeriod } from '../../syntax/query.ts';

const day = 86_400_000;

/** The beginning of the period that an instant lies in; weeks begin on Thursday, the first day of 1970. */
export const floorTo = (instant: number, period: QueryPeriod): number => {
  if (period.unit === 'fixed') return Math.floor(instant / period.milliseconds) * period.milliseconds;
  const { year, month } = calendarDay(Math.floor(instant / day));
  const months = Math.floor((year * 12 + month - 1) / period.months) * period.months;
  return daysSinceEpoch({ year: Math.floor(months / 12), month: (months % 12) + 1, day: 1 }) * day;
};

export const ceilTo = (instant: number, period: QueryPeriod): number => {
  const floor = floorTo(instant, period);
  if (floor === instant) return instant;
  if (period.unit === 'fixed') return floor + period.milliseconds;
  const { year, month } = calendarDay(Math.floor(floor / day));
  return daysSinceEpoch({ year, month: month + period.months, day: 1 }) * day;
};
