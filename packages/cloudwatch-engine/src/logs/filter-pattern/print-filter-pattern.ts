import type { Comparison, Condition, FilterPattern, JsonLeaf, Term, Value } from './filter-pattern.ts';
import { printSelector } from './read-selector.ts';

const quoted = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;

const printTerm = (term: Term): string => {
  if (term.kind === 'regex') return `%${term.source}%`;
  return /^[\p{L}\p{N}_]+$/u.test(term.text) ? term.text : quoted(term.text);
};

const printValue = (value: Value): string => {
  if (value.kind === 'regex') return `%${value.source}%`;
  return value.kind === 'number' ? value.text : quoted(value.text);
};

const printComparison = ({ operator, value }: Comparison): string => `${operator} ${printValue(value)}`;

const printLeaf = (leaf: JsonLeaf): string => {
  const selector = printSelector(leaf.selector);
  if (leaf.kind === 'not-exists') return `${selector} NOT EXISTS`;
  return leaf.kind === 'is' ? `${selector} IS ${leaf.what}` : `${selector} ${printComparison(leaf)}`;
};

const binding = { or: 1, and: 2 } as const;

const printCondition = <Leaf extends { readonly kind: string }>(
  condition: Condition<Leaf>,
  printOne: (leaf: Leaf) => string,
  least = 0,
): string => {
  if (!('left' in condition)) return printOne(condition);
  const own = binding[condition.kind];
  const left = printCondition(condition.left, printOne, own);
  const right = printCondition(condition.right, printOne, own + 1);
  const text = `${left} ${condition.kind === 'and' ? '&&' : '||'} ${right}`;
  return own < least ? `(${text})` : text;
};

/** The pattern as text; reading it gives the same pattern. */
export const printFilterPattern = (pattern: FilterPattern): string => {
  switch (pattern.kind) {
    case 'all':
      return '';
    case 'terms':
      return [
        ...pattern.required.map(printTerm),
        ...pattern.optional.map((term) => `?${printTerm(term)}`),
        ...pattern.excluded.map((term) => `-${printTerm(term)}`),
      ].join(' ');
    case 'json':
      return `{ ${printCondition(pattern.condition, printLeaf)} }`;
    case 'delimited': {
      const fields = pattern.fields.map(({ name, condition }) =>
        condition === undefined ? name : printCondition(condition, (leaf) => `${name} ${printComparison(leaf)}`),
      );
      if (pattern.ellipsisAt !== undefined) fields.splice(pattern.ellipsisAt, 0, '...');
      return `[${fields.join(', ')}]`;
    }
  }
};
