import {
  type Boundaries,
  SIMPLE_STATISTICS,
  type Statistic,
  TRIMMED_STATISTICS,
  type TrimmedStatistic,
} from './statistic.ts';

/** What is wrong with a statistic's spelling; `at` is the index of the first character that is. */
export type StatisticIssue = { readonly code: 'statistic'; readonly at: number; readonly message: string };

export type ParsedStatistic =
  | { readonly ok: true; readonly statistic: Statistic }
  | { readonly ok: false; readonly issue: StatisticIssue };

const DECIMALS = 10;
const ALLOWED = 'SampleCount, Sum, Average, Minimum, Maximum, p99.9, tm90, TM(10%:90%), WM, TC, TS, IQM, PR(:300)';

/** The text, how far it is read, and what to say when it ends there. */
type Cursor = { readonly text: string; at: number };
type Broken = { readonly at: number; readonly wants: string };

/**
 * Reads a statistic as the user guide spells it ("CloudWatch statistics definitions"): simple names with their
 * capitals, `p`, `tm`, `wm`, `tc`, `ts` in small letters before one number, `TM`, `WM`, `TC`, `TS`, `PR` in capitals
 * before a range, and `IQM`. Numbers have up to 10 decimals. Other capitals are refused, with the right ones named.
 */
export function parseStatistic(text: string): ParsedStatistic {
  const simple = SIMPLE_STATISTICS.find((name) => name === text);
  if (simple) return { ok: true, statistic: { kind: 'simple', name: simple } };
  if (text === 'IQM') return { ok: true, statistic: trimmed('TM', 'percent', { lower: 25, upper: 75 }) };
  const cursor: Cursor = { text, at: 0 };
  const read = readStatistic(cursor);
  if ('kind' in read) return { ok: true, statistic: read };
  const { at, wants } = read;
  const where = at < text.length ? `breaks at character ${at + 1}` : 'ends too early';
  return { ok: false, issue: { code: 'statistic', at, message: `statistic "${text}" ${where}: ${wants}` } };
}

function trimmed(name: TrimmedStatistic, by: 'percent' | 'value', boundaries: Boundaries): Statistic {
  return { kind: 'trimmed', name, by, boundaries };
}

function readStatistic(cursor: Cursor): Statistic | Broken {
  const { text } = cursor;
  const word = /^[A-Za-z]*/.exec(text)?.[0] ?? '';
  cursor.at = word.length;
  const range = text[cursor.at] === '(';
  if (word === 'p' && !range) return readPercentile(cursor);
  if (word === 'PR' && range) return readRank(cursor);
  const name = TRIMMED_STATISTICS.find((each) => (range ? each : each.toLowerCase()) === word);
  if (!name) return { at: 0, wants: wantsName(text, word, range) };
  return range ? readTrimmed(cursor, name) : readShort(cursor, name);
}

/** The right capitals of a name written with others, or everything there is. */
function wantsName(text: string, word: string, range: boolean): string {
  const rest = text.slice(word.length);
  const names = range ? [...TRIMMED_STATISTICS, 'PR'] : ['p', ...TRIMMED_STATISTICS.map((name) => name.toLowerCase())];
  const known = rest === '' ? [...SIMPLE_STATISTICS, 'IQM'] : names;
  const meant = known.find((name) => name.toLowerCase() === word.toLowerCase());
  if (meant !== undefined) return `capitals matter, write ${meant}${rest}`;
  if (word.toLowerCase() === 'pr') return 'a percentile rank has a range, as in PR(:300)';
  return `write one of ${ALLOWED}`;
}

function readPercentile(cursor: Cursor): Statistic | Broken {
  const percent = readNumber(cursor, 'percent');
  if (typeof percent !== 'number') return percent;
  return atEnd(cursor) ?? { kind: 'percentile', percent };
}

function readShort(cursor: Cursor, name: TrimmedStatistic): Statistic | Broken {
  const upper = readNumber(cursor, 'percent');
  if (typeof upper !== 'number') return upper;
  return atEnd(cursor) ?? trimmed(name, 'percent', { upper });
}

function readTrimmed(cursor: Cursor, name: TrimmedStatistic): Statistic | Broken {
  const by = cursor.text.includes('%') ? 'percent' : 'value';
  const boundaries = readBoundaries(cursor, by);
  return 'wants' in boundaries ? boundaries : trimmed(name, by, boundaries);
}

function readRank(cursor: Cursor): Statistic | Broken {
  const boundaries = readBoundaries(cursor, 'value');
  return 'wants' in boundaries ? boundaries : { kind: 'percentile-rank', boundaries };
}

function readBoundaries(cursor: Cursor, by: 'percent' | 'value'): Boundaries | Broken {
  cursor.at += 1;
  const lower = readBoundary(cursor, by, ':');
  if (typeof lower === 'object') return lower;
  if (cursor.text[cursor.at] !== ':')
    return { at: cursor.at, wants: 'a colon parts the lower from the upper boundary' };
  const start = ++cursor.at;
  const upper = readBoundary(cursor, by, ')');
  if (typeof upper === 'object') return upper;
  if (cursor.text[cursor.at] !== ')') return { at: cursor.at, wants: 'a closing parenthesis ends the range' };
  cursor.at += 1;
  const more = atEnd(cursor);
  if (more) return more;
  if (lower === undefined && upper === undefined) return { at: start, wants: 'give at least one boundary' };
  if (lower !== undefined && upper !== undefined && lower >= upper) {
    return { at: start, wants: `nothing lies between ${lower} and ${upper}: give the lower boundary first` };
  }
  return { ...(lower === undefined ? {} : { lower }), ...(upper === undefined ? {} : { upper }) };
}

/** A boundary that may be absent: then what follows is `until`. */
function readBoundary(cursor: Cursor, by: 'percent' | 'value', until: ':' | ')'): number | undefined | Broken {
  const { text } = cursor;
  if (text[cursor.at] === until) return undefined;
  const number = readNumber(cursor, by);
  if (typeof number !== 'number') return number;
  const hasSign = text[cursor.at] === '%';
  if (hasSign !== (by === 'percent')) {
    const rank = text.startsWith('PR') ? 'a percentile rank takes values, without %' : undefined;
    return { at: cursor.at, wants: rank ?? 'both boundaries take a %, or neither does' };
  }
  if (hasSign) cursor.at += 1;
  return number;
}

function readNumber(cursor: Cursor, by: 'percent' | 'value'): number | Broken {
  const { text, at } = cursor;
  const digits = /^\d+(?:\.(\d*))?/.exec(text.slice(at));
  if (!digits) return { at, wants: `a number${by === 'percent' ? ' from 0 to 100' : ''} belongs here, such as 99.9` };
  const [written, decimals] = digits;
  const end = at + written.length;
  if (decimals === '') return { at: end, wants: 'a digit follows the point' };
  if (decimals !== undefined && decimals.length > DECIMALS) {
    return { at: end - decimals.length + DECIMALS, wants: `CloudWatch takes ${DECIMALS} decimals` };
  }
  const number = Number(written);
  if (by === 'percent' && number > 100) return { at, wants: 'a percentage is 0 to 100' };
  if (!Number.isFinite(number)) return { at, wants: 'the number is too large' };
  cursor.at = end;
  return number;
}

function atEnd({ text, at }: Cursor): Broken | undefined {
  return at === text.length ? undefined : { at, wants: 'the statistic is complete before it: drop the rest' };
}
