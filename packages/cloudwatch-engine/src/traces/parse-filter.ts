import {
  type FilterOperator,
  flagKeywords,
  type Keyword,
  numberKeywords,
  refusedKeywords,
  type ServiceId,
  type TraceFilter,
  textKeywords,
} from './filter.ts';
import { type FilterToken, filterTokens, TraceFilterError } from './filter-tokens.ts';

type Cursor = { readonly tokens: readonly FilterToken[]; index: number; depth: number };

const deepest = 100;
const longest = 2000;
const operators = ['=', '!=', '<', '>', '<=', '>='];
const textOperators = ['CONTAINS', 'BEGINSWITH', 'ENDSWITH'];

/**
 * Reads a filter expression. Precedence is `!`, then AND, then OR; X-Ray documents none, and the console brackets. What
 * stands side by side is as if AND stood between (`ok !partial duration <3` of the developer guide).
 * @throws TraceFilterError that names the character and what may stand there.
 */
export function parseTraceFilter(expression: string): TraceFilter {
  if (expression.length > longest) {
    throw new TraceFilterError(`the expression has ${expression.length} characters, X-Ray takes ${longest}`, longest);
  }
  const cursor: Cursor = { tokens: filterTokens(expression), index: 0, depth: 0 };
  const filter = parseOr(cursor);
  const rest = peek(cursor);
  if (rest.kind !== 'end') throw unexpected(rest, 'AND, OR or the end');
  return filter;
}

const END: FilterToken = { kind: 'end', text: '', at: 0 };
const peek = (cursor: Cursor): FilterToken => cursor.tokens[cursor.index] ?? END;

const next = (cursor: Cursor): FilterToken => {
  const token = peek(cursor);
  cursor.index += 1;
  return token;
};

const unexpected = (token: FilterToken, expected: string): TraceFilterError =>
  new TraceFilterError(
    `${token.kind === 'end' ? 'the expression ends' : `${token.text} stands`} where ${expected} is expected`,
    token.at,
  );

const takes = (cursor: Cursor, ...texts: readonly string[]): boolean => {
  const { kind, text } = peek(cursor);
  const found = (kind === 'symbol' || kind === 'word') && texts.includes(kind === 'word' ? text.toUpperCase() : text);
  if (found) cursor.index += 1;
  return found;
};

const expect = (cursor: Cursor, symbol: string): void => {
  if (!takes(cursor, symbol)) throw unexpected(peek(cursor), symbol);
};

const parseOr = (cursor: Cursor): TraceFilter => {
  let left = parseAnd(cursor);
  while (takes(cursor, 'OR', '||')) left = { kind: 'or', left, right: parseAnd(cursor) };
  return left;
};

const parseAnd = (cursor: Cursor): TraceFilter => {
  let left = parseUnary(cursor);
  while (takes(cursor, 'AND', '&&') || begins(peek(cursor))) left = { kind: 'and', left, right: parseUnary(cursor) };
  return left;
};

/** Whether another condition begins here. */
const begins = ({ kind, text }: FilterToken): boolean =>
  kind === 'word' ? text.toUpperCase() !== 'OR' : kind === 'symbol' && (text === '!' || text === '(');

const parseUnary = (cursor: Cursor): TraceFilter => {
  cursor.depth += 1;
  if (cursor.depth > deepest)
    throw new TraceFilterError(`the expression is nested deeper than ${deepest}`, peek(cursor).at);
  const filter = parseDeeper(cursor);
  cursor.depth -= 1;
  return filter;
};

const parseDeeper = (cursor: Cursor): TraceFilter => {
  if (takes(cursor, '!', 'NOT')) return { kind: 'not', filter: parseUnary(cursor) };
  if (takes(cursor, '(')) {
    const filter = parseOr(cursor);
    expect(cursor, ')');
    return filter;
  }
  const token = peek(cursor);
  if (token.kind !== 'word') throw unexpected(token, 'a keyword, service(), edge(), ! or (');
  if (token.text === 'service') return parseService(cursor);
  return token.text === 'edge' ? parseEdge(cursor) : parseCondition(cursor);
};

const parseService = (cursor: Cursor): TraceFilter => {
  next(cursor);
  expect(cursor, '(');
  if (takes(cursor, ')')) return { kind: 'service', id: {}, ...parseBody(cursor) };
  const id = parseId(cursor);
  expect(cursor, ')');
  return { kind: 'service', id, ...parseBody(cursor) };
};

const parseEdge = (cursor: Cursor): TraceFilter => {
  next(cursor);
  expect(cursor, '(');
  const from = parseEnd(cursor);
  expect(cursor, ',');
  const to = parseEnd(cursor);
  expect(cursor, ')');
  return { kind: 'edge', from, to, ...parseBody(cursor) };
};

