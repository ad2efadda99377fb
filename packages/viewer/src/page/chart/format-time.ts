/** `UTC`, `local` (the browser's), or CloudWatch's `+hhmm` and `-hhmm`. */
export type TimeZone = string;

const OFFSET = /^([+-])(\d{2})(\d{2})$/;
const MINUTE = 60_000;

/**
 * A date whose UTC getters say what a clock in the zone shows. The browser's own rules are asked for `local`, so
 * summer time is right at that instant.
 */
export function shiftedDate(epochSeconds: number, zone: TimeZone): Date {
  const date = new Date(epochSeconds * 1000);
  return new Date(date.getTime() + offsetMinutes(date, zone) * MINUTE);
}

/** Minutes east of Greenwich at an instant. */
function offsetMinutes(date: Date, zone: TimeZone): number {
  if (zone === 'local') return -date.getTimezoneOffset();
  const match = OFFSET.exec(zone);
  if (!match) return 0;
  const [, sign, hours, minutes] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

const two = (value: number): string => String(value).padStart(2, '0');
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** `14:05:09` */
function clockTime(epochSeconds: number, zone: TimeZone): string {
  const date = shiftedDate(epochSeconds, zone);
  return `${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

/** `2026-11-24 14:05:09`; with milliseconds where the instant has some and they are wanted. */
export function dateTime(epochSeconds: number, zone: TimeZone, withMilliseconds = false): string {
  const date = shiftedDate(epochSeconds, zone);
  const day = `${date.getUTCFullYear()}-${two(date.getUTCMonth() + 1)}-${two(date.getUTCDate())}`;
  const fraction = withMilliseconds ? `.${String(date.getUTCMilliseconds()).padStart(3, '0')}` : '';
  return `${day} ${clockTime(epochSeconds, zone)}${fraction}`;
}

/** What stands below the time axis: seconds, minutes or days, by how far apart the marks are. Days name their month. */
export function axisTimes(marks: readonly number[], stepSeconds: number, zone: TimeZone): readonly string[] {
  let lastDay = '';
  return marks.map((mark) => {
    const date = shiftedDate(mark, zone);
    const day = `${MONTHS[date.getUTCMonth()]} ${date.getUTCDate()}`;
    const isNew = day !== lastDay && (lastDay !== '' || date.getUTCHours() + date.getUTCMinutes() === 0);
    lastDay = day;
    if (stepSeconds >= 86_400 || (isNew && stepSeconds >= 3600)) return day;
    return stepSeconds < 60 ? clockTime(mark, zone) : clockTime(mark, zone).slice(0, 5);
  });
}

/** `UTC`, `UTC+02:00`: what the reader is told about the zone at an instant. */
export function zoneName(epochSeconds: number, zone: TimeZone): string {
  const minutes = offsetMinutes(new Date(epochSeconds * 1000), zone);
  if (minutes === 0) return 'UTC';
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? '−' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** `just now`, `12 s ago`, `5 min ago`, `3 h ago`, `2 d ago`. */
export function ago(epochSeconds: number, nowSeconds: number): string {
  const age = Math.max(0, Math.round(nowSeconds - epochSeconds));
  if (age < 2) return 'just now';
  if (age < 60) return `${age} s ago`;
  if (age < 3600) return `${Math.floor(age / 60)} min ago`;
  return age < 2 * 86_400 ? `${Math.floor(age / 3600)} h ago` : `${Math.floor(age / 86_400)} d ago`;
}
