import type { InsightsQuery } from '../../insights/insights-query.ts';
import { isInsightsQuery, parseInsightsQuery } from '../../insights/parse-insights.ts';
import { metricMatcher } from '../../search/match-search.ts';
import { parseSearch } from '../../search/parse-search.ts';
import type { SearchTerm } from '../../search/search-expression.ts';
import type { Metric } from '../../series/metric.ts';
import type { Expression } from '../syntax/expression.ts';
import { forEachNode } from '../syntax/nodes.ts';
import { parseExpression } from '../syntax/parse-expression.ts';
import { type Parsed, ParseFailure, reading } from '../syntax/parse-failure.ts';

/** One SEARCH of an expression. */
export type SearchRead = {
  readonly namespace?: string;
  readonly statistic: string;
  /** Seconds, where the call says so. */
  readonly periodSeconds?: number;
  /** Names and values that it looks for, in the order written. */
  readonly texts: readonly string[];
  readonly matches: (metric: Metric) => boolean;
};

/** What an expression takes from elsewhere. */
export type ExpressionReads = {
  /** Ids of other queries. */
  readonly references: readonly string[];
  /** Whether METRICS() takes every metric of the widget or request. */
  readonly usesAll: boolean;
  readonly searches: readonly SearchRead[];
  /** Where the expression is a Metrics Insights query. */
  readonly insights?: InsightsQuery;
};

/** What metric math, a search or a Metrics Insights query reads. The issue names the character that it cannot read at. */
export function expressionReads(text: string): Parsed<ExpressionReads> {
  if (isInsightsQuery(text)) {
    const query = parseInsightsQuery(text);
    if (!query.ok) return query;
    return { ok: true, value: { references: [], usesAll: false, searches: [], insights: query.value } };
  }
  const parsed = parseExpression(text);
  return parsed.ok ? reading(() => readsOf(parsed.value)) : parsed;
}

function readsOf(expression: Expression): ExpressionReads {
  const references = new Set<string>();
  const searches: SearchRead[] = [];
  let usesAll = false;
  forEachNode(expression, (node) => {
    if (node.kind === 'reference') references.add(node.id);
    if (node.kind !== 'call') return;
    if (node.name === 'METRICS') usesAll = true;
    if (node.name === 'SEARCH') searches.push(searchOf(node));
  });
  return { references: [...references], usesAll, searches };
}

function searchOf({ arguments: given, at }: Extract<Expression, { kind: 'call' }>): SearchRead {
  const [search, statistic, period] = given;
  if (search?.kind !== 'text' || statistic?.kind !== 'text') {
    throw new ParseFailure('SEARCH takes a search and a statistic, both in quotes', at);
  }
  const parsed = parseSearch(search.text);
  if (!parsed.ok) throw new ParseFailure(parsed.issue.message, search.at + 1 + parsed.issue.at);
  const { schema, term } = parsed.value;
  return {
    statistic: statistic.text,
    texts: term ? textsOf(term) : [],
    matches: metricMatcher(parsed.value),
    ...(schema ? { namespace: schema.namespace } : {}),
    ...(period?.kind === 'number' ? { periodSeconds: period.value } : {}),
  };
}

function textsOf(term: SearchTerm): readonly string[] {
  switch (term.kind) {
    case 'and':
    case 'or':
      return [...textsOf(term.left), ...textsOf(term.right)];
    case 'not':
      return textsOf(term.term);
    case 'match':
      return [term.text];
  }
}
