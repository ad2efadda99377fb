import { formatInstant } from '../../../utc-calendar.ts';

/** Milliseconds since 1970, shown as a date and time. */
type Instant = { readonly instant: number };

/** What a field or an expression is for one event; `undefined` where it is missing. */
export type QueryValue = string | number | boolean | Instant | JsonTree | undefined;

/** An object or array of a JSON event, or of jsonParse. */
export type JsonTree = { readonly json: object };

const isInstant = (value: QueryValue): value is Instant => typeof value === 'object' && 'instant' in value;

export const isTree = (value: QueryValue): value is JsonTree => typeof value === 'object' && 'json' in value;

/** A value of JSON; null is missing. */
export const valueOfJson = (value: unknown): QueryValue => {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return typeof value === 'object' && value !== null ? { json: value } : undefined;
};

const numeric = /^\s*[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?\s*$/;

/** The number that a value is or spells. */
export const numberOf = (value: QueryValue): number | undefined => {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value;
  if (typeof value === 'string') return numeric.test(value) ? Number(value) : undefined;
  if (typeof value === 'boolean') return Number(value);
  return value !== undefined && isInstant(value) ? value.instant : undefined;
};

/** How a result shows a value; a missing one is no text. */
export const textOf = (value: QueryValue): string | undefined => {
  if (value === undefined) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'number') return String(value);
  return isInstant(value) ? formatInstant(value.instant) : JSON.stringify(value.json);
};

/** Whether a condition holds: what is missing, empty, 0 or false does not. */
export const isTrue = (value: QueryValue): boolean => {
  if (typeof value === 'string') return value !== '' && value !== '0' && value.toLowerCase() !== 'false';
  return value !== undefined && value !== false && value !== 0;
};

/** Missing values first, then numbers by size, then texts by character. */
export const compareValues = (one: QueryValue, other: QueryValue): number => {
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a - b;
  if (a !== undefined || b !== undefined) return rank(one, a) - rank(other, b);
  const [x, y] = [textOf(one) ?? '', textOf(other) ?? ''];
  if ((one === undefined) !== (other === undefined)) return one === undefined ? -1 : 1;
  return x < y ? -1 : x > y ? 1 : 0;
};

const rank = (value: QueryValue, number: number | undefined): number => {
  if (value === undefined) return 0;
  return number === undefined ? 2 : 1;
};

/** Equality: as numbers where both are, as texts else; `true` also as the text. */
export const areEqual = (one: QueryValue, other: QueryValue): boolean => {
  if (one === undefined || other === undefined) return false;
  const [a, b] = [numberOf(one), numberOf(other)];
  if (a !== undefined && b !== undefined) return a === b;
  const spelled = (value: QueryValue) => (typeof value === 'boolean' ? String(value) : textOf(value));
  return spelled(one) === spelled(other);
};
