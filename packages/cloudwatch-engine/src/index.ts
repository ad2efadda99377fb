export { type Metric, metricKey } from './series/metric.ts';
export type { MetricSource, StatQuery } from './series/metric-source.ts';
export { NO_POINTS, type Points } from './series/points.ts';
export { type ParsedStatistic, parseStatistic, type StatisticIssue } from './series/statistic/parse-statistic.ts';
export { type Boundaries, printStatistic, type Statistic } from './series/statistic/statistic.ts';
