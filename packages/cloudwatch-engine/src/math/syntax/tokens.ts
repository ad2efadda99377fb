import { ParseFailure } from './parse-failure.ts';

/** A piece of an expression; `at` is the index of its first character, `text` what a quoted text means. */
export type Token = {
  readonly kind: 'number' | 'text' | 'word' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

const PATTERN =
  /(?<space>\s+)|(?<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(?<word>[A-Za-z_]\w*)|(?<text>"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|(?<symbol>&&|\|\||==|!=|<=|>=|[-+*/^<>()[\],])/suy;

/** What to write for characters that other languages have. */
const INSTEAD: Readonly<Record<string, string>> = {
  '=': 'compare with ==',
  '!': 'compare with !=, or with == 0 for "not"',
  '&': 'write AND or &&',
  '|': 'write OR or ||',
  '%': 'metric math has no remainder; for a percentage write 100 * a / b',
  '{': 'curly braces belong inside the text of SEARCH',
  '“': 'quote with straight quotes: "',
  '”': 'quote with straight quotes: "',
  '‘': "quote with straight quotes: '",
  '’': "quote with straight quotes: '",
};

/** @throws ParseFailure at a character that no expression holds, and at a text without its closing quote. */
export function tokensOf(expression: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < expression.length; at = PATTERN.lastIndex) {
    PATTERN.lastIndex = at;
    const groups = PATTERN.exec(expression)?.groups;
    if (groups === undefined) throw unreadable(expression, at);
    const { number, word, text, symbol } = groups;
    if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (text !== undefined) tokens.push({ kind: 'text', text: unquote(text), at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
  }
  return [...tokens, { kind: 'end', text: '', at: expression.length }];
}

/** Other escapes are left to what reads the text: SEARCH has its own. */
function unquote(quoted: string): string {
  const quote = quoted.slice(0, 1);
  return quoted.slice(1, -1).replaceAll(`\\${quote}`, quote);
}

function unreadable(expression: string, at: number): ParseFailure {
  const character = String.fromCodePoint(expression.codePointAt(at) ?? 0);
  if (character === '"' || character === "'") return new ParseFailure(`the text has no closing ${character}`, at);
  const instead = INSTEAD[character];
  return new ParseFailure(`"${character}" is no part of metric math${instead === undefined ? '' : `: ${instead}`}`, at);
}
