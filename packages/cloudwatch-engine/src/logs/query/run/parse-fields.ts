import { compileRegex, type LinearRegex } from '../../../linear-regex.ts';
import type { ParsePattern, QueryCommand } from '../syntax/query.ts';
import { ownedText } from './functions/owned-text.ts';
import { wholeTree } from './json-fragment.ts';
import { parsedBytes, type QueryMemory, shownBytes, spend } from './query-memory.ts';
import { isTree, memberOf, type QueryValue, shownText } from './query-value.ts';

type ParseCommand = Extract<QueryCommand, { kind: 'parse' }>;
type RegexPattern = Extract<ParsePattern, { kind: 'regex' }>;
type Fields = readonly (readonly [string, QueryValue])[];
type Match = NonNullable<ReturnType<LinearRegex['match']>>;

const globs = new WeakMap<ParsePattern, LinearRegex>();
const nothing: Fields = [];

/**
 * What `parse` finds in a value: fields for each row that it makes of one, which is one row but for `multi`.
 * @throws LogQueryLimitError.
 */
export function* parseFields(
  { pattern, names }: ParseCommand,
  value: QueryValue,
  memory: QueryMemory,
): Iterable<Fields> {
  spend(memory, shownBytes(value));
  const text = shownText(value);
  if (text === undefined) yield nothing;
  else if (pattern.kind !== 'regex') yield named(names, valuesOf(pattern, names.length, { value, text, memory }), text);
  else if (pattern.multi) yield* everyMatch(pattern, names, text);
  else yield ofGroups(pattern, names, { match: pattern.regex.match(text), text });
}

/** What is parsed, as a value and as its text. */
type Parsed = { readonly value: QueryValue; readonly text: string; readonly memory: QueryMemory };

const valuesOf = (
  pattern: Exclude<ParsePattern, RegexPattern>,
  count: number,
  { value, text, memory }: Parsed,
): readonly QueryValue[] => {
  switch (pattern.kind) {
    case 'glob':
      return globOf(pattern, pattern.text).match(text)?.groups ?? [];
    case 'logfmt':
      // A pair of four characters becomes two texts and their places.
      spend(memory, 64 * text.length);
      return [logfmtOf(text)];
    case 'csv':
      return csvOf(text, count);
    case 'json': {
      if (value !== undefined && isTree(value)) return [memberOf(value, pattern.path.split('.'))];
      spend(memory, parsedBytes(text));
      return [memberOf(treeOf(text), pattern.path.split('.'))];
    }
  }
};

const named = (names: readonly string[], values: readonly QueryValue[], text: string): Fields =>
  names.flatMap((name, index) => {
    const value = values[index];
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? ownedText(value, text) : value] as const];
  });

function* everyMatch(pattern: RegexPattern, names: readonly string[], text: string): Iterable<Fields> {
  let isFound = false;
  for (const match of pattern.regex.matchAll(text)) {
    isFound = true;
    yield ofGroups(pattern, names, { match, text });
  }
  if (!isFound) yield nothing;
}

type Matched = { readonly match: Match | undefined; readonly text: string };

/** Names stand for all groups where there are as many, else for those that have names of their own. */
const ofGroups = ({ regex }: RegexPattern, names: readonly string[], { match, text }: Matched): Fields => {
  if (match === undefined) return nothing;
  if (names.length === regex.groupNames.length) return named(names, match.groups, text);
  return named(Object.keys(match.named), Object.values(match.named), text);
};

/** Each `*` takes as little as it can, one at the end all that is left. */
const globOf = (pattern: ParsePattern, text: string): LinearRegex => {
  const known = globs.get(pattern);
  if (known !== undefined) return known;
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const ending = parts.at(-1) === '' ? '$' : '';
  const compiled = compileRegex(`(?s)${parts.join('(.*?)')}${ending}`);
  if (!compiled.ok) throw new RangeError(compiled.message);
  globs.set(pattern, compiled.regex);
  return compiled.regex;
};

// A word without = is read whole as well, or each of its characters would be a beginning of its own.
const pair = /([^\s="]+)(=(?:"((?:[^"\\]|\\.)*)"|([^\s"]*)))?/gs;

/** Pairs with blanks between them; a value in quotes may have blanks. */
const logfmtOf = (text: string): QueryValue => {
  const pairs = Array.from(text.matchAll(pair)).flatMap(([, key = '', isPair, quoted, plain = '']) =>
    isPair === undefined ? [] : [[key, ownedText(quoted?.replace(/\\(.)/gs, '$1') ?? plain, text)] as const],
  );
  return pairs.length === 0 ? undefined : { json: Object.fromEntries(pairs) };
};

const cell = /,(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g;

/** Values between commas; one in quotes may have commas, and quotes that are doubled. */
const csvOf = (text: string, count: number): readonly string[] => {
  const values: string[] = [];
  for (const [, quoted, plain = ''] of `,${text}`.matchAll(cell)) {
    values.push(quoted?.replaceAll('""', '"') ?? plain);
    if (values.length === count) break;
  }
  return values;
};

const treeOf = (text: string): QueryValue => {
  const json = wholeTree(text);
  return json === undefined ? undefined : { json };
};
