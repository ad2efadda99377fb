import type { Comparison, Condition, FilterPattern, JsonLeaf, Term, Value } from './filter-pattern.ts';
import { parseSelector } from './parse-selector.ts';
import { select } from './read-selector.ts';
import { splitWords } from './split-words.ts';

/** A log event that a filter pattern matches. */
export type FilterMatch = {
  /** What TestMetricFilter calls extracted values: the words of a delimited event by `$field`; of others none. */
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

const equals = (found: string | number, value: Value): boolean => {
  if (value.kind === 'regex') return value.regex.test(String(found));
  if (value.kind === 'number' && typeof found === 'number') return found === value.number;
  return isLike(String(found), value.text);
};

const compares = (found: string | number, { operator, value }: Comparison): boolean => {
  if (operator === '=') return equals(found, value);
  if (operator === '!=') return !equals(found, value);
  if (typeof found !== 'number' || value.kind !== 'number') return false;
  switch (operator) {
    case '<':
      return found < value.number;
    case '<=':
      return found <= value.number;
    case '>':
      return found > value.number;
    case '>=':
      return found >= value.number;
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

const isNull = (found: unknown): boolean => found === null || (Array.isArray(found) && found.includes(null));

/** Whether the leaf holds for one of the values that its selector points to; only texts and numbers compare. */
const leafHolds = (event: unknown, leaf: JsonLeaf): boolean => {
  const found = select(event, leaf.selector);
  switch (leaf.kind) {
    case 'not-exists':
      return found.length === 0 && !Array.isArray(event);
    case 'is':
      return leaf.what === 'NULL' ? found.some(isNull) : found.includes(leaf.what === 'TRUE');
    case 'compare':
      return found.some((each) => (typeof each === 'string' || typeof each === 'number') && compares(each, leaf));
  }
};

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
    const [found] = select(event.value, selector);
    return typeof found === 'string' || typeof found === 'number' ? found : undefined;
  };
};

const matchJson = (condition: Condition<JsonLeaf>, message: string): FilterMatch | undefined => {
  const event = parsed(message);
  if (event === undefined || !holds(condition, (leaf) => leafHolds(event, leaf))) return undefined;
  return { extracted: {}, valueOf: valueIn(message) };
};

const numberOr = (word: string): string | number => {
  const number = word.trim() === '' ? Number.NaN : Number(word);
  return Number.isFinite(number) ? number : word;
};

/** An order compares the number that a word is. */
const wordCompares = (word: string, leaf: Comparison): boolean =>
  compares(leaf.operator === '=' || leaf.operator === '!=' ? word : numberOr(word), leaf);

const matchDelimited = (
  { fields, ellipsisAt }: Extract<FilterPattern, { kind: 'delimited' }>,
  message: string,
): FilterMatch | undefined => {
  const words = splitWords(message, ellipsisAt === undefined ? fields.length : Number.POSITIVE_INFINITY);
  const skipped = words.length - fields.length;
  if (skipped < 0) return undefined;
  const before = ellipsisAt ?? fields.length;
  const extracted: Record<string, string> = {};
  for (const [index, word] of words.entries()) {
    const field = index < before ? fields[index] : index >= before + skipped ? fields[index - skipped] : undefined;
    if (field?.condition !== undefined && !holds(field.condition, (leaf) => wordCompares(word, leaf))) return undefined;
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
