import { ParseFailure } from '../math/syntax/parse-failure.ts';

/** A piece of a query: `name` in double quotes, `value` in single ones, their escapes undone. */
export type InsightsToken = {
  readonly kind: 'word' | 'name' | 'value' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

const PATTERN =
  /(?<space>\s+)|(?<word>[A-Za-z0-9_]+(?:\.[A-Za-z0-9_]*)*)|(?<name>"(?:[^"\\]|\\.)*")|(?<value>'(?:[^'\\]|\\.)*')|(?<symbol>!=|[=(),])/suy;

/** @throws ParseFailure at a character that no query holds, and at quotes that are not closed. */
export function insightsTokens(query: string): InsightsToken[] {
  const tokens: InsightsToken[] = [];
  for (let at = 0; at < query.length; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at;
    const groups = PATTERN.exec(query)?.groups;
    if (groups === undefined) throw unreadable(query, at);
    const { word, name, value, symbol } = groups;
    if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (name !== undefined) tokens.push({ kind: 'name', text: withoutEscapes(name), at });
    else if (value !== undefined) tokens.push({ kind: 'value', text: withoutEscapes(value), at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
  }
  return [...tokens, { kind: 'end', text: '', at: query.length }];
}

function withoutEscapes(quoted: string): string {
  return quoted.slice(1, -1).replace(/\\(.)/gsu, '$1');
}

function unreadable(query: string, at: number): ParseFailure {
  const character = String.fromCodePoint(query.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") return new ParseFailure(`the text has no closing ${character}`, at);
  if (/[<>]/.test(character)) return new ParseFailure('WHERE compares with = and != only', at);
  return new ParseFailure(`"${character}" needs double quotes around the name that it is part of`, at);
}
