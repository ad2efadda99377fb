import type { Metric } from '../series/metric.ts';
import {
  DEFAULT_SEARCH_SETTINGS,
  type SearchExpression,
  type SearchSchema,
  type SearchSettings,
  type SearchTerm,
} from './search-expression.ts';
import { containsTerm, type Pieces, tokenize } from './tokenize.ts';

/** Whether a metric is one that the search looks for. Use it for many metrics: it remembers the names it has seen. */
export function metricMatcher(
  { schema, term }: SearchExpression,
  settings: SearchSettings = DEFAULT_SEARCH_SETTINGS,
): (metric: Metric) => boolean {
  const tokenized = remember(tokenize);
  const matchesTerm = term ? termMatcher(term, tokenized) : () => true;
  return (metric) => (!schema || inSchema(metric, schema, settings)) && matchesTerm(metric);
}

function remember(read: (text: string) => Pieces): (text: string) => Pieces {
  const known = new Map<string, Pieces>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const pieces = read(text);
    known.set(text, pieces);
    return pieces;
  };
}

function inSchema(
  metric: Metric,
  { namespace, dimensions }: SearchSchema,
  { schemaDimensions }: SearchSettings,
): boolean {
  if (metric.namespace !== namespace) return false;
  if (dimensions.length === 0) return true;
  if (!dimensions.every((name) => Object.hasOwn(metric.dimensions, name))) return false;
  return schemaDimensions === 'at-least' || Object.keys(metric.dimensions).length === new Set(dimensions).size;
}

function termMatcher(term: SearchTerm, tokenized: (text: string) => Pieces): (metric: Metric) => boolean {
  switch (term.kind) {
    case 'and': {
      const [left, right] = [termMatcher(term.left, tokenized), termMatcher(term.right, tokenized)];
      return (metric) => left(metric) && right(metric);
    }
    case 'or': {
      const [left, right] = [termMatcher(term.left, tokenized), termMatcher(term.right, tokenized)];
      return (metric) => left(metric) || right(metric);
    }
    case 'not': {
      const inner = termMatcher(term.term, tokenized);
      return (metric) => !inner(metric);
    }
    case 'match': {
      const { text, exact, property } = term;
      const pieces = tokenize(text);
      const matches = exact ? (name: string) => name === text : (name: string) => containsTerm(tokenized(name), pieces);
      return (metric) => namesOf(metric, property).some(matches);
    }
  }
}

function namesOf({ namespace, name, dimensions }: Metric, property: string | undefined): readonly string[] {
  if (property === undefined) return [name, namespace, ...Object.entries(dimensions).flat()];
  if (property === 'MetricName') return [name];
  if (property === 'Namespace') return [namespace];
  const value = Object.hasOwn(dimensions, property) ? dimensions[property] : undefined;
  return value === undefined ? [] : [value];
}
