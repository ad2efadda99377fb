import type { LinearRegex } from '../../../linear-regex.ts';
import { expectFieldName } from './field-name.ts';
import type { Expression, ParsePattern, QueryCommand } from './query.ts';
import {
  expectSymbol,
  expectText,
  LogQueryError,
  peekMatch,
  type QueryReader,
  takeRegex,
  takesSymbol,
  takesWord,
  unexpected,
} from './query-reader.ts';

const message: Expression = { kind: 'field', name: '@message' };

const readNames = (reader: QueryReader): readonly string[] => {
  const names: string[] = [];
  do names.push(expectFieldName(reader, 'the name of a field'));
  while (takesSymbol(reader, ','));
  return names;
};

/** Behind a pattern: `as` and so many names, of what there is in it. */
const readNamesOf = (reader: QueryReader, count: number, what: string): readonly string[] => {
  if (!takesWord(reader, 'as')) throw unexpected(reader, `as and ${count} names`);
  const from = reader.at;
  const names = readNames(reader);
  if (names.length === count) return names;
  throw new LogQueryError(`${names.length} names stand for the ${count} ${what}`, from, reader.at);
};

/** Words such as `logfmt` may also be fields: they are modes where `as` follows. */
const takesMode = (reader: QueryReader): 'logfmt' | 'csv' | undefined => {
  const from = reader.at;
  for (const mode of ['logfmt', 'csv'] as const) {
    if (takesWord(reader, mode) && peekMatch(reader, /as\b/iy) !== undefined) return mode;
    reader.at = from;
  }
  return undefined;
};

const readRegexNames = (reader: QueryReader, { groupNames }: LinearRegex): readonly string[] => {
  if (peekMatch(reader, /as\b/iy) !== undefined) {
    return readNamesOf(reader, groupNames.length, 'groups of the expression');
  }
  const names = groupNames.flatMap((name) => name ?? []);
  if (names.length > 0) return names;
  throw unexpected(
    reader,
    'as with a name for each group, or an expression with named groups, (?<name>…), before here,',
  );
};

/** Reads what follows `parse`: globs, expressions, logfmt and CSV (user guide, parse). */
export const readParse = (reader: QueryReader, readSource: (reader: QueryReader) => Expression): QueryCommand => {
  const isPattern = peekMatch(reader, /["'/]/y) !== undefined;
  const mode = isPattern ? undefined : takesMode(reader);
  const source = isPattern || mode !== undefined ? message : readSource(reader);
  const kind = mode ?? takesMode(reader);
  if (kind === 'logfmt') return parsed(source, { kind }, readNamesOf(reader, 1, 'map'));
  if (kind === 'csv') {
    takesWord(reader, 'as');
    return parsed(source, { kind }, readNames(reader));
  }
  const regex = takeRegex(reader);
  if (regex !== undefined) {
    const first = takesWord(reader, 'multi');
    const names = readRegexNames(reader, regex.regex);
    return parsed(source, { ...regex, multi: takesWord(reader, 'multi') || first }, names);
  }
  const text = expectText(reader, 'a text with * in quotes or an expression between slashes');
  return parsed(source, { kind: 'glob', text }, readNamesOf(reader, text.split('*').length - 1, '* of the text'));
};

const parsed = (source: Expression, pattern: ParsePattern, names: readonly string[]): QueryCommand => ({
  kind: 'parse',
  source,
  pattern,
  names,
});

/** Reads what follows `json`: `field=payload "user.name" as username`. */
export const readJson = (reader: QueryReader): QueryCommand => {
  if (!takesWord(reader, 'field')) throw unexpected(reader, 'field=');
  expectSymbol(reader, '=');
  const name = expectFieldName(reader, 'the name of a field');
  const path = expectText(reader, 'the path of a key in quotes');
  return parsed({ kind: 'field', name }, { kind: 'json', path }, readNamesOf(reader, 1, 'key'));
};
