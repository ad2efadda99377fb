export type { IngestedEmf } from './series/emf/ingest-emf.ts';
export { type Metric, type MetricInput, metricInput, metricKey, metricOf } from './series/metric.ts';
export type { MetricSource, StatQuery } from './series/metric-source.ts';
export { NO_POINTS, type Points } from './series/points.ts';
export type { PercentileInterpolation } from './series/statistic/evaluate-statistic.ts';
export { type ParsedStatistic, parseStatistic, type StatisticIssue } from './series/statistic/parse-statistic.ts';
export type { StatisticSet } from './series/statistic/samples.ts';
export { type Boundaries, printStatistic, type Statistic } from './series/statistic/statistic.ts';
export type { MetricDatum, Refusal } from './series/store/metric-datum.ts';
export {
  createMetricStore,
  type MetricStore,
  type MetricStoreOptions,
  type StoreSize,
} from './series/store/metric-store.ts';
export type { MetricSnapshot } from './series/store/snapshot.ts';
