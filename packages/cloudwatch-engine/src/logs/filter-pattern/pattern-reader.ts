import { compileRegex } from '../../linear-regex.ts';
import type { Term } from './filter-pattern.ts';

/** A filter pattern that CloudWatch Logs does not take; `at` counts characters from 0. */
export class FilterPatternError extends Error {
  override readonly name = 'FilterPatternError';
  readonly at: number;

  constructor(problem: string, at: number) {
    super(`Invalid filter pattern: at character ${at + 1}, ${problem}`);
    this.at = at;
  }
}

/** A pattern and how far it is read. */
export type PatternReader = { readonly text: string; at: number; regexes: number; wildcards: number; depth: number };

const deepest = 50;

export const atEnd = (reader: PatternReader): boolean => reader.at >= reader.text.length;

export const skipSpace = (reader: PatternReader): void => {
  while (/\s/.test(reader.text[reader.at] ?? '')) reader.at += 1;
};

/** Whether `token` comes next, after spaces; it is read then. */
export const takes = (reader: PatternReader, token: string): boolean => {
  skipSpace(reader);
  if (!reader.text.startsWith(token, reader.at)) return false;
  reader.at += token.length;
  return true;
};

/** @throws FilterPatternError where something else comes next. */
export const expectToken = (reader: PatternReader, token: string): void => {
  if (!takes(reader, token)) throw unexpected(reader, token);
};

export const unexpected = (reader: PatternReader, expected: string): FilterPatternError => {
  const found = reader.text.slice(reader.at, reader.at + 12);
  const what = found === '' ? 'the pattern ends' : `${JSON.stringify(found)} stands`;
  return new FilterPatternError(`${what} where ${expected} is expected`, reader.at);
};

/** What matches `pattern`, a sticky expression, here; it is read then. */
export const takeMatch = (reader: PatternReader, pattern: RegExp): string | undefined => {
  pattern.lastIndex = reader.at;
  const found = pattern.exec(reader.text)?.[0];
  if (found !== undefined) reader.at += found.length;
  return found;
};

/** Runs `read` one level deeper. @throws FilterPatternError beyond the deepest. */
export const deeper = <T>(reader: PatternReader, read: () => T): T => {
  if (reader.depth >= deepest) throw new FilterPatternError(`brackets are nested deeper than ${deepest}`, reader.at);
  reader.depth += 1;
  const result = read();
  reader.depth -= 1;
  return result;
};

/** The text in double quotes that begins here; a backslash keeps the quote or backslash after it. */
export const readQuoted = (reader: PatternReader): string => {
  const from = reader.at;
  const quoted = takeMatch(reader, /"(?:[^"\\]|\\.)*"/sy);
  if (quoted === undefined) throw new FilterPatternError('the quotation that begins here does not end', from);
  return quoted.slice(1, -1).replace(/\\(["\\])/g, '$1');
};

const regexCharacters = /[^A-Za-z0-9_#=@/;,\-^$?[\]{}|\\*+. ]/;

/** The expression between percent signs that begins here. */
export const readRegex = (reader: PatternReader): Extract<Term, { kind: 'regex' }> => {
  const from = reader.at;
  const written = takeMatch(reader, /%(?:[^%\\]|\\.)+%/sy);
  if (written === undefined) throw new FilterPatternError('the expression that % begins does not end with %', from);
  const source = written.slice(1, -1);
  const forbidden = regexCharacters.exec(source);
  if (forbidden !== null) {
    const what = `${forbidden[0]} is not among the characters that CloudWatch Logs takes in an expression`;
    throw new FilterPatternError(
      `${what}: letters, digits, _ # = @ / ; , - and ^ $ ? [ ] { } | \\ * + .`,
      from + 1 + forbidden.index,
    );
  }
  const compiled = compileRegex(source);
  if (!compiled.ok) throw new FilterPatternError(`the expression cannot be read: ${compiled.message}`, from);
  reader.regexes += 1;
  return { kind: 'regex', source, regex: compiled.regex };
};
