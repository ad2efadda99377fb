import { compileRegex, type LinearRegex } from '../../../linear-regex.ts';
import type { QueryCommand } from '../syntax/query.ts';
import type { QueryValue } from './query-value.ts';

type ParseCommand = Extract<QueryCommand, { kind: 'parse' }>;

const globs = new WeakMap<ParseCommand, LinearRegex>();

/** What `parse` finds in a text; nothing where it does not match. */
export const parseFields = (
  command: ParseCommand,
  text: string | undefined,
): readonly (readonly [string, QueryValue])[] => {
  if (text === undefined) return [];
  const { pattern, names } = command;
  const match = (pattern.kind === 'regex' ? pattern.regex : globOf(command, pattern.text)).match(text);
  if (match === undefined) return [];
  if (pattern.kind === 'regex') return Object.entries(match.named);
  return names.map((name, index) => [name, match.groups[index]] as const);
};

/** Each `*` takes as little as it can, one at the end all that is left. */
const globOf = (command: ParseCommand, text: string): LinearRegex => {
  const known = globs.get(command);
  if (known !== undefined) return known;
  const parts = text.split('*').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  const ending = parts.at(-1) === '' ? '$' : '';
  const compiled = compileRegex(`(?s)${parts.join('(.*?)')}${ending}`);
  if (!compiled.ok) throw new RangeError(compiled.message);
  globs.set(command, compiled.regex);
  return compiled.regex;
};