/** An end of an edge: an id, or `service(id)`. */
const parseEnd = (cursor: Cursor): ServiceId => {
  if (!takes(cursor, 'SERVICE')) return parseId(cursor);
  expect(cursor, '(');
  const id = parseId(cursor);
  expect(cursor, ')');
  return id;
};

const parseId = (cursor: Cursor): ServiceId => {
  const token = next(cursor);
  if (token.kind === 'text') return { name: token.text };
  if (token.text !== 'id') throw unexpected(token, 'the name of a service in quotes or id(…)');
  expect(cursor, '(');
  const id: Record<string, string> = {};
  if (takes(cursor, ')')) return id;
  do {
    const member = next(cursor);
    if (!['name', 'type', 'account.id'].includes(member.text)) throw unexpected(member, 'name, type or account.id');
    expect(cursor, ':');
    const value = next(cursor);
    if (value.kind !== 'text') throw unexpected(value, 'a text in quotes');
    id[member.text] = value.text;
  } while (takes(cursor, ','));
  expect(cursor, ')');
  return id;
};

const parseBody = (cursor: Cursor): { readonly filter?: TraceFilter } => {
  if (!takes(cursor, '{')) return {};
  const filter = parseOr(cursor);
  expect(cursor, '}');
  return { filter };
};

const parseKeyword = (cursor: Cursor): Keyword => {
  const token = next(cursor);
  const name = token.text.toLowerCase();
  if (token.text === 'annotation' && takes(cursor, '[')) {
    const key = next(cursor);
    if (key.kind === 'end' || key.kind === 'symbol') throw unexpected(key, 'the key of an annotation');
    expect(cursor, ']');
    return { kind: 'annotation', name: key.text };
  }
  if (token.text.startsWith('annotation.')) return { kind: 'annotation', name: token.text.slice('annotation.'.length) };
  const flag = flagKeywords.find((keyword) => keyword === name);
  if (flag) return { kind: 'flag', name: flag };
  const number = numberKeywords.find((keyword) => keyword === name);
  if (number) return { kind: 'number', name: number };
  const text = textKeywords.find((keyword) => keyword === name);
  if (text) return { kind: 'text', name: text };
  if (refusedKeywords.some((keyword) => name === keyword || name.startsWith(`${keyword}.`))) {
    throw new TraceFilterError(`${token.text} is a keyword of X-Ray that is not emulated`, token.at);
  }
  const known = [...flagKeywords, ...numberKeywords, ...textKeywords].join(', ');
  throw new TraceFilterError(
    `${token.text} is no keyword: use ${known}, annotation.key, service() or edge()`,
    token.at,
  );
};

const parseCondition = (cursor: Cursor): TraceFilter => {
  const at = peek(cursor).at;
  const keyword = parseKeyword(cursor);
  const token = peek(cursor);
  const operator = readOperator(token);
  if (operator === undefined) {
    if (keyword.kind === 'number') throw unexpected(token, `${operators.join(' ')} after ${keyword.name}`);
    return { kind: 'present', keyword };
  }
  next(cursor);
  const value = parseValue(cursor);
  const problem = mismatch(keyword, operator, value);
  if (problem !== undefined) throw new TraceFilterError(problem, at);
  return { kind: 'compare', keyword, operator, value };
};

const readOperator = ({ kind, text }: FilterToken): FilterOperator | undefined => {
  const upper = text.toUpperCase();
  const isOne = (kind === 'symbol' && operators.includes(text)) || (kind === 'word' && textOperators.includes(upper));
  return isOne ? (upper as FilterOperator) : undefined;
};

const parseValue = (cursor: Cursor): string | number | boolean => {
  const token = next(cursor);
  if (token.kind === 'text') return token.text;
  if (token.kind === 'number') return Number(token.text);
  if (token.text === 'true' || token.text === 'false') return token.text === 'true';
  throw unexpected(token, 'a text in quotes, a number, true or false');
};

/** Why the operator and value do not go with the keyword. */
const mismatch = (keyword: Keyword, operator: string, value: string | number | boolean): string | undefined => {
  const { kind, name } = keyword;
  if (kind === 'number' && (typeof value !== 'number' || textOperators.includes(operator))) {
    return `${name} is a number: compare it with ${operators.join(' ')} and a number`;
  }
  if (kind === 'text' && (typeof value !== 'string' || /[<>]/.test(operator))) {
    return `${name} is a text: compare it with = != ${textOperators.join(' ')} and a text in quotes`;
  }
  if (kind === 'flag' && (typeof value !== 'boolean' || !['=', '!='].includes(operator))) {
    return `${name} is a flag: write it alone, or = true, = false`;
  }
  if (typeof value !== 'number' && /[<>]/.test(operator)) return `${operator} compares numbers`;
  if (typeof value !== 'string' && textOperators.includes(operator)) return `${operator} compares texts`;
  return undefined;
};
