/** What SEARCH looks for (user guide, "CloudWatch search expression syntax"): a schema, a term, or both. */
export type SearchExpression = { readonly schema?: SearchSchema; readonly term?: SearchTerm };

export type SearchSchema = { readonly namespace: string; readonly dimensions: readonly string[] };

export type SearchTerm =
  | { readonly kind: 'and' | 'or'; readonly left: SearchTerm; readonly right: SearchTerm }
  | { readonly kind: 'not'; readonly term: SearchTerm }
  /** `property` is MetricName, Namespace or a dimension's name; without it any name or value may match. */
  | { readonly kind: 'match'; readonly text: string; readonly exact: boolean; readonly property?: string };

/** What AWS says nothing or two things about. */
export type SearchSettings = {
  /**
   * Whether metrics of a schema with dimensions have exactly those (the default, as in the console's own searches), or at
   * least those ("any metrics that have `InstanceId` as a dimension name").
   */
  readonly schemaDimensions: 'exact' | 'at-least';
  /** Whether AND, written or not, binds before OR (the default), or both are read in the order written. */
  readonly logic: 'and-first' | 'left-to-right';
};

export const DEFAULT_SEARCH_SETTINGS: SearchSettings = { schemaDimensions: 'exact', logic: 'and-first' };

/** The search with the parentheses and quotes that it needs; `parseSearch` reads it back. */
export function printSearch({ schema, term }: SearchExpression): string {
  const parts = [];
  if (schema) parts.push(`{${[schema.namespace, ...schema.dimensions].map(printName).join(',')}}`);
  if (term) parts.push(printTerm(term));
  return parts.join(' ');
}

function printTerm(term: SearchTerm): string {
  switch (term.kind) {
    case 'and':
    case 'or':
      return `${printOperand(term.left)} ${term.kind.toUpperCase()} ${printOperand(term.right)}`;
    case 'not':
      return `NOT ${printOperand(term.term)}`;
    case 'match': {
      const text = term.exact ? quote(term.text) : term.text;
      return term.property === undefined ? text : `${printName(term.property)}=${text}`;
    }
  }
}

function printOperand(term: SearchTerm): string {
  return term.kind === 'and' || term.kind === 'or' ? `(${printTerm(term)})` : printTerm(term);
}

function printName(name: string): string {
  return /^[A-Za-z0-9]+$/.test(name) && !/^(?:AND|OR|NOT)$/.test(name) ? name : quote(name);
}

function quote(text: string): string {
  return `"${text.replace(/["\\()]/g, '\\$&')}"`;
}
