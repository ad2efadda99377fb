import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { MetricSource } from '../../series/metric-source.ts';
import type { Points } from '../../series/points.ts';

/** One series that a query returned: a band gives its lower edge first, a Metrics Insights query one for each group. */
export type QueriedSeries = {
  readonly id: string;
  readonly points: Points;
  /** What the series is grouped by, of a Metrics Insights query: `{ FunctionName: 'dialer-worker' }`. */
  readonly attributes?: Readonly<Record<string, string>>;
};

/** Metric math and Metrics Insights as alarms need them. */
export type AlarmMath = {
  /** The series of all queries whose `ReturnData` is not false, with periods that begin at `start` (seconds since 1970). */
  evaluate(
    queries: readonly MetricDataQueryInput[],
    source: MetricSource,
    window: { readonly start: number; readonly end: number },
  ): readonly QueriedSeries[];
  /**
   * Whether each value hangs on the values of the same moment alone, so that many evaluations can share one reading of
   * the whole range: true for arithmetic, comparisons and IF, false for RATE, RUNNING_SUM, a band or AVG of one series.
   */
  pointwise(queries: readonly MetricDataQueryInput[]): boolean;
};
