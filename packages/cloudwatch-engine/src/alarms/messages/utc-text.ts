import { calendarDay } from '../../utc-calendar.ts';

/** The parts of a moment in UTC; `weekday` counts from Sunday, 0. */
type Utc = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly millisecond: number;
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const WEEKDAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `2026-09-14T05:43:07.551+0000`: the moments in reason data, SNS messages and history. `at` in seconds since 1970. */
export function isoMillis(at: number): string {
  const utc = utcOf(at);
  return `${isoText(utc)}.${pad(utc.millisecond, 3)}+0000`;
}

/** `2026-09-14T05:43:07`, in UTC, without a zone. `at` in seconds since 1970. */
export function isoSeconds(at: number): string {
  return isoText(utcOf(at));
}

function isoText({ year, month, day, hour, minute, second }: Utc): string {
  return `${pad(year, 4)}-${pad(month)}-${pad(day)}T${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** `14/09/26 05:42:30`, day first: the moment of a datapoint in a reason. `at` in seconds since 1970. */
export function shortUtc(at: number): string {
  const { year, month, day, hour, minute, second } = utcOf(at);
  return `${pad(day)}/${pad(month)}/${pad(year % 100)} ${pad(hour)}:${pad(minute)}:${pad(second)}`;
}

/** `Monday 14 September, 2026 11:18:52 UTC`: moments in the reasons of composite alarms, and in mails. */
export function longUtc(at: number): string {
  const { year, month, day, weekday, hour, minute, second } = utcOf(at);
  const date = `${WEEKDAYS[weekday]} ${pad(day)} ${MONTHS[month - 1]}, ${year}`;
  return `${date} ${pad(hour)}:${pad(minute)}:${pad(second)} UTC`;
}

function utcOf(at: number): Utc {
  const millis = Math.round(at * 1000);
  const days = Math.floor(millis / 86_400_000);
  const rest = millis - days * 86_400_000;
  const { year, month, day } = calendarDay(days);
  return {
    year,
    month,
    day,
    weekday: (((days + 4) % 7) + 7) % 7,
    hour: Math.floor(rest / 3_600_000),
    minute: Math.floor(rest / 60_000) % 60,
    second: Math.floor(rest / 1000) % 60,
    millisecond: rest % 1000,
  };
}

function pad(value: number, width = 2): string {
  return String(value).padStart(width, '0');
}
