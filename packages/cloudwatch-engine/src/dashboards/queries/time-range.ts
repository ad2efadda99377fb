import { calendarDay, daysSinceEpoch, parseInstant } from '../../utc-calendar.ts';

/** Seconds since 1970; `end` is not part of it. */
export type TimeRange = { readonly start: number; readonly end: number };

const DAY_SECONDS = 86_400;
const RELATIVE = /^-P(?:(\d+)([DWM])|T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)$/;

/** The instant, `-PT90M`, `-PT6H`, `-P3D`, `-P2W` or `-P3M` (calendar months) before `end` or as it stands. */
function startOf(text: string, end: number): number | undefined {
  const match = RELATIVE.exec(text);
  if (!match) return parseInstant(text);
  const [, count, unit, hours = 0, minutes = 0, seconds = 0] = match;
  if (count === undefined) return end - (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  if (unit === 'M') return monthsBefore(end, Number(count));
  return end - Number(count) * DAY_SECONDS * (unit === 'W' ? 7 : 1);
}

/** The same day of the month and time of day; the 31st of a shorter month runs into the next. */
function monthsBefore(end: number, months: number): number {
  const days = Math.floor(end / DAY_SECONDS);
  const { year, month, day } = calendarDay(days);
  return daysSinceEpoch({ year, month: month - months, day }) * DAY_SECONDS + (end - days * DAY_SECONDS);
}

/** What `start` and `end` of a dashboard or widget say, and `shown` where they say nothing, or nothing sensible. */
export function timeRange(
  { start, end }: { readonly start?: string; readonly end?: string },
  shown: TimeRange,
): TimeRange {
  if (start === undefined) return shown;
  const to = (end === undefined ? undefined : startOf(end, shown.end)) ?? shown.end;
  const from = startOf(start, to);
  return from === undefined || from >= to ? shown : { start: from, end: to };
}
