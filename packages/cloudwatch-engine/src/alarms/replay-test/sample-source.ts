import { type Metric, metricKey } from '../../series/metric.ts';
import type { MetricSource } from '../../series/metric-source.ts';
import { evaluateSamples, evaluateSimple } from '../../series/statistic/evaluate-statistic.ts';
import { parseStatistic } from '../../series/statistic/parse-statistic.ts';
import { rangeOf, samplesOf } from '../../series/statistic/samples.ts';
import type { Statistic } from '../../series/statistic/statistic.ts';
import type { SampleValues } from './series-notation.ts';

/** Samples of a metric: that of step i is taken at `start` + i × `stepSeconds`, seconds since 1970. */
export type SampledMetric = {
  readonly metric: Metric;
  readonly start: number;
  readonly stepSeconds: number;
  readonly values: SampleValues;
};

/** A source of these samples and no others, of every unit, that forgets nothing however long a test is. */
export function sampleSource(metrics: readonly SampledMetric[]): MetricSource {
  const known = new Map(metrics.map((each) => [metricKey(each.metric), each]));
  return {
    points({ metric, stat, periodSeconds, start, end, alignment = 'epoch' }) {
      const sampled = known.get(metricKey(metric));
      const parsed = parseStatistic(stat);
      const timestamps: number[] = [];
      const values: number[] = [];
      if (!sampled || !parsed.ok) return { timestamps, values };
      const last = sampled.start + sampled.values.length * sampled.stepSeconds;
      const origin = alignment === 'epoch' ? 0 : start;
      const onGrid = (moment: number) => origin + Math.floor((moment - origin) / periodSeconds) * periodSeconds;
      const first = Math.max(alignment === 'epoch' ? onGrid(start) : start, onGrid(sampled.start));
      for (let at = first; at < Math.min(end, last); at += periodSeconds) {
        const value = statisticOf(parsed.statistic, between(sampled, at, at + periodSeconds));
        if (value === undefined) continue;
        timestamps.push(at);
        values.push(value);
      }
      return { timestamps, values };
    },
    *metrics({ namespace, name } = {}) {
      for (const { metric } of metrics) {
        if ((namespace ?? metric.namespace) === metric.namespace && (name ?? metric.name) === metric.name) yield metric;
      }
    },
  };
}

function between({ start, stepSeconds, values }: SampledMetric, from: number, to: number): readonly number[] {
  const index = (moment: number) => Math.max(0, Math.ceil((moment - start) / stepSeconds));
  return values.slice(index(from), index(to)).filter((value) => value !== undefined);
}

function statisticOf(statistic: Statistic, values: readonly number[]): number | undefined {
  if (values.length === 0) return undefined;
  if (statistic.kind !== 'simple') return evaluateSamples(statistic, rangeOf(samplesOf(values)), 'nearest-rank');
  let [sum, minimum, maximum] = [0, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    sum += value;
    minimum = Math.min(minimum, value);
    maximum = Math.max(maximum, value);
  }
  return evaluateSimple(statistic.name, { sampleCount: values.length, sum, minimum, maximum });
}
