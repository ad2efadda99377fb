import type { InsightsQuery } from '../../insights/insights-query.ts';
import type { Metric } from '../../series/metric.ts';
import type { ValueKind } from '../check/function-table.ts';
import type { LabelTemplate } from '../labels/label-template.ts';
import type { MathSettings } from '../settings.ts';
import type { Expression } from '../syntax/expression.ts';
import type { MetricRequest } from './metric-data-query.ts';

/** A SEARCH, ready to look at metrics. */
export type PlannedSearch = {
  readonly namespace?: string;
  readonly matches: (metric: Metric) => boolean;
  readonly stat: string;
  /** Of its third argument. */
  readonly periodSeconds?: number;
};

export type PlannedBody =
  | { readonly kind: 'metric'; readonly request: MetricRequest; readonly defaultLabel: string }
  | {
      readonly kind: 'math';
      readonly expression: Expression;
      readonly searches: ReadonlyMap<Expression, PlannedSearch>;
    }
  | { readonly kind: 'insights'; readonly query: InsightsQuery };

export type PlannedQuery = {
  readonly id: string;
  readonly kind: ValueKind;
  /** Whether the request wants its result. */
  readonly returned: boolean;
  /** Of the query's own Label. */
  readonly label?: LabelTemplate;
  /** Of what no metric gives a period, such as TIME_SERIES. */
  readonly periodSeconds: number;
  readonly body: PlannedBody;
};

/** Queries that were checked, to be evaluated as often as one likes. */
export type MathPlan = {
  readonly queries: ReadonlyMap<string, PlannedQuery>;
  readonly settings: MathSettings;
};

/** What is wrong with one query of a request; `at` is the index of a character of its expression. */
export type QueryIssue = {
  readonly code:
    | 'query'
    | 'syntax'
    | 'reference'
    | 'function'
    | 'argument'
    | 'type'
    | 'refused'
    | 'text'
    | 'cycle'
    | 'result';
  readonly queryId: string;
  readonly at?: number;
  readonly message: string;
};
