import { compileRegex, type LinearRegex } from '../../../linear-regex.ts';
import type { ParsePattern, QueryCommand } from '../syntax/query.ts';
import { wholeTree } from './json-fragment.ts';
import { memberOf } from './query-record.ts';
import { isTree, type QueryValue, shownText } from './query-value.ts';

type ParseCommand = Extract<QueryCommand, { kind: 'parse' }>;
type RegexPattern = Extract<ParsePattern, { kind: 'regex' }>;
type Fields = readonly (readonly [string, QueryValue])[];
type Match = NonNullable<ReturnType<LinearRegex['match']>>;

const globs = new WeakMap<ParsePattern, LinearRegex>();
const nothing: Fields = [];

/** What `parse` finds in a value: fields for each row that it makes of one, which is one row but for `multi`. */
export const parseFields = ({ pattern, names }: ParseCommand, value: QueryValue): readonly Fields[] => {
  const text = shownText(value);
  if (text === undefined) return [nothing];
  switch (pattern.kind) {
    case 'regex':
      return matchesOf(pattern, text).map((match) => ofGroups(pattern, names, match));
    case 'glob':
      return [named(names, globOf(pattern, pattern.text).match(text)?.groups ?? [])];
    case 'logfmt':
      return [named(names, [logfmtOf(text)])];
    case 'csv':
      return [named(names, csvOf(text))];
    case 'json': {
      const tree = value !== undefined && isTree(value) ? value : treeOf(text);
      return [named(names, [memberOf(tree, pattern.path.split('.'))])];
    }
  }
};

const named = (names: readonly string[], values: readonly QueryValue[]): Fields =>
  names.flatMap((name, index) => (values[index] === undefined ? [] : [[name, values[index]] as const]));

const matchesOf = ({ multi, regex }: RegexPattern, text: string): readonly (Match | undefined)[] => {
  if (!multi) return [regex.match(text)];
  const matches = regex.matchAll(text);
  return matches.length > 0 ? matches : [undefined];
};

/** Names stand for all groups where there are as many, else for those that have names of their own. */
const ofGroups = ({ regex }: RegexPattern, names: readonly string[], match: Match | undefined): Fields => {
  if (match === undefined) return nothing;
  return names.length === regex.groupNames.length ? named(names, match.groups) : Object.entries(match.named);
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
    isPair === undefined ? [] : [[key, quoted?.replace(/\\(.)/gs, '$1') ?? plain] as const],
  );
  return pairs.length === 0 ? undefined : { json: Object.fromEntries(pairs) };
};

const cell = /,(?:"((?:[^"]|"")*)"(?=,|$)|([^,]*))/g;

/** Values between commas; one in quotes may have commas, and quotes that are doubled. */
const csvOf = (text: string): readonly string[] =>
  Array.from(`,${text}`.matchAll(cell), ([, quoted, plain = '']) => quoted?.replaceAll('""', '"') ?? plain);

const treeOf = (text: string): QueryValue => {
  const json = wholeTree(text);
  return json === undefined ? undefined : { json };
};
