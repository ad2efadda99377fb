/**
 * The hours of the day in which people may be called, on the wall clock of `timeZone` (an IANA name), as `HH:MM`.
 * `from` is inside, `to` is outside; `24:00` is the end of the day; `from` after `to` spans midnight.
 */
export type TimeWindow = { readonly from: string; readonly to: string; readonly timeZone: string };

/**
 * Whether people may be called now. `now` in epoch milliseconds.
 *
 * @throws RangeError when the time zone or an hour is not one.
 */
export function isOpen(window: TimeWindow, now: number): boolean {
  const from = minuteOfDay(window.from);
  const to = minuteOfDay(window.to);
  const minute = minuteAt(now, window.timeZone);
  return from <= to ? from <= minute && minute < to : minute >= from || minute < to;
}

function minuteOfDay(time: string): number {
  const [, hours, minutes] = /^([01]\d|2[0-4]):([0-5]\d)$/.exec(time) ?? [];
  const minute = Number(hours) * 60 + Number(minutes);
  if (!(minute <= 24 * 60)) throw new RangeError(`"${time}" is no time of day: write HH:MM, from 00:00 to 24:00`);
  return minute;
}

function minuteAt(now: number, timeZone: string): number {
  const clock = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return minuteOfDay(clock.format(now));
}
