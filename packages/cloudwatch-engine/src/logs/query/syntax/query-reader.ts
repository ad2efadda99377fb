import { compileRegex } from '../../../linear-regex.ts';
import type { RegexLiteral } from './query.ts';

/** A query that is not of the language, or of the part that is not emulated; `start` and `end` count characters from 0. */
export class LogQueryError extends Error {
  override readonly name = 'LogQueryError';
  readonly start: number;
  readonly end: number;

  constructor(problem: string, start: number, end = start + 1) {
    super(`at character ${start + 1}, ${problem}`);
    this.start = start;
    this.end = end;
  }
}

export type QueryReader = { readonly text: string; at: number; depth: number };

const deepest = 100;

/** Comments go from # to the end of the line. */
export const skipBlank = (reader: QueryReader): void => {
  const blank = /(?:\s|#[^\n]*)*/y;
  blank.lastIndex = reader.at;
  reader.at += blank.exec(reader.text)?.[0].length ?? 0;
};

export const peekMatch = (reader: QueryReader, pattern: RegExp): string | undefined => {
  skipBlank(reader);
  pattern.lastIndex = reader.at;
  return pattern.exec(reader.text)?.[0];
};

/** What matches `pattern`, a sticky expression, after blanks; it is read then. */
export const takeMatch = (reader: QueryReader, pattern: RegExp): string | undefined => {
  const found = peekMatch(reader, pattern);
  if (found !== undefined) reader.at += found.length;
  return found;
};

export const takesSymbol = (reader: QueryReader, symbol: string): boolean => {
  skipBlank(reader);
  if (!reader.text.startsWith(symbol, reader.at)) return false;
  reader.at += symbol.length;
  return true;
};

/** Whether a word comes next, in whatever case; it is read then. */
export const takesWord = (reader: QueryReader, word: string): boolean => {
  const found = peekMatch(reader, /[A-Za-z]\w*/y);
  if (found?.toLowerCase() !== word) return false;
  reader.at += found.length;
  return true;
};

export const expectSymbol = (reader: QueryReader, symbol: string): void => {
  if (!takesSymbol(reader, symbol)) throw unexpected(reader, symbol);
};

export const atEnd = (reader: QueryReader): boolean => {
  skipBlank(reader);
  return reader.at >= reader.text.length;
};

export const unexpected = (reader: QueryReader, expected: string): LogQueryError => {
  skipBlank(reader);
  const found = /^\S{1,12}/.exec(reader.text.slice(reader.at))?.[0];
  const what = found === undefined ? 'the query ends' : `${JSON.stringify(found)} stands`;
  return new LogQueryError(`${what} where ${expected} is expected`, reader.at, reader.at + (found?.length ?? 0));
};

/** Runs `read` one level deeper. @throws LogQueryError beyond the deepest. */
export const deeper = <T>(reader: QueryReader, read: () => T): T => {
  if (reader.depth >= deepest) throw new LogQueryError(`the expression is nested deeper than ${deepest}`, reader.at);
  reader.depth += 1;
  const result = read();
  reader.depth -= 1;
  return result;
};

/** A text between single or double quotes, without them; a backslash keeps the quote or backslash after it. */
export const takeText = (reader: QueryReader): string | undefined => {
  const quote = peekMatch(reader, /["']/y);
  if (quote === undefined) return undefined;
  const from = reader.at;
  const found = takeMatch(reader, quote === '"' ? /"(?:[^"\\]|\\.)*"/sy : /'(?:[^'\\]|\\.)*'/sy);
  if (found === undefined) throw new LogQueryError('the text that begins here does not end', from, reader.text.length);
  return found.slice(1, -1).replace(/\\(["'\\])/g, '$1');
};

/** A text between quotes. @throws LogQueryError that says what it would have been, where none stands. */
export const expectText = (reader: QueryReader, expected: string): string => {
  const text = takeText(reader);
  if (text === undefined) throw unexpected(reader, expected);
  return text;
};

/** An expression between slashes. */
export const takeRegex = (reader: QueryReader): RegexLiteral | undefined => {
  if (peekMatch(reader, /\//y) === undefined) return undefined;
  const from = reader.at;
  const found = takeMatch(reader, /\/(?:[^/\\]|\\.)+\//sy);
  if (found === undefined) throw new LogQueryError('the expression that / begins does not end with /', from);
  const source = found.slice(1, -1);
  const compiled = compileRegex(source.replaceAll('\\/', '/'));
  if (compiled.ok) return { kind: 'regex', source, regex: compiled.regex };
  throw new LogQueryError(`the expression cannot be read: ${compiled.message}`, from, reader.at);
};
