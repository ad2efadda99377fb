/** A day of the Gregorian calendar, which goes on before its introduction; months and days from 1. */
type CalendarDay = { readonly year: number; readonly month: number; readonly day: number };

const DAY_SECONDS = 86_400;
const ERA_DAYS = 146_097;
const ISO_INSTANT =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/;

/** Days since 1970-01-01; a month beyond 12, or below 1, is one of a later, or earlier, year. */
export function daysSinceEpoch({ year, month, day }: CalendarDay): number {
  const months = year * 12 + (month - 1);
  const wholeYear = Math.floor(months / 12);
  const wholeMonth = ((months % 12) + 12) % 12;
  // Years that begin in March have their leap day at their end.
  const marchYear = wholeMonth < 2 ? wholeYear - 1 : wholeYear;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((wholeMonth + 10) % 12) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * ERA_DAYS + dayOfEra - 719_468;
}

/** The day that `days` since 1970-01-01 fall on. */
export function calendarDay(days: number): CalendarDay {
  const shifted = Math.floor(days) + 719_468;
  const era = Math.floor(shifted / ERA_DAYS);
  const dayOfEra = shifted - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const pad = (value: number, width = 2): string => String(value).padStart(width, '0');

/** `2026-11-23 18:35:07.042`, in UTC, of milliseconds since 1970. */
export function formatInstant(milliseconds: number): string {
  const whole = Math.floor(milliseconds);
  const { year, month, day } = calendarDay(Math.floor(whole / 1000 / DAY_SECONDS));
  const inDay = ((whole % (DAY_SECONDS * 1000)) + DAY_SECONDS * 1000) % (DAY_SECONDS * 1000);
  const seconds = Math.floor(inDay / 1000);
  const clock = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map((part) => pad(part));
  return `${pad(year, 4)}-${pad(month)}-${pad(day)} ${clock.join(':')}.${pad(inDay % 1000, 3)}`;
}

const number = (text: string | undefined): number => Number(text ?? '0');

/** Seconds since 1970 of an instant in ISO 8601, of which everything but the day may be absent; UTC without an offset. */
export function parseInstant(text: string): number | undefined {
  const match = ISO_INSTANT.exec(text.trim());
  if (!match) return undefined;
  const [, year, month, day, hours, minutes, seconds, fraction, zone] = match;
  const date = { year: number(year), month: number(month), day: number(day) };
  const days = daysSinceEpoch(date);
  const { month: sameMonth, day: sameDay } = calendarDay(days);
  if (date.month < 1 || date.month > 12 || sameMonth !== date.month || sameDay !== date.day) return undefined;
  if (number(hours) > 24 || number(minutes) > 59 || number(seconds) > 60) return undefined;
  const time = number(hours) * 3600 + number(minutes) * 60 + number(seconds) + number(`0.${fraction ?? '0'}`);
  return days * DAY_SECONDS + time - offsetSeconds(zone);
}

function offsetSeconds(zone = 'Z'): number {
  if (zone === 'Z') return 0;
  const digits = zone.slice(1).replace(':', '');
  const seconds = number(digits.slice(0, 2)) * 3600 + number(digits.slice(2)) * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}
