import { type Metric, metricKey } from '../../src/series/metric.ts';
import type { MetricSource, StatQuery } from '../../src/series/metric-source.ts';
import type { Points } from '../../src/series/points.ts';

/** One sample for each step of `every` seconds from `start` on (default 0); `null` is none. */
export type SampledMetric = Metric & {
  readonly values: readonly (number | null)[];
  readonly every?: number;
  readonly start?: number;
};

const STATISTICS: Readonly<Record<string, (samples: readonly number[]) => number>> = {
  Sum: (samples) => samples.reduce((a, b) => a + b, 0),
  Average: (samples) => samples.reduce((a, b) => a + b, 0) / samples.length,
  Minimum: (samples) => Math.min(...samples),
  Maximum: (samples) => Math.max(...samples),
  SampleCount: (samples) => samples.length,
};

/** Reads samples that a test wrote down, and remembers what it was asked. */
export function sourceOf(metrics: readonly SampledMetric[]): MetricSource & { readonly asked: StatQuery[] } {
  const known = new Map(metrics.map((metric) => [metricKey(metric), metric]));
  const asked: StatQuery[] = [];
  return {
    asked,
    points(query) {
      asked.push(query);
      const metric = known.get(metricKey(query.metric));
      return metric ? pointsOf(metric, query) : { timestamps: [], values: [] };
    },
    *metrics({ namespace, name } = {}) {
      for (const { values: _, every: __, start: ___, ...metric } of metrics) {
        if (namespace !== undefined && metric.namespace !== namespace) continue;
        if (name === undefined || metric.name === name) yield metric;
      }
    },
  };
}

function pointsOf({ values, every = 60, start: first = 0 }: SampledMetric, query: StatQuery): Points {
  const { stat, periodSeconds, start, end, alignment = 'epoch' } = query;
  const origin = alignment === 'epoch' ? 0 : start;
  const periods = new Map<number, number[]>();
  for (const [index, value] of values.entries()) {
    const at = first + index * every;
    const period = origin + Math.floor((at - origin) / periodSeconds) * periodSeconds;
    if (value === null || period < start || period >= end) continue;
    periods.set(period, [...(periods.get(period) ?? []), value]);
  }
  const timestamps = [...periods.keys()].sort((a, b) => a - b);
  const statistic = STATISTICS[stat];
  if (!statistic) throw new Error(`the samples have no ${stat}`);
  return { timestamps, values: timestamps.map((timestamp) => statistic(periods.get(timestamp) ?? [])) };
}
