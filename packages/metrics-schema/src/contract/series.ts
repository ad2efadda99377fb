import type { Contract, Counted, MetricDefinition, Statistic } from './contract.ts';

/** A metric definition with nothing left to default. */
export type CompleteMetric = Required<MetricDefinition>;

const STATISTIC: Readonly<Record<MetricDefinition['kind'], Statistic>> = {
  counter: 'Sum',
  gauge: 'Maximum',
  distribution: 'Average',
};

/** The metric with the documented defaults of `MetricDefinition` filled in. */
export function withDefaults(metric: MetricDefinition): CompleteMetric {
  const counted: Counted = metric.kind === 'counter' ? 'on-commit' : 'at-once';
  return { counted, dimensions: [[]], resolution: 60, statistic: STATISTIC[metric.kind], ...metric };
}

/**
 * The series that one dimension set of a metric may open. Each is a custom metric on the bill, in every hour in which
 * it gets a sample.
 */
export type SeriesCount = {
  readonly metric: string;
  /** The keys of the dimension set; empty for the dimensionless series. */
  readonly dimensions: readonly string[];
  /** From 1: the product of the numbers of values its dimensions may take, in one process where a cap counts them. */
  readonly maxSeries: number;
};

/**
 * Every dimension set of every metric with the number of series it may open, in the contract's order: what a budget
 * is checked against. A metric with a capped dimension may fall back to the dimensionless series, which is therefore
 * counted too, once. A cap holds for one process, so that processes which see different values may open more.
 */
export function seriesOf(contract: Contract): readonly SeriesCount[] {
  return Object.entries(contract.metrics).flatMap(([metric, definition]) => {
    const sets = withDefaults(definition).dimensions;
    const capped = sets.flat().some((key) => 'maxValues' in (contract.dimensions[key] ?? {}));
    const overflow = capped && sets.every((set) => set.length > 0) ? [[]] : [];
    return [...sets, ...overflow].map((dimensions) => ({
      metric,
      dimensions,
      maxSeries: dimensions.reduce((product, key) => product * valuesOf(contract, key), 1),
    }));
  });
}

function valuesOf(contract: Contract, key: string): number {
  const dimension = contract.dimensions[key];
  if (!dimension) return 1;
  return 'maxValues' in dimension ? dimension.maxValues : dimension.values.length;
}
