import { calendarDay, daysSinceEpoch } from '../../../utc-calendar.ts';
import { months, weekdays } from './date-names.ts';
import { zoneOffset } from './time-zone.ts';

type Moment = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly days: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly instant: number;
  readonly offset: number;
  readonly zone: string;
};

const two = (value: number): string => String(value).padStart(2, '0');
const hour12 = (hour: number): number => hour % 12 || 12;
const weekday = (days: number): number => (((days + 4) % 7) + 7) % 7;

const offsetText = (offset: number): string => {
  const minutes = Math.abs(Math.trunc(offset / 60_000));
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
};

/** Directives of strftime (POSIX), in its own locale. */
const directives: Readonly<Record<string, (moment: Moment) => string>> = {
  Y: ({ year }) => String(year),
  C: ({ year }) => two(Math.floor(year / 100)),
  y: ({ year }) => two(((year % 100) + 100) % 100),
  m: ({ month }) => two(month),
  d: ({ day }) => two(day),
  e: ({ day }) => String(day).padStart(2),
  j: ({ year, days }) => String(days - daysSinceEpoch({ year, month: 1, day: 1 }) + 1).padStart(3, '0'),
  H: ({ hour }) => two(hour),
  I: ({ hour }) => two(hour12(hour)),
  M: ({ minute }) => two(minute),
  S: ({ second }) => two(second),
  p: ({ hour }) => (hour < 12 ? 'AM' : 'PM'),
  a: ({ days }) => (weekdays[weekday(days)] ?? '').slice(0, 3),
  A: ({ days }) => weekdays[weekday(days)] ?? '',
  b: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  h: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
  B: ({ month }) => months[month - 1] ?? '',
  u: ({ days }) => String(weekday(days) || 7),
  w: ({ days }) => String(weekday(days)),
  s: ({ instant }) => String(Math.floor(instant / 1000)),
  z: ({ offset }) => offsetText(offset),
  Z: ({ zone }) => zone,
  n: () => '\n',
  t: () => '\t',
  '%': () => '%',
};

/** Directives that stand for several. */
const combined: Readonly<Record<string, string>> = {
  D: '%m/%d/%y',
  F: '%Y-%m-%d',
  R: '%H:%M',
  T: '%H:%M:%S',
  r: '%I:%M:%S %p',
};

const directive = /%(.?)/gs;

const expanded = (format: string): string =>
  format.replace(directive, (whole, letter: string) => combined[letter] ?? whole);

/** The first directive that is none of these; `undefined` where there is no such. */
export const unknownDirective = (format: string): string | undefined =>
  Array.from(expanded(format).matchAll(directive)).find(([, letter = '']) => !Object.hasOwn(directives, letter))?.[0];

/** An instant in the clocks of a zone; `undefined` of an unknown directive or zone. */
export const formattedDate = (instant: number, format: string, zone: string): string | undefined => {
  const offset = zoneOffset(zone, instant);
  if (offset === undefined || unknownDirective(format) !== undefined) return undefined;
  const seconds = Math.floor((instant + offset) / 1000);
  const days = Math.floor(seconds / 86_400);
  const inDay = seconds - days * 86_400;
  const clock = { hour: Math.floor(inDay / 3600), minute: Math.floor(inDay / 60) % 60, second: inDay % 60 };
  const moment = { ...calendarDay(days), ...clock, days, instant, offset, zone };
  return expanded(format).replace(directive, (whole, letter: string) => directives[letter]?.(moment) ?? whole);
};
