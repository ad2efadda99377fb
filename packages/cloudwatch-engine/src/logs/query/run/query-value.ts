import { formatInstant } from '../../../utc-calendar.ts';

/** Milliseconds since 1970, shown as a date and time. */
type Instant = { readonly instant: number };

/** What a field or an expression is for one event; `undefined` where it is missing. */
export type QueryValue = string | number | boolean | Instant | JsonTree | undefined;

/** An object or array of a JSON event, or of jsonParse. */
export type JsonTree = { readonly json: object };

const isInstant = (value: QueryValue): value is Instant => typeof value === 'object' && 'instant' in value;

export const isTree = (value: QueryValue): value is JsonTree => typeof value === 'object' && 'json' in value;

/** A value of JSON; null is missing, and so is a number that is larger than there are. */
export const valueOfJson = (value: unknown): QueryValue => {
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  return typeof value === 'object' && value !== null ? { json: value } : undefined;
};

/** What stands in a map or list, behind each step of a path. */
export const memberOf = (value: QueryValue, path: readonly string[]): QueryValue =>
  value !== undefined && isTree(value) ? valueOfJson(atPath(value.json, path)) : undefined;

/** What stands in JSON behind each step of a path. */
export const atPath = (value: unknown, path: readonly string[]): unknown => {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
};

/** What is no number, such as the root of -1, is missing. */
export const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

const numeric = /^\s*[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The number that a value is or spells. */
export const numberOf = (value: QueryValue): number | undefined => {
  if (typeof value === 'number') return finite(value);
  if (typeof value === 'string') return numeric.test(value) ? finite(Number(value)) : undefined;
  if (typeof value === 'boolean') return Number(value);
  return value !== undefined && isInstant(value) ? value.instant : undefined;
};

/** The text of a value, for functions: a missing one has none, nor has a map or list (user guide, Structure types). */
export const textOf = (value: QueryValue): string | undefined => {
  if (value === undefined || isTree(value)) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return typeof value === 'number' ? String(value) : formatInstant(value.instant);
};

/** How a result shows a value: maps and lists as JSON. */
export const shownText = (value: QueryValue): string | undefined =>
  value !== undefined && isTree(value) ? JSON.stringify(value.json) : textOf(value);

/** Whether a condition holds: what is missing, empty, 0 or false does not. */
export const isTrue = (value: QueryValue): boolean => {
  if (typeof value === 'string') return value !== '' && value !== '0' && value.toLowerCase() !== 'false';
  return value !== undefined && value !== false && value !== 0;
};

/** Equality: as numbers where both are, as texts else; `true` also as the text. Maps and lists equal nothing. */
export const areEqual = (one: QueryValue, other: QueryValue): boolean => {
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a === b;
  const spelled = (value: QueryValue) => (typeof value === 'boolean' ? String(value) : textOf(value));
  const text = spelled(one);
  return text !== undefined && text === spelled(other);
};

export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';

/**
 * Whether a comparison holds: numbers by size, texts by Unicode. A number and a text are in no order, nothing is in order with
 * what is missing, and no comparison with a map or list holds.
 */
export const holds = (operator: ComparisonOperator, one: QueryValue, other: QueryValue): boolean => {
  if ([one, other].some((value) => value !== undefined && isTree(value))) return false;
  if (operator === '=') return areEqual(one, other);
  if (operator === '!=') return !areEqual(one, other);
  const order = orderOf(one, other);
  if (order === undefined) return false;
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
};

const orderOf = (one: QueryValue, other: QueryValue): number | undefined => {
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a === b ? 0 : a - b;
  const [text, otherText] = [textOf(one), textOf(other)];
  const areTexts = a === undefined && b === undefined && text !== undefined && otherText !== undefined;
  return areTexts ? compareCodePoints(text, otherText) : undefined;
};

/** The order of Unicode, in which characters of two units come behind all others. */
export const compareCodePoints = (one: string, other: string): number => {
  let at = 0;
  while (at < one.length && one.charCodeAt(at) === other.charCodeAt(at)) at += 1;
  return Math.sign((one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1));
};
