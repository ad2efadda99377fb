/** A piece of a rule; `at` counts characters from 0. Words are keywords, numbers and unquoted names. */
export type RuleToken = {
  readonly kind: '(' | ')' | ',' | 'word' | 'quoted' | 'end';
  readonly text: string;
  readonly at: number;
};

/**
 * Splits a rule into pieces. Names in double quotes may hold anything; `\"` and `\\` stand for a quote and a backslash.
 * A quote that is never closed makes the rest of the rule one word, which the parser then refuses.
 */
export function ruleTokens(rule: string): readonly RuleToken[] {
  const tokens: RuleToken[] = [];
  const pattern = /[(),]|"(?:[^"\\]|\\[\s\S])*"|"[\s\S]*|[^\s(),"]+/g;
  for (let match = pattern.exec(rule); match; match = pattern.exec(rule)) {
    const [text] = match;
    if (text === '(' || text === ')' || text === ',') tokens.push({ kind: text, text, at: match.index });
    else if (/^"[\s\S]*"$/.test(text) && text.length > 1 && closes(text))
      tokens.push({ kind: 'quoted', text, at: match.index });
    else tokens.push({ kind: 'word', text, at: match.index });
  }
  tokens.push({ kind: 'end', text: '<EOF>', at: rule.length });
  return tokens;
}

/** What a quoted name stands for. */
export function unquote(text: string): string {
  return text.slice(1, -1).replace(/\\(["\\])/g, '$1');
}

/** The inverse of `unquote`. */
export function quote(name: string): string {
  return `"${name.replace(/["\\]/g, '\\$&')}"`;
}

/** Whether the last quote ends the text, and is no `\"`. */
function closes(text: string): boolean {
  const backslashes = /\\*$/.exec(text.slice(1, -1))?.[0].length ?? 0;
  return backslashes % 2 === 0;
}
