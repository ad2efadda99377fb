import { type Parsed, ParseFailure, reading } from '../math/syntax/parse-failure.ts';
import {
  DEFAULT_SEARCH_SETTINGS,
  type SearchExpression,
  type SearchSchema,
  type SearchSettings,
  type SearchTerm,
} from './search-expression.ts';

/** User guide, "Search expression limits". */
const MAX_LENGTH = 1024;
const MAX_DEPTH = 100;

type Token = { readonly kind: 'exact' | 'partial' | 'symbol' | 'end'; readonly text: string; readonly at: number };
type Cursor = { readonly tokens: readonly Token[]; readonly settings: SearchSettings; index: number; depth: number };

const PATTERN = /(?<space>[\s,]+)|(?<exact>"(?:[^"\\]|\\.)*")|(?<symbol>[{}()=])|(?<partial>[^\s,{}()="]+)/suy;

/** Reads the first argument of SEARCH. The issue names the character and what may stand there. */
export function parseSearch(
  text: string,
  settings: SearchSettings = DEFAULT_SEARCH_SETTINGS,
): Parsed<SearchExpression> {
  return reading(() => {
    if (text.length > MAX_LENGTH) {
      throw new ParseFailure(`the search has ${text.length} characters, CloudWatch takes ${MAX_LENGTH}`, MAX_LENGTH);
    }
    const cursor: Cursor = { tokens: tokensOf(text), settings, index: 0, depth: 0 };
    const schema = parseSchema(cursor);
    const term = peek(cursor).kind === 'end' ? undefined : parseOr(cursor, undefined);
    const rest = peek(cursor);
    if (rest.kind !== 'end') throw unexpected(rest, 'AND, OR, NOT, a term or the end');
    if (!schema && !term)
      throw new ParseFailure('the search is empty: give a {Namespace, Dimension}, a term, or both', 0);
    return { ...(schema ? { schema } : {}), ...(term ? { term } : {}) };
  });
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at;
    const groups = PATTERN.exec(text)?.groups;
    if (groups === undefined) throw new ParseFailure('the exact match has no closing "', at);
    const { exact, symbol, partial } = groups;
    if (exact !== undefined) tokens.push({ kind: 'exact', text: exact.slice(1, -1).replace(/\\(.)/gsu, '$1'), at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
    else if (partial !== undefined) tokens.push({ kind: 'partial', text: partial, at });
  }
  return [...tokens, { kind: 'end', text: '', at: text.length }];
}

const END: Token = { kind: 'end', text: '', at: 0 };

function peek({ tokens, index }: Cursor, ahead = 0): Token {
  return tokens[index + ahead] ?? END;
}

function is({ kind, text }: Token, symbol: string): boolean {
  return kind === 'symbol' && text === symbol;
}

function takes(cursor: Cursor, symbol: string): boolean {
  const found = is(peek(cursor), symbol);
  if (found) cursor.index += 1;
  return found;
}

/** AND, OR and NOT are case-sensitive (user guide, "Boolean operators"). */
function takesWord(cursor: Cursor, word: string): boolean {
  const { kind, text } = peek(cursor);
  const found = kind === 'partial' && text === word;
  if (found) cursor.index += 1;
  return found;
}

function unexpected({ kind, text, at }: Token, wanted: string): ParseFailure {
  return new ParseFailure(`${kind === 'end' ? 'the search ends' : `"${text}" stands`} where ${wanted} belongs`, at);
}

function parseSchema(cursor: Cursor): SearchSchema | undefined {
  if (!takes(cursor, '{')) return undefined;
  const names: string[] = [];
  while (!takes(cursor, '}')) {
    const token = peek(cursor);
    if (token.kind !== 'exact' && token.kind !== 'partial') {
      throw unexpected(token, names.length === 0 ? 'a namespace' : 'the name of a dimension or }');
    }
    names.push(token.text);
    cursor.index += 1;
  }
  const [namespace, ...dimensions] = names;
  if (namespace === undefined) throw unexpected(peek(cursor, -1), 'a namespace');
  return { namespace, dimensions };
}

function parseOr(cursor: Cursor, property: string | undefined): SearchTerm {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH)
    throw new ParseFailure(`the search is nested deeper than ${MAX_DEPTH} levels`, peek(cursor).at);
  const isFlat = cursor.settings.logic === 'left-to-right';
  let left = isFlat ? parseNot(cursor, property) : parseAnd(cursor, property);
  for (;;) {
    if (takesWord(cursor, 'OR'))
      left = { kind: 'or', left, right: isFlat ? parseNot(cursor, property) : parseAnd(cursor, property) };
    else if (isFlat && continues(cursor)) left = { kind: 'and', left, right: parseNot(cursor, property) };
    else break;
  }
  cursor.depth -= 1;
  return left;
}

function parseAnd(cursor: Cursor, property: string | undefined): SearchTerm {
  let left = parseNot(cursor, property);
  while (continues(cursor)) left = { kind: 'and', left, right: parseNot(cursor, property) };
  return left;
}

/** Takes AND if there is one: "Not using any Boolean operator … as if there were an AND". */
function continues(cursor: Cursor): boolean {
  if (takesWord(cursor, 'AND')) return true;
  const { kind, text } = peek(cursor);
  return kind === 'exact' || (kind === 'partial' && text !== 'OR') || (kind === 'symbol' && text === '(');
}

function parseNot(cursor: Cursor, property: string | undefined): SearchTerm {
  let negations = 0;
  while (takesWord(cursor, 'NOT')) negations += 1;
  let term = parsePrimary(cursor, property);
  for (; negations > 0; negations -= 1) term = { kind: 'not', term };
  return term;
}

function parsePrimary(cursor: Cursor, property: string | undefined): SearchTerm {
  const token = peek(cursor);
  cursor.index += 1;
  if (is(token, '(')) {
    const term = parseOr(cursor, property);
    if (!takes(cursor, ')')) throw unexpected(peek(cursor), 'AND, OR, NOT, a term or )');
    return term;
  }
  const isName = token.kind === 'exact' || (token.kind === 'partial' && !/^(?:AND|OR)$/.test(token.text));
  if (!isName) throw unexpected(token, property === undefined ? 'a term, NOT or (' : `a value of ${property}`);
  if (/^:aws\./i.test(token.text)) {
    throw new ParseFailure(`${token.text} searches other accounts, which is not emulated: leave it out`, token.at);
  }
  if (property === undefined && takes(cursor, '=')) return parseValue(cursor, token.text);
  return {
    kind: 'match',
    text: token.text,
    exact: token.kind === 'exact',
    ...(property === undefined ? {} : { property }),
  };
}

/** What a property is compared with: one value, or several in parentheses. */
function parseValue(cursor: Cursor, property: string): SearchTerm {
  const token = peek(cursor);
  if (token.kind === 'end' || (token.kind === 'symbol' && token.text !== '('))
    throw unexpected(token, `a value of ${property}`);
  return parsePrimary(cursor, property);
}
