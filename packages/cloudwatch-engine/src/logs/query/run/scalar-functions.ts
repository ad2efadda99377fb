import ipaddr from 'ipaddr.js';
import { calendarDay, daysSinceEpoch } from '../../../utc-calendar.ts';
import type { ScalarFunction } from '../syntax/function-table.ts';
import type { QueryPeriod } from '../syntax/query.ts';
import { isTree, numberOf, type QueryValue, textOf, valueOfJson } from './query-value.ts';

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

const addressOf = (value: QueryValue): ipaddr.IPv4 | ipaddr.IPv6 | undefined => {
  const text = textOf(value);
  // Shorter spellings such as 10.1 are no addresses here.
  if (text === undefined || !ipaddr.isValid(text) || (!text.includes(':') && text.split('.').length !== 4))
    return undefined;
  return ipaddr.parse(text);
};

const isInSubnet = (value: QueryValue, subnet: QueryValue, kind?: 'ipv4' | 'ipv6'): boolean => {
  const address = addressOf(value);
  if (address === undefined || (kind !== undefined && address.kind() !== kind)) return false;
  try {
    const [range, bits] = ipaddr.parseCIDR(textOf(subnet) ?? '');
    return range.kind() === address.kind() && address.match([range, bits] as never);
  } catch {
    return false;
  }
};

const number = (value: QueryValue, run: (value: number) => number): QueryValue => {
  const found = numberOf(value);
  return found === undefined ? undefined : finite(run(found));
};

/** What is no number, such as the root of -1, is missing. */
export const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

const text = (value: QueryValue, run: (value: string) => QueryValue): QueryValue => {
  const found = textOf(value);
  return found === undefined ? undefined : run(found);
};

const numbersOf = (args: readonly QueryValue[]): number[] => args.flatMap((value) => numberOf(value) ?? []);

const trimStart = (value: string, characters: QueryValue): string => {
  const set = characters === undefined ? ' ' : (textOf(characters) ?? '');
  let from = 0;
  while (from < value.length && set.includes(value.charAt(from))) from += 1;
  return value.slice(from);
};

const trimEnd = (value: string, characters: QueryValue): string => {
  const set = characters === undefined ? ' ' : (textOf(characters) ?? '');
  let to = value.length;
  while (to > 0 && set.includes(value.charAt(to - 1))) to -= 1;
  return value.slice(0, to);
};

const extreme = (args: readonly QueryValue[], pick: (...numbers: number[]) => number): QueryValue => {
  const numbers = numbersOf(args);
  return numbers.length === 0 ? undefined : pick(...numbers);
};

const parseJson = (value: string): QueryValue => {
  try {
    return valueOfJson(JSON.parse(value));
  } catch {
    return undefined;
  }
};

type Run = (args: readonly QueryValue[]) => QueryValue;

/** Functions of values alone; bin, datefloor, dateceil and now also ask for a period or the time. */
export const scalarRuns: Readonly<Record<Exclude<ScalarFunction, 'bin' | 'datefloor' | 'dateceil' | 'now'>, Run>> = {
  abs: ([value]) => number(value, Math.abs),
  ceil: ([value]) => number(value, Math.ceil),
  floor: ([value]) => number(value, Math.floor),
  sqrt: ([value]) => number(value, Math.sqrt),
  log: ([value]) => number(value, Math.log),
  greatest: (args) => extreme(args, Math.max),
  least: (args) => extreme(args, Math.min),
  frommillis: ([value]) => {
    const instant = numberOf(value);
    return instant === undefined ? undefined : { instant };
  },
  tomillis: ([value]) => numberOf(value),
  ispresent: ([value]) => value !== undefined,
  coalesce: (args) => args.find((value) => value !== undefined),
  isvalidip: ([value]) => addressOf(value) !== undefined,
  isvalidipv4: ([value]) => addressOf(value)?.kind() === 'ipv4',
  isvalidipv6: ([value]) => addressOf(value)?.kind() === 'ipv6',
  isipinsubnet: ([value, subnet]) => isInSubnet(value, subnet),
  isipv4insubnet: ([value, subnet]) => isInSubnet(value, subnet, 'ipv4'),
  isipv6insubnet: ([value, subnet]) => isInSubnet(value, subnet, 'ipv6'),
  isempty: ([value]) => (textOf(value) ?? '') === '',
  isblank: ([value]) => (textOf(value) ?? '').trim() === '',
  concat: (args) => args.map((value) => textOf(value) ?? '').join(''),
  ltrim: ([value, characters]) => text(value, (found) => trimStart(found, characters)),
  rtrim: ([value, characters]) => text(value, (found) => trimEnd(found, characters)),
  trim: ([value, characters]) => text(value, (found) => trimEnd(trimStart(found, characters), characters)),
  strlen: ([value]) => text(value, (found) => [...found].length),
  toupper: ([value]) => text(value, (found) => found.toUpperCase()),
  tolower: ([value]) => text(value, (found) => found.toLowerCase()),
  substr: ([value, from, length]) =>
    text(value, (found) => {
      const start = Math.max(0, numberOf(from) ?? 0);
      return found.slice(start, length === undefined ? undefined : start + (numberOf(length) ?? 0));
    }),
  replace: ([value, searched, replacement]) =>
    text(value, (found) => found.replaceAll(textOf(searched) ?? '', () => textOf(replacement) ?? '')),
  strcontains: ([value, searched]) => text(value, (found) => found.includes(textOf(searched) ?? '')),
  jsonparse: ([value]) => text(value, parseJson),
  jsonstringify: ([value]) =>
    value === undefined ? undefined : JSON.stringify(isTree(value) ? value.json : (numberOf(value) ?? textOf(value))),
};
