import type { Comparison, Condition, FilterPattern, JsonLeaf, Selector, Term, Value } from './filter-pattern.ts';
import { parseSelector } from './parse-selector.ts';
import { printSelector, select } from './read-selector.ts';

/** A log event that a filter pattern matches. */
export type FilterMatch = {
  /** What TestMetricFilter calls extracted values: by `$.selector` or `$field`. */
  readonly extracted: Readonly<Record<string, string>>;
  /** The text or number of a field, `$.selector` or `$name`; `undefined` where there is none. */
  readonly valueOf: (field: string) => string | number | undefined;
};

const textIn = (text: string, term: Term): boolean =>
  term.kind === 'regex' ? term.regex.test(text) : text.includes(term.text);

/** `*` stands for any characters; nothing else is special. Linear in the text, since each part is found once. */
const isLike = (text: string, pattern: string): boolean => {
  const parts = pattern.split('*');
  const [first = '', ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return text === first;
  if (text.length < first.length + last.length || !text.startsWith(first) || !text.endsWith(last)) return false;
  let at = first.length;
  const end = text.length - last.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0 || found + part.length > end) return false;
    at = found + part.length;
  }
  return true;
};

const equals = (found: string | number | boolean, value: Value): boolean => {
  if (value.kind === 'regex') return value.regex.test(String(found));
  if (value.kind === 'number' && typeof found === 'number') return found === value.number;
  return isLike(String(found), value.text);
};

const compares = (found: string | number | boolean, { operator, value }: Comparison): boolean => {
  if (operator === '=') return equals(found, value);
  if (operator === '!=') return !equals(found, value);
  const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found;
  if (typeof number !== 'number' || value.kind !== 'number') return false;
  switch (operator) {
    case '<':
      return number < value.number;
    case '<=':
      return number <= value.number;
    case '>':
      return number > value.number;
    case '>=':
      return number >= value.number;
  }
};

const holds = <Leaf extends { readonly kind: string }>(
  condition: Condition<Leaf>,
  leafHolds: (leaf: Leaf) => boolean,
): boolean => {
  if (!('left' in condition)) return leafHolds(condition);
  const left = holds(condition.left, leafHolds);
  return condition.kind === 'and'
    ? left && holds(condition.right, leafHolds)
    : left || holds(condition.right, leafHolds);
};

/** Of a field that is not there nothing holds but that it does not exist. */
const leafHolds = (event: unknown, leaf: JsonLeaf): boolean => {
  const found = select(event, leaf.selector);
  switch (leaf.kind) {
    case 'not-exists':
      return found === undefined;
    case 'is':
      return found === (leaf.what === 'NULL' ? null : leaf.what === 'TRUE');
    case 'compare': {
      if (typeof found === 'string' || typeof found === 'number' || typeof found === 'boolean') {
        return compares(found, leaf);
      }
      // What is there at all: the pattern "*" asks no more.
      return found !== undefined && leaf.operator === '=' && leaf.value.kind === 'text' && leaf.value.text === '*';
    }
  }
};

const selectorsIn = (condition: Condition<JsonLeaf>): readonly Selector[] =>
  'left' in condition ? [...selectorsIn(condition.left), ...selectorsIn(condition.right)] : [condition.selector];

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const parsed = (message: string): unknown => {
  const trimmed = message.trimStart();
  if (!trimmed.startsWith('{') && !trimmed.startsWith('[')) return undefined;
  try {
    return JSON.parse(trimmed);
  } catch {
    return undefined;
  }
};

/** Any pattern lets `$.selector` look into a message that is JSON. */
const valueIn = (message: string): FilterMatch['valueOf'] => {
  let event: { readonly value: unknown } | undefined;
  return (field) => {
    const selector = parseSelector(field);
    if (selector === undefined) return undefined;
    event ??= { value: parsed(message) };
    const found = select(event.value, selector);
    return typeof found === 'string' || typeof found === 'number' ? found : undefined;
  };
};

const matchJson = (condition: Condition<JsonLeaf>, message: string): FilterMatch | undefined => {
  const event = parsed(message);
  if (event === undefined || !holds(condition, (leaf) => leafHolds(event, leaf))) return undefined;
  const extracted = selectorsIn(condition).flatMap((selector) => {
    const found = select(event, selector);
    return found === undefined ? [] : [[printSelector(selector), textOf(found)]];
  });
  return { extracted: Object.fromEntries(extracted), valueOf: valueIn(message) };
};

/** Words; what stands in double quotes or square brackets is one. */
const wordsOf = (message: string): readonly string[] =>
  [...message.matchAll(/"([^"]*)"|\[([^\]]*)\]|(\S+)/g)].map(
    ([, inQuotes, inBrackets, word]) => inQuotes ?? inBrackets ?? word ?? '',
  );

const matchDelimited = (
  { fields, ellipsisAt }: Extract<FilterPattern, { kind: 'delimited' }>,
  message: string,
): FilterMatch | undefined => {
  const words = wordsOf(message);
  const skipped = words.length - fields.length;
  if (skipped < 0 || (ellipsisAt === undefined && skipped > 0)) return undefined;
  const before = ellipsisAt ?? fields.length;
  const extracted: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const field = index < before ? fields[index] : index >= before + skipped ? fields[index - skipped] : undefined;
    if (field?.condition !== undefined && !holds(field.condition, (leaf) => compares(word, leaf))) return undefined;
    extracted[`$${field?.name ?? index + 1}`] = word;
  }
  return { extracted, valueOf: (field) => (Object.hasOwn(extracted, field) ? extracted[field] : undefined) };
};

const matchesTerms = (
  { required, optional, excluded }: Extract<FilterPattern, { kind: 'terms' }>,
  message: string,
): boolean => {
  if (required.length + excluded.length === 0) return optional.some((term) => textIn(message, term));
  return required.every((term) => textIn(message, term)) && !excluded.some((term) => textIn(message, term));
};

/** What the pattern finds in a log event's message; `undefined` where it does not match. */
export const matchFilterPattern = (pattern: FilterPattern, message: string): FilterMatch | undefined => {
  switch (pattern.kind) {
    case 'all':
      return { extracted: {}, valueOf: valueIn(message) };
    case 'terms':
      return matchesTerms(pattern, message) ? { extracted: {}, valueOf: valueIn(message) } : undefined;
    case 'json':
      return matchJson(pattern.condition, message);
    case 'delimited':
      return matchDelimited(pattern, message);
  }
};
