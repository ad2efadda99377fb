/** What makes a metric one metric: CloudWatch never aggregates over dimensions (user guide, Dimensions). */
export type Metric = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

export type DimensionInput = { readonly Name?: string | undefined; readonly Value?: string | undefined };

/** A metric as requests of the API name it, nothing checked yet. */
export type MetricInput = {
  readonly Namespace?: string | undefined;
  readonly MetricName?: string | undefined;
  readonly Dimensions?: readonly DimensionInput[] | undefined;
};

/** What is left out is empty. */
export function metricOf({ Namespace, MetricName, Dimensions }: MetricInput): Metric {
  const dimensions = Object.fromEntries((Dimensions ?? []).map(({ Name = '', Value = '' }) => [Name, Value]));
  return { namespace: Namespace ?? '', name: MetricName ?? '', dimensions };
}

/** The metric as a request or an answer of the API names it. */
export function metricInput({ namespace, name, dimensions }: Metric) {
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return { Namespace: namespace, MetricName: name, Dimensions };
}

/** The same text for the same metric, whatever the order of its dimensions. */
export function metricKey({ namespace, name, dimensions }: Metric): string {
  const pairs = Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify([namespace, name, ...pairs.flat()]);
}
