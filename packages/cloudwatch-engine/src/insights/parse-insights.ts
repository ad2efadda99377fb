import { type Parsed, ParseFailure, reading } from '../math/syntax/parse-failure.ts';
import type { InsightsCondition, InsightsFunction, InsightsQuery } from './insights-query.ts';
import { type InsightsToken, insightsTokens } from './insights-tokens.ts';
import { isReserved } from './reserved-words.ts';

const FUNCTIONS: readonly InsightsFunction[] = ['AVG', 'COUNT', 'MAX', 'MIN', 'SUM'];
const MAX_LIMIT = 500;

type Cursor = { readonly tokens: readonly InsightsToken[]; index: number };

/** Whether an expression is a Metrics Insights query and no metric math. */
export function isInsightsQuery(expression: string): boolean {
  return /^\s*SELECT\b/i.test(expression);
}

/** Reads a Metrics Insights query. The issue names the character and what may stand there. */
export function parseInsightsQuery(text: string): Parsed<InsightsQuery> {
  return reading(() => {
    const cursor: Cursor = { tokens: insightsTokens(text), index: 0 };
    expectWord(cursor, 'SELECT');
    const name = readFunction(cursor);
    expectSymbol(cursor, '(');
    const metricName = readName(cursor, 'the name of a metric');
    expectSymbol(cursor, ')');
    expectWord(cursor, 'FROM');
    const from = readFrom(cursor);
    const where = takesWord(cursor, 'WHERE') ? readWhere(cursor) : [];
    const groupBy = takesWord(cursor, 'GROUP') ? readGroupBy(cursor) : [];
    const orderBy = takesWord(cursor, 'ORDER') ? readOrderBy(cursor) : undefined;
    const limit = takesWord(cursor, 'LIMIT') ? readLimit(cursor) : undefined;
    const rest = peek(cursor);
    if (rest.kind !== 'end') throw unexpected(rest, restOf({ where, groupBy, orderBy, limit }));
    return {
      select: { function: name, metricName },
      from,
      where,
      groupBy,
      ...(orderBy ? { orderBy } : {}),
      ...(limit === undefined ? {} : { limit }),
    };
  });
}

/** What may follow the clauses that were read. */
function restOf({
  where,
  groupBy,
  orderBy,
  limit,
}: Pick<InsightsQuery, 'where' | 'groupBy'> & Record<'orderBy' | 'limit', unknown>): string {
  if (limit !== undefined) return 'the end';
  if (orderBy !== undefined) return 'LIMIT or the end';
  if (groupBy.length > 0) return 'a comma, ORDER BY, LIMIT or the end';
  return `${where.length > 0 ? 'AND' : 'WHERE'}, GROUP BY, ORDER BY, LIMIT or the end`;
}

const END: InsightsToken = { kind: 'end', text: '', at: 0 };

function peek({ tokens, index }: Cursor): InsightsToken {
  return tokens[index] ?? END;
}

function next(cursor: Cursor): InsightsToken {
  const token = peek(cursor);
  cursor.index += 1;
  return token;
}

function unexpected({ kind, text, at }: InsightsToken, wanted: string): ParseFailure {
  return new ParseFailure(`${kind === 'end' ? 'the query ends' : `"${text}" stands`} where ${wanted} belongs`, at);
}

function takesWord(cursor: Cursor, word: string): boolean {
  const { kind, text } = peek(cursor);
  const found = kind === 'word' && text.toUpperCase() === word;
  if (found) cursor.index += 1;
  return found;
}

function expectWord(cursor: Cursor, word: string): void {
  if (!takesWord(cursor, word)) throw unexpected(peek(cursor), word);
}

function takesSymbol(cursor: Cursor, symbol: string): boolean {
  const { kind, text } = peek(cursor);
  const found = kind === 'symbol' && text === symbol;
  if (found) cursor.index += 1;
  return found;
}

function expectSymbol(cursor: Cursor, symbol: string): void {
  if (!takesSymbol(cursor, symbol)) throw unexpected(peek(cursor), symbol);
}

