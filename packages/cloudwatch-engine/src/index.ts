export { type Metric, metricKey } from './series/metric.ts';
export type { MetricSource, StatQuery } from './series/metric-source.ts';
export { NO_POINTS, type Points } from './series/points.ts';
