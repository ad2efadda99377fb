import type { Unit } from '../contract/units.ts';

/** A metric definition of a directive, with the defaults of the specification filled in (None, 60). */
export type EmfMetric = {
  readonly name: string;
  readonly unit: Unit;
  readonly resolution: 1 | 60;
};

/** Publishes each of its metrics once for each of its dimension sets; `[]` is the dimensionless set. */
export type EmfDirective = {
  readonly namespace: string;
  readonly dimensions: readonly (readonly string[])[];
  readonly metrics: readonly EmfMetric[];
};

/** Samples of one metric, 1 to 100; `counts`, of the same length, says how often each value was seen (default 1). */
export type EmfValues = {
  readonly values: readonly number[];
  readonly counts?: readonly number[];
};

/**
 * One embedded metric format document. The keys of `values`, `dimensions` and `properties` are the root members of
 * the JSON object and therefore differ from each other; metrics and sets refer to the first two by key.
 */
export type EmfDocument = {
  /** Milliseconds since 1970. */
  readonly timestamp: number;
  readonly directives: readonly EmfDirective[];
  readonly values: Readonly<Record<string, EmfValues>>;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** The samples that one metric of one directive adds to one series. */
export type EmfDatapoint = EmfValues &
  EmfMetric & {
    readonly namespace: string;
    readonly dimensions: Readonly<Record<string, string>>;
    /** Milliseconds since 1970. */
    readonly timestamp: number;
  };

/** The samples a document publishes: one entry for each directive, dimension set and metric, in that order. */
export function datapointsOf(document: EmfDocument): readonly EmfDatapoint[] {
  const { timestamp, directives } = document;
  return directives.flatMap(({ namespace, dimensions, metrics }) =>
    dimensions.flatMap((set) => {
      const keyed = Object.fromEntries(set.map((key) => [key, document.dimensions[key] ?? '']));
      return metrics.flatMap((metric) => {
        const values = document.values[metric.name];
        return values ? [{ namespace, ...metric, dimensions: keyed, timestamp, ...values }] : [];
      });
    }),
  );
}

/**
 * One line of JSON, without a line break, that CloudWatch Logs reads as this document: what `parseEmf` reads back.
 * A single sample is written as a number, several as an array, and counted ones as `{ Values, Counts }`.
 */
export function renderEmf(document: EmfDocument): string {
  const { timestamp, directives, values, dimensions, properties } = document;
  const envelope = {
    Timestamp: timestamp,
    CloudWatchMetrics: directives.map(({ namespace, dimensions: sets, metrics }) => ({
      Namespace: namespace,
      Dimensions: sets,
      Metrics: metrics.map(({ name, unit, resolution }) => ({ Name: name, Unit: unit, StorageResolution: resolution })),
    })),
  };
  const targets = Object.entries(values).map(([name, target]) => [name, renderValues(target)]);
  // Not by spreading, which would take a member called __proto__ for the object's prototype.
  const members = [['_aws', envelope], ...Object.entries(dimensions), ...targets, ...Object.entries(properties)];
  return JSON.stringify(Object.fromEntries(members));
}

function renderValues({ values, counts }: EmfValues): unknown {
  if (counts) return { Values: values, Counts: counts };
  return values.length === 1 ? values[0] : values;
}