function readFunction(cursor: Cursor): InsightsFunction {
  const token = next(cursor);
  const found = FUNCTIONS.find((name) => token.kind === 'word' && name === token.text.toUpperCase());
  if (found === undefined) throw unexpected(token, FUNCTIONS.join(', '));
  return found;
}

const DIMENSION = 'the name of a dimension';

/** Reserved by the user guide's list, and dimensions in its own samples without quotes. */
const UNQUOTED_IN_THE_GUIDE: ReadonlySet<string> = new Set(['CLASS', 'OPERATION', 'RESOURCE', 'TYPE']);

function readName(cursor: Cursor, wanted: string): string {
  const token = next(cursor);
  const { kind, text, at } = token;
  if (kind === 'name') return text;
  if (kind !== 'word') throw unexpected(token, `${wanted}${kind === 'value' ? ' in double quotes' : ''}`);
  if (/^(?:tag|aws)\./i.test(text)) {
    throw new ParseFailure(`${text} is no dimension; tags and accounts of resources are not emulated`, at);
  }
  if (text.includes('.')) throw new ParseFailure(`${text} needs double quotes: "${text}"`, at);
  if (isReserved(text) && !(wanted === DIMENSION && UNQUOTED_IN_THE_GUIDE.has(text.toUpperCase())))
    throw new ParseFailure(`${text} is a reserved word: as ${wanted} write "${text}" in double quotes`, at);
  return text;
}

function readFrom(cursor: Cursor): InsightsQuery['from'] {
  if (!takesWord(cursor, 'SCHEMA')) return { namespace: readName(cursor, 'a namespace or SCHEMA') };
  expectSymbol(cursor, '(');
  const namespace = readName(cursor, 'a namespace');
  const dimensions = takesSymbol(cursor, ',') ? readNames(cursor) : [];
  if (!takesSymbol(cursor, ')')) throw unexpected(peek(cursor), 'a comma or )');
  return { namespace, dimensions };
}

function readNames(cursor: Cursor): string[] {
  const names = [readName(cursor, DIMENSION)];
  while (takesSymbol(cursor, ',')) names.push(readName(cursor, DIMENSION));
  return names;
}

function readWhere(cursor: Cursor): InsightsCondition[] {
  const conditions = [];
  do {
    const key = readName(cursor, DIMENSION);
    const symbol = next(cursor);
    if (symbol.kind !== 'symbol' || (symbol.text !== '=' && symbol.text !== '!=')) throw unexpected(symbol, '= or !=');
    const operator = symbol.text === '=' ? ('=' as const) : ('!=' as const);
    const value = next(cursor);
    if (value.kind !== 'value') throw unexpected(value, `a value of ${key} in single quotes`);
    conditions.push({ key, operator, value: value.text });
  } while (takesWord(cursor, 'AND'));
  const { kind, text, at } = peek(cursor);
  if (kind === 'word' && text.toUpperCase() === 'OR') {
    throw new ParseFailure('WHERE has no OR: write a query for each, or compare with !=', at);
  }
  return conditions;
}

function readGroupBy(cursor: Cursor): string[] {
  expectWord(cursor, 'BY');
  return readNames(cursor);
}

function readOrderBy(cursor: Cursor): InsightsQuery['orderBy'] {
  expectWord(cursor, 'BY');
  const name = readFunction(cursor);
  expectSymbol(cursor, '(');
  if (!takesSymbol(cursor, ')')) throw unexpected(peek(cursor), ') (ORDER BY has no name in its function)');
  const isDescending = takesWord(cursor, 'DESC');
  if (!isDescending) takesWord(cursor, 'ASC');
  return { function: name, order: isDescending ? 'DESC' : 'ASC' };
}

function readLimit(cursor: Cursor): number {
  const token = next(cursor);
  const limit = token.kind === 'word' && /^\d+$/.test(token.text) ? Number(token.text) : 0;
  if (limit < 1 || limit > MAX_LIMIT) throw unexpected(token, `a number from 1 to ${MAX_LIMIT}`);
  return limit;
}
