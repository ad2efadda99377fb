/** A piece of a filter expression; `at` is its first character. */
export type FilterToken = {
  readonly kind: 'word' | 'text' | 'number' | 'symbol' | 'end';
  readonly text: string;
  readonly at: number;
};

/** What is wrong with a filter expression, where, and what would be right. */
export class TraceFilterError extends Error {
  override readonly name = 'TraceFilterError';
  /** Index of the character. */
  readonly at: number;

  constructor(message: string, at: number) {
    super(`${message} (at character ${at + 1})`);
    this.at = at;
  }
}

const pattern =
  /(?<space>\s+)|(?<text>"(?:[^"\\]|\\.)*")|(?<number>-?\d+(?:\.\d+)?)|(?<word>[A-Za-z_][\w.]*)|(?<symbol>&&|\|\||!=|<=|>=|[=<>!(){}[\],:])/suy;

/** @throws TraceFilterError at a character that no filter holds, and at a text without its closing quote. */
export function filterTokens(expression: string): FilterToken[] {
  const tokens: FilterToken[] = [];
  pattern.lastIndex = 0;
  for (let at = 0; at < expression.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const groups = pattern.exec(expression)?.groups;
    if (groups === undefined) {
      const character = expression[at];
      throw new TraceFilterError(
        character === '"' ? 'the text has no closing quote' : `${character} is unexpected`,
        at,
      );
    }
    const { text, number, word, symbol } = groups;
    if (text !== undefined) tokens.push({ kind: 'text', text: text.slice(1, -1).replace(/\\(.)/gsu, '$1'), at });
    else if (number !== undefined) tokens.push({ kind: 'number', text: number, at });
    else if (word !== undefined) tokens.push({ kind: 'word', text: word, at });
    else if (symbol !== undefined) tokens.push({ kind: 'symbol', text: symbol, at });
  }
  return [...tokens, { kind: 'end', text: '', at: expression.length }];
}
