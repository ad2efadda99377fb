import { type Grid, place, type TimeRange } from '../math/values/grid.ts';
import { type Series, seriesOf } from '../math/values/series.ts';
import type { Metric } from '../series/metric.ts';
import type { MetricSource } from '../series/metric-source.ts';
import type { InsightsFunction, InsightsQuery } from './insights-query.ts';

/** User guide, "Metrics Insights quotas". */
const MAX_METRICS = 10_000;
const MAX_SERIES = 500;
/** The group of metrics without one of the dimensions that a query groups by. */
const OTHER = 'Other';

export type InsightsResult = {
  readonly series: readonly Series[];
  /** Whether more than 10,000 metrics match, of which the first count, or more than 500 series, of which the first are. */
  readonly exceeded: { readonly metrics: boolean; readonly series: boolean };
};

type Group = { readonly labels: readonly string[]; readonly metrics: Metric[] };

/**
 * One series for each group that has a point, in the order of the query: an aggregate of all observations of all metrics
 * of the group, period by period. Only metrics with a sample at or after `since` are looked at.
 */
export function evaluateInsights(
  query: InsightsQuery,
  {
    source,
    range,
    grid,
    since,
  }: { readonly source: MetricSource; readonly range: TimeRange; readonly grid: Grid; readonly since: number },
): InsightsResult {
  const matching: Metric[] = [];
  let more = false;
  for (const metric of source.metrics({ namespace: query.from.namespace, name: query.select.metricName, since })) {
    if (!matches(query, metric)) continue;
    more = matching.length === MAX_METRICS;
    if (more) break;
    matching.push(metric);
  }
  const read = (metric: Metric, stat: string) => {
    const { start, end, alignment } = range;
    return place(source.points({ metric, stat, periodSeconds: grid.period, start, end, alignment }), grid);
  };
  const all = groupsOf(query, matching).map((group) => {
    const values = aggregate(query.select.function, group.metrics, read, grid);
    return { key: orderKey(query, values), series: seriesOf(grid, values, subjectOf(query, group)) };
  });
  const found = all.filter(({ series }) => series.values.some((value) => !Number.isNaN(value)));
  const sign = query.orderBy?.order === 'DESC' ? -1 : 1;
  if (query.orderBy) found.sort((a, b) => sign * (a.key - b.key));
  const series = found.slice(0, query.limit ?? MAX_SERIES).map((each) => each.series);
  return { series, exceeded: { metrics: more, series: query.limit === undefined && found.length > MAX_SERIES } };
}

function matches({ from, where }: InsightsQuery, { dimensions }: Metric): boolean {
  if (from.dimensions) {
    const names = new Set(from.dimensions);
    const own = Object.keys(dimensions);
    if (own.length !== names.size || !own.every((name) => names.has(name))) return false;
  }
  return where.every(({ key, operator, value }) => {
    if (!Object.hasOwn(dimensions, key)) return false;
    return (dimensions[key] === value) === (operator === '=');
  });
}

/** In the alphabetical order of their labels, which is the order of results without ORDER BY. */
function groupsOf({ groupBy }: InsightsQuery, metrics: readonly Metric[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const metric of metrics) {
    const labels = groupBy.map((key) =>
      Object.hasOwn(metric.dimensions, key) ? (metric.dimensions[key] ?? OTHER) : OTHER,
    );
    const key = JSON.stringify(labels);
    const group = groups.get(key) ?? { labels, metrics: [] };
    group.metrics.push(metric);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => compare(a.labels, b.labels));
}

function compare(a: readonly string[], b: readonly string[]): number {
  const index = a.findIndex((label, at) => label !== b[at]);
  return index < 0 ? 0 : (a[index] ?? '') < (b[index] ?? '') ? -1 : 1;
}

function subjectOf({ select, groupBy }: InsightsQuery, { labels }: Group): Series['subject'] & object {
  if (groupBy.length === 0) return { label: select.metricName };
  return {
    label: labels.join(' '),
    attributes: Object.fromEntries(groupBy.map((key, index) => [key, labels[index] ?? OTHER])),
  };
}

function aggregate(
  name: InsightsFunction,
  metrics: readonly Metric[],
  read: (metric: Metric, stat: string) => Float64Array,
  { length }: Grid,
): Float64Array {
  if (name === 'AVG') {
    const sums = total(metrics, (metric) => read(metric, 'Sum'), length);
    const counts = total(metrics, (metric) => read(metric, 'SampleCount'), length);
    return sums.map((sum, index) => sum / (counts[index] as number));
  }
  if (name === 'SUM') return total(metrics, (metric) => read(metric, 'Sum'), length);
  if (name === 'COUNT') return total(metrics, (metric) => read(metric, 'SampleCount'), length);
  const stat = name === 'MAX' ? 'Maximum' : 'Minimum';
  const pick = name === 'MAX' ? Math.max : Math.min;
  return combine(metrics, (metric) => read(metric, stat), length, pick);
}

const add = (a: number, b: number): number => a + b;

function total(metrics: readonly Metric[], read: (metric: Metric) => Float64Array, length: number): Float64Array {
  return combine(metrics, read, length, add);
}

/** Missing where no metric has a point. */
function combine(
  metrics: readonly Metric[],
  read: (metric: Metric) => Float64Array,
  length: number,
  join: (a: number, b: number) => number,
): Float64Array {
  const result = new Float64Array(length).fill(Number.NaN);
  for (const metric of metrics) {
    const values = read(metric);
    for (let index = 0; index < length; index += 1) {
      const value = values[index] as number;
      if (Number.isNaN(value)) continue;
      const before = result[index] as number;
      result[index] = Number.isNaN(before) ? value : join(before, value);
    }
  }
  return result;
}

/** "Performed across all the matched data points of each individual time series" (user guide, "SQL inference"). */
function orderKey({ orderBy }: InsightsQuery, values: Float64Array): number {
  if (!orderBy) return 0;
  const points = values.filter((value) => !Number.isNaN(value));
  switch (orderBy.function) {
    case 'COUNT':
      return points.length;
    case 'SUM':
      return points.reduce(add, 0);
    case 'AVG':
      return points.reduce(add, 0) / points.length;
    case 'MAX':
      return points.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
    case 'MIN':
      return points.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  }
}
