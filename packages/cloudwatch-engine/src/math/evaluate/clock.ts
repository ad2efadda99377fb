import { calendarDay } from '../../utc-calendar.ts';
import type { Grid } from '../values/grid.ts';
import { type Series, seriesOf } from '../values/series.ts';

export type ClockFunction = 'MINUTE' | 'HOUR' | 'DAY' | 'DATE' | 'MONTH' | 'YEAR' | 'EPOCH';

const DAY_SECONDS = 86_400;

/** Of every place of a grid, in UTC; DAY is 1 for Monday to 7 for Sunday, EPOCH seconds since 1970 (user guide). */
export function clockSeries(name: ClockFunction, grid: Grid): Series {
  const values = new Float64Array(grid.length);
  for (let index = 0; index < values.length; index += 1) {
    values[index] = clockValue(name, grid.origin + index * grid.period);
  }
  return seriesOf(grid, values);
}

function clockValue(name: ClockFunction, seconds: number): number {
  const days = Math.floor(seconds / DAY_SECONDS);
  const inDay = seconds - days * DAY_SECONDS;
  switch (name) {
    case 'EPOCH':
      return seconds;
    case 'MINUTE':
      return Math.floor(inDay / 60) % 60;
    case 'HOUR':
      return Math.floor(inDay / 3600);
    case 'DAY':
      // 1970 began on a Thursday.
      return ((((days + 3) % 7) + 7) % 7) + 1;
    case 'DATE':
      return calendarDay(days).day;
    case 'MONTH':
      return calendarDay(days).month;
    case 'YEAR':
      return calendarDay(days).year;
  }
}
