import { parseFieldPath, valueAt } from './field-path.ts';
import type { InsightRule, RuleFilter } from './insight-rule.ts';

/** What a log event adds to a rule's report: who, by the values of the keys, and how much. */
export type Contribution = { readonly keys: readonly string[]; readonly value: number };

/** A field of one event: a text or a number; `undefined` where there is none, or an object or list. */
type Field = string | number | undefined;
type Fields = (name: string) => Field;

/** "Keys larger than 1 KB are truncated to 1KB" (user guide); the report is ASCII for the most part. */
const MAX_KEY_LENGTH = 1024;

/**
 * Reads log events as a rule does; `undefined` for an event that the rule does not count: of another format, without one
 * of the keys, filtered out, or without a number to add up.
 */
export function createContributionReader(rule: InsightRule): (message: string) => Contribution | undefined {
  const read = rule.logFormat === 'JSON' ? jsonReader(rule) : clfReader(rule);
  return (message) => {
    const fields = read(message);
    if (!fields || !rule.filters.every((filter) => holds(filter, fields(filter.match)))) return undefined;
    const keys = [];
    for (const key of rule.keys) {
      const value = fields(key);
      if (value === undefined) return undefined;
      keys.push(String(value).slice(0, MAX_KEY_LENGTH));
    }
    const value = rule.valueField === undefined ? 1 : numberOf(fields(rule.valueField));
    return value === undefined ? undefined : { keys, value };
  };
}

function jsonReader({ keys, valueField, filters }: InsightRule): (message: string) => Fields | undefined {
  const names = [...keys, ...(valueField === undefined ? [] : [valueField]), ...filters.map(({ match }) => match)];
  const paths = new Map(names.map((name) => [name, parseFieldPath(name) ?? []]));
  return (message) => {
    const root = parseObject(message);
    if (root === undefined) return undefined;
    return (name) => {
      const value = valueAt(root, paths.get(name) ?? []);
      if (typeof value === 'boolean') return String(value);
      return typeof value === 'string' || typeof value === 'number' ? value : undefined;
    };
  };
}

function parseObject(message: string): unknown {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

const CLF_QUOTED = /"((?:[^"\\]|\\.)*)"/uy;
const CLF_PLAIN = /\S+/uy;

/** Fields parted by blanks; what is in quotes or brackets is one, as in the Common Log Format. */
function clfFields(message: string): readonly string[] {
  const fields: string[] = [];
  const lastBracket = message.lastIndexOf(']');
  for (let at = nextField(message, 0); at < message.length; ) {
    // Looks for no bracket beyond the last, so that a line of opening ones takes no longer than any other.
    const closing = message[at] === '[' && at < lastBracket ? message.indexOf(']', at) : -1;
    if (closing > 0) {
      fields.push(message.slice(at + 1, closing));
      at = nextField(message, closing + 1);
      continue;
    }
    CLF_QUOTED.lastIndex = at;
    CLF_PLAIN.lastIndex = at;
    const quoted = message[at] === '"' ? CLF_QUOTED.exec(message) : null;
    const plain = quoted ?? CLF_PLAIN.exec(message);
    fields.push(quoted?.[1] ?? plain?.[0] ?? '');
    at = nextField(message, quoted ? CLF_QUOTED.lastIndex : CLF_PLAIN.lastIndex);
  }
  return fields;
}

function nextField(message: string, from: number): number {
  let at = from;
  while (at < message.length && /\s/.test(message[at] as string)) at += 1;
  return at;
}

function clfReader({ fields }: InsightRule): (message: string) => Fields | undefined {
  const places = new Map(Object.entries(fields).map(([place, name]) => [name, Number(place)]));
  return (message) => {
    const found = clfFields(message);
    if (found.length < 2) return undefined;
    return (name) => {
      const value = found[(places.get(name) ?? Number(name)) - 1];
      return value === '-' ? undefined : value;
    };
  };
}

function numberOf(field: Field): number | undefined {
  if (field === undefined || field === '') return undefined;
  const number = Number(field);
  return Number.isFinite(number) ? number : undefined;
}

function holds(filter: RuleFilter, field: Field): boolean {
  switch (filter.operator) {
    case 'In':
      return field !== undefined && filter.values.includes(String(field));
    case 'NotIn':
      return field !== undefined && !filter.values.includes(String(field));
    case 'StartsWith':
      return field !== undefined && filter.values.some((value) => String(field).startsWith(value));
    case 'IsPresent':
      return (field !== undefined) === filter.present;
    case 'GreaterThan':
    case 'LessThan':
    case 'EqualTo':
    case 'NotEqualTo': {
      const number = numberOf(field);
      return number !== undefined && compares(filter.operator, number, filter.value);
    }
  }
}

function compares(operator: 'GreaterThan' | 'LessThan' | 'EqualTo' | 'NotEqualTo', a: number, b: number): boolean {
  switch (operator) {
    case 'GreaterThan':
      return a > b;
    case 'LessThan':
      return a < b;
    case 'EqualTo':
      return a === b;
    case 'NotEqualTo':
      return a !== b;
  }
}
