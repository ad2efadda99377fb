import type { Metric } from '../../series/metric.ts';

export type LabelledMetric = { readonly metric: Metric; readonly stat: string; readonly periodSeconds: number };

/**
 * The labels of metrics that have none, in their order: the name, with the statistic and the period where the metrics
 * differ in them (recorded: `metric1 Sum 60`). Where they differ in dimensions, the values in question stand first, and
 * the name only if it differs too, as in the example of SEARCH (user guide, "Use dynamic labels").
 */
export function defaultLabels(all: readonly LabelledMetric[]): readonly string[] {
  const differs = (of: (each: LabelledMetric) => string | number | undefined): boolean => new Set(all.map(of)).size > 1;
  const keys = new Set(all.flatMap(({ metric }) => Object.keys(metric.dimensions)));
  const dimensions = [...keys].filter((key) => differs(({ metric }) => metric.dimensions[key]));
  const byName = differs(({ metric }) => metric.name);
  const byStat = differs(({ stat }) => stat);
  const byPeriod = differs(({ periodSeconds }) => periodSeconds);
  return all.map(({ metric, stat, periodSeconds }) => {
    const values = dimensions.flatMap((key) => metric.dimensions[key] ?? []);
    const parts = byName || values.length === 0 ? [...values, metric.name] : values;
    return [...parts, ...(byStat ? [stat] : []), ...(byPeriod ? [periodSeconds] : [])].join(' ');
  });
}
