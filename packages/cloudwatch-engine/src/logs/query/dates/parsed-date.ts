import { calendarDay, daysSinceEpoch } from '../../../utc-calendar.ts';
import { months, weekdays } from './date-names.ts';
import { instantIn } from './time-zone.ts';

type Piece = { readonly letter: string; readonly count: number; readonly source: string };

const short = (names: readonly string[]): string => names.map((name) => name.slice(0, 3)).join('|');
const digits = (count: number, most: number): string => (count === 1 ? `\\d{1,${most}}` : `\\d{${count}}`);

/** What a letter of a pattern reads, by Java's DateTimeFormatter; letters that are not here are not read. */
const sources: Readonly<Record<string, (count: number) => string | undefined>> = {
  y: (count) => digits(count, 9),
  u: (count) => digits(count, 9),
  M: (count) => (count < 3 ? digits(count, 2) : count === 3 ? short(months) : months.join('|')),
  d: (count) => digits(count, 2),
  H: (count) => digits(count, 2),
  h: (count) => digits(count, 2),
  m: (count) => digits(count, 2),
  s: (count) => digits(count, 2),
  S: (count) => `\\d{${count}}`,
  a: () => 'AM|PM',
  E: (count) => (count < 4 ? short(weekdays) : weekdays.join('|')),
  X: () => 'Z|[+-]\\d\\d(?::?\\d\\d)?',
  x: () => '[+-]\\d\\d(?::?\\d\\d)?',
  Z: () => '[+-]\\d\\d:?\\d\\d',
};

/** Letters in a row, texts in quotes, and whatever else stands for itself. */
const piece = /([A-Za-z])\1*|'((?:[^']|'')*)'|[^A-Za-z']/gs;

/** A field of an event may stand for the pattern, and be longer than an expression can be. */
const longestPattern = 1000;

const piecesOf = (pattern: string): readonly Piece[] | undefined => {
  if (pattern.length > longestPattern || pattern.replace(piece, '') !== '') return undefined;
  const pieces = Array.from(pattern.matchAll(piece), ([text, letter = '', quoted]): Piece | undefined => {
    if (letter === '') {
      const plain = quoted === undefined ? text : quoted.replaceAll("''", "'") || "'";
      return { letter, count: 0, source: plain.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&') };
    }
    const source = text.length > 9 ? undefined : sources[letter]?.(text.length);
    return source === undefined ? undefined : { letter, count: text.length, source: `(${source})` };
  });
  const read = pieces.filter((each) => each !== undefined);
  const letters = read.map(({ letter }) => letter).filter((letter) => letter !== '');
  // Digits of several letters side by side can be shared out in so many ways that a search for one would not end.
  return read.length === pieces.length && new Set(letters).size === letters.length ? read : undefined;
};

/** Whether a pattern is of the letters that are read, y u M d H h m s S a E X x Z, each in one place. */
export const isDatePattern = (pattern: string): boolean => piecesOf(pattern) !== undefined;

const monthOf = (text: string | undefined, count: number): number => {
  if (text === undefined || count < 3) return Number(text ?? Number.NaN);
  return months.findIndex((name) => (count === 3 ? name.slice(0, 3) : name) === text) + 1;
};

const yearOf = (text: string | undefined, count: number): number =>
  Number(text ?? Number.NaN) + (count === 2 ? 2000 : 0);

/**
 * Epoch milliseconds of a date, from midnight where it has no time, by Java's DateTimeFormatter; `undefined` of what is not as
 * the pattern says. An offset in the text goes before the zone.
 */
export const parsedDate = (text: string, pattern: string, zone: string): number | undefined => {
  const pieces = piecesOf(pattern);
  const match = pieces && new RegExp(`^${pieces.map(({ source }) => source).join('')}$`, 's').exec(text);
  if (!match) return undefined;
  const lettered = pieces.filter(({ letter }) => letter !== '');
  const found = new Map(
    lettered.map(({ letter, count }, index) => [letter, { text: match[index + 1], count }] as const),
  );
  const numberOf = (letter: string): number => Number(found.get(letter)?.text ?? 0);
  const year = found.get('y') ?? found.get('u');
  const date = {
    year: yearOf(year?.text, year?.count ?? 0),
    month: monthOf(found.get('M')?.text, found.get('M')?.count ?? 0),
    day: Number(found.get('d')?.text ?? Number.NaN),
  };
  const hour = found.has('h') ? (numberOf('h') % 12) + (found.get('a')?.text === 'PM' ? 12 : 0) : numberOf('H');
  const [minute, second] = [numberOf('m'), numberOf('s')];
  const days = daysSinceEpoch(date);
  if (Number.isNaN(days) || hour > 23 || numberOf('h') > 12 || minute > 59 || second > 59) return undefined;
  const same = calendarDay(days);
  if (same.month !== date.month || same.day !== date.day) return undefined;
  const fraction = Math.floor(Number(`0.${found.get('S')?.text ?? '0'}`) * 1000);
  const shown = days * 86_400_000 + (hour * 3600 + minute * 60 + second) * 1000 + fraction;
  return instantIn(found.get('X')?.text ?? found.get('x')?.text ?? found.get('Z')?.text ?? zone, shown);
};
