import type { CompleteMetric } from '@voice-campaign/metrics-schema';

/** API reference, MetricDatum: values are between -2^360 and 2^360. */
export const MAX_VALUE = 2 ** 360;

export type PropertyValues = Readonly<Record<string, string | number | boolean>>;

/** The properties of samples that were given none: one object, so that they share a line. */
export const NO_PROPERTIES: PropertyValues = {};

/** The samples of one metric with one combination of dimension values. */
export type Cell = {
  readonly name: string;
  readonly metric: CompleteMetric;
  readonly dimensionSets: readonly (readonly string[])[];
  readonly dimensions: Readonly<Record<string, string>>;
  values: number[];
};

/** Samples that share their EMF root properties. */
export type Group = { readonly properties: PropertyValues; readonly cells: Map<string, Cell> };

/** Samples that wait to be written, by their properties. */
export type Samples = Map<PropertyValues, Group>;

export type Sample = Omit<Cell, 'values'> & { readonly value: number };

/** Merges a sample as its metric's kind says: a counter is summed, a gauge's last value wins, a distribution keeps all. */
export function addSample(samples: Samples, properties: PropertyValues, sample: Sample): void {
  let group = samples.get(properties);
  if (group === undefined) {
    group = { properties, cells: new Map() };
    samples.set(properties, group);
  }
  const { name, metric, dimensions, dimensionSets, value } = sample;
  let key = cellKey(sample);
  let cell = group.cells.get(key);
  if (cell && !sameMetric(cell.metric, sample.metric)) {
    key += `\n${JSON.stringify(sample.metric)}`;
    cell = group.cells.get(key);
  }
  if (cell === undefined) group.cells.set(key, { name, metric, dimensions, dimensionSets, values: [value] });
  else if (sample.metric.kind === 'counter') count(cell.values, value);
  else if (sample.metric.kind === 'gauge') cell.values = [value];
  else cell.values.push(value);
}

/** A sum that CloudWatch would not take goes out as several values. */
function count(values: number[], value: number): void {
  const sum = (values.at(-1) ?? 0) + value;
  if (Math.abs(sum) <= MAX_VALUE) values[values.length - 1] = sum;
  else values.push(value);
}

/** Two contracts may declare a name differently: neither's samples are taken for the other's. */
function sameMetric(one: CompleteMetric, other: CompleteMetric): boolean {
  return one === other || (one.kind === other.kind && one.unit === other.unit && one.resolution === other.resolution);
}

function cellKey({ name, dimensions, dimensionSets }: Sample): string {
  const values = Object.keys(dimensions);
  return values.length === 0
    ? `${name}\n${dimensionSets.length}`
    : `${name}\n${JSON.stringify([dimensions, dimensionSets])}`;
}
