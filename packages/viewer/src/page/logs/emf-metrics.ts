type EmfMetric = {
  readonly name: string;
  readonly unit?: string;
  readonly value: string;
};

/** The metrics that a line in Embedded Metric Format carries, by namespace and dimensions. */
export type EmfGroup = {
  readonly namespace: string;
  /** `Service=dialer, Queue=a` for each set; an empty text for the set without dimensions. */
  readonly dimensions: readonly string[];
  readonly metrics: readonly EmfMetric[];
};

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Nothing for a line that is no EMF; what CloudWatch would not take of one is left out. */
export function emfGroupsOf(message: string): readonly EmfGroup[] {
  if (!message.includes('"_aws"')) return [];
  let line: unknown;
  try {
    line = JSON.parse(message);
  } catch {
    return [];
  }
  if (!isObject(line) || !isObject(line._aws)) return [];
  const root = line;
  return listOf(line._aws.CloudWatchMetrics).flatMap((directive): readonly EmfGroup[] => {
    if (!isObject(directive)) return [];
    const metrics = listOf(directive.Metrics).flatMap((metric) => metricOf(root, metric) ?? []);
    const dimensions = listOf(directive.Dimensions).map((set) =>
      listOf(set)
        .map((name) => `${String(name)}=${String(root[String(name)])}`)
        .join(', '),
    );
    return metrics.length === 0 ? [] : [{ namespace: String(directive.Namespace), dimensions, metrics }];
  });
}

function metricOf(root: Readonly<Record<string, unknown>>, metric: unknown): EmfMetric | undefined {
  if (!isObject(metric) || typeof metric.Name !== 'string') return undefined;
  const value = root[metric.Name];
  if (value === undefined) return undefined;
  const text = Array.isArray(value) && value.length > 6 ? `${value.length} values` : JSON.stringify(value);
  return { name: metric.Name, value: text, ...(typeof metric.Unit === 'string' && { unit: metric.Unit }) };
}
