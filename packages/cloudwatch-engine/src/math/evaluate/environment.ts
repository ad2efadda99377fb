import type { MetricSource } from '../../series/metric-source.ts';
import type { Points } from '../../series/points.ts';
import type { MathSettings } from '../settings.ts';
import type { Expression } from '../syntax/expression.ts';
import type { Grid, TimeRange } from '../values/grid.ts';
import type { Series, Value } from '../values/series.ts';

/** Data that CloudWatch has beside its metrics. */
export type OutsideData = {
  /** A metric of a Contributor Insights rule; `undefined` where there is no such rule. */
  readonly insightRuleMetric?: (
    query: { readonly rule: string; readonly metric: string; readonly periodSeconds: number } & TimeRange,
  ) => Points | undefined;
};

export type Message = { readonly code: string; readonly value: string };

/** What evaluation goes by: the requests around it and what it finds on its way. */
export type Environment = {
  readonly range: TimeRange;
  readonly source: MetricSource;
  readonly outside: OutsideData;
  readonly settings: MathSettings;
  /** Period of series that no metric gives one, in seconds. */
  readonly periodSeconds: number;
  readonly reference: (id: string) => Value;
  readonly metricPeriod: (id: string) => number;
  /** The metrics of the request whose Id contains a text. */
  readonly metrics: (contained: string) => readonly Series[];
  readonly search: (call: Extract<Expression, { kind: 'call' }>) => readonly Series[];
  readonly band: (argument: Expression, deviations: number) => readonly Series[];
  readonly gridOf: (periodSeconds: number) => Grid;
  readonly notes: Notes;
};

/** What the result of a query says beside its values. */
export type Notes = {
  /** Whether a point was dropped that is no number, as after a division by zero. */
  dropped: boolean;
  /** Whether data made the evaluation impossible. */
  failed: boolean;
  /** Whether there is more than the result shows. */
  partial: boolean;
  readonly messages: Message[];
};

/** Says that there is more than the result shows. */
export function addPartial(notes: Notes, code: string, value: string): void {
  notes.partial = true;
  notes.messages.push({ code, value });
}
