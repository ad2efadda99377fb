import type { QueryPeriod } from './query.ts';
import { LogQueryError, peekMatch, type QueryReader } from './query-reader.ts';

/** User guide, functions of date and time: the units, and the number at which the service caps each. */
const units = [
  { names: ['millisecond', 'ms', 'msec'], milliseconds: 1, most: 1000 },
  { names: ['second', 's', 'sec'], milliseconds: 1000, most: 60 },
  { names: ['minute', 'm', 'min'], milliseconds: 60_000, most: 60 },
  { names: ['hour', 'h', 'hr'], milliseconds: 3_600_000, most: 24 },
  { names: ['day', 'd'], milliseconds: 86_400_000 },
  { names: ['week', 'w'], milliseconds: 7 * 86_400_000 },
  { names: ['month', 'mo', 'mon'], months: 1 },
  { names: ['quarter', 'q', 'qtr'], months: 3 },
  { names: ['year', 'y', 'yr'], months: 12 },
] as const;

/** Names and abbreviations of more than one character have a plural. */
const unitOf = new Map<string, (typeof units)[number]>(
  units.flatMap((unit) =>
    unit.names.flatMap((name) => (name.length > 1 ? [name, `${name}s`] : [name]).map((each) => [each, unit] as const)),
  ),
);

/** A number with a unit of time, such as `5m` or `2 hours`. @throws LogQueryError for one that no time can be cut into. */
export const takePeriod = (reader: QueryReader): QueryPeriod | undefined => {
  const found = peekMatch(reader, /\d+(?:\.\d+)?\s?[a-z]+\b/iy);
  if (found === undefined) return undefined;
  const text = found.toLowerCase().replace(/\s/, '');
  const [, digits = '', name = ''] = /^([\d.]+)([a-z]+)$/.exec(text) ?? [];
  const unit = unitOf.get(name);
  if (unit === undefined) return undefined;
  const from = reader.at;
  reader.at += found.length;
  const amount = Number(digits);
  if ('months' in unit) {
    if (Number.isSafeInteger(amount) && amount > 0) return { unit: 'months', months: amount * unit.months, text };
    throw new LogQueryError(`${text} is no period: ${unit.names[0]}s are counted from 1`, from, reader.at);
  }
  const milliseconds = Math.min(amount, 'most' in unit ? unit.most : amount) * unit.milliseconds;
  if (Number.isFinite(milliseconds) && milliseconds > 0) return { unit: 'fixed', milliseconds, text };
  throw new LogQueryError(`${text} is no period: it takes a number above 0`, from, reader.at);
};
