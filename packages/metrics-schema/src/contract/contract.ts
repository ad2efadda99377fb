import type { Quantity, Unit } from './units.ts';

/**
 * What a metric is, which decides the call that emits it and the statistics that make sense:
 * - `counter`: things that happened; `add`, summed per group before it is written; read as Sum (or SampleCount).
 * - `gauge`: a level at a moment; `set`, the last value wins; read as Maximum, Minimum or Average, never as Sum.
 * - `distribution`: one value per event (a latency, a cost); `record`, every sample is kept; any statistic.
 */
export type MetricKind = 'counter' | 'gauge' | 'distribution';

/**
 * When a sample counts. `on-commit`: only once the SQS record it belongs to succeeded, so that a redelivered record
 * is not counted twice. `at-once`: it happened, whatever becomes of the record (a dialled attempt, money spent).
 * Outside a record both are the same.
 */
export type Counted = 'on-commit' | 'at-once';

/** The statistic that makes sense for a metric; percentiles and trimmed forms are written as CloudWatch writes them. */
export type Statistic =
  | 'Sum'
  | 'SampleCount'
  | 'Average'
  | 'Minimum'
  | 'Maximum'
  | `p${number}`
  | 'IQM'
  | `tm${number}`;

/** `dimensions` holds dimension sets: `[[]]` (the default) is one series without dimensions, `[[], ['Provider']]` two. */
export type MetricDefinition<D extends string = string> = {
  readonly kind: MetricKind;
  readonly unit: Unit;
  readonly description: string;
  /** Default: `on-commit` for a counter, `at-once` for the others. */
  readonly counted?: Counted;
  /** Default: `[[]]`. */
  readonly dimensions?: readonly (readonly D[])[];
  /** Storage resolution in seconds. Default 60. */
  readonly resolution?: 1 | 60;
  /** Default: Sum for a counter, Maximum for a gauge, Average for a distribution. */
  readonly statistic?: Statistic;
};

/**
 * Either the finite list of values, or the number of distinct values that one process may open a series for; past
 * that a sample keeps its value in the dimensionless series only.
 */
export type DimensionDefinition =
  | { readonly description?: string; readonly values: readonly string[] }
  | { readonly description?: string; readonly maxValues: number };

/** Who emits: a Lambda handler, or a long-lived process that calls PutMetricData. */
export type EmitterDefinition<M extends string = string> = {
  readonly kind: 'handler' | 'process';
  readonly description?: string;
  readonly emits: readonly M[];
};

/** An EMF root member that is no dimension: searchable in CloudWatch Logs, free of series. */
export type PropertyDefinition = {
  readonly type: 'string' | 'number' | 'boolean';
  readonly description: string;
};

/** `numerator / denominator` of two counters' sums over a period; `percent` multiplies by 100. */
export type RateDefinition<M extends string = string> = {
  readonly numerator: M;
  readonly denominator: M;
  readonly scale: 'percent' | 'ratio';
  readonly description: string;
};

export type MetricDefinitions = Readonly<Record<string, MetricDefinition>>;
export type DimensionDefinitions = Readonly<Record<string, DimensionDefinition>>;
export type EmitterDefinitions = Readonly<Record<string, EmitterDefinition>>;
export type PropertyDefinitions = Readonly<Record<string, PropertyDefinition>>;
type RateDefinitions = Readonly<Record<string, RateDefinition>>;

/** A checked declaration of everything a system measures: plain data that keeps every literal in its type. */
export type Contract<
  M extends MetricDefinitions = MetricDefinitions,
  D extends DimensionDefinitions = DimensionDefinitions,
  E extends EmitterDefinitions = EmitterDefinitions,
  P extends PropertyDefinitions = PropertyDefinitions,
  R extends RateDefinitions = RateDefinitions,
> = {
  /** Where the metrics go when neither options nor environment say otherwise. */
  readonly namespace?: string;
  readonly metrics: M;
  readonly dimensions: D;
  readonly emitters: E;
  readonly properties: P;
  readonly rates: R;
};

type Text<K> = K & string;

export type MetricName<C extends Contract> = Text<keyof C['metrics']>;
export type PropertyName<C extends Contract> = Text<keyof C['properties']>;

/** The emitters of one kind. */
export type EmitterName<C extends Contract, K extends EmitterDefinition['kind'] = EmitterDefinition['kind']> = {
  [N in keyof C['emitters']]: C['emitters'][N]['kind'] extends K ? Text<N> : never;
}[keyof C['emitters']];

/** The metrics of one kind that this emitter is declared to emit. */
export type Emitted<C extends Contract, E extends EmitterName<C>, K extends MetricKind = MetricKind> = {
  [N in C['emitters'][E]['emits'][number]]: C['metrics'][N]['kind'] extends K ? Text<N> : never;
}[C['emitters'][E]['emits'][number]];

/** A plain number is taken in the metric's own unit; a quantity must be of that unit. */
export type MetricValue<C extends Contract, N extends MetricName<C>> = number | Quantity<C['metrics'][N]['unit']>;

type DimensionKeys<C extends Contract, N extends MetricName<C>> = C['metrics'][N] extends {
  readonly dimensions: readonly (readonly (infer K extends string)[])[];
}
  ? K
  : never;

type DimensionValue<C extends Contract, K> = K extends keyof C['dimensions']
  ? C['dimensions'][K] extends { readonly values: readonly (infer V extends string)[] }
    ? V
    : string
  : never;

/** Every dimension of the metric's sets, each with one of its declared values. */
export type DimensionValues<C extends Contract, N extends MetricName<C>> = {
  readonly [K in DimensionKeys<C, N>]: DimensionValue<C, K>;
};

/** The rest arguments of an emitting call: none for a metric without dimensions, else exactly one. */
export type DimensionArguments<C extends Contract, N extends MetricName<C>> = [DimensionKeys<C, N>] extends [never]
  ? []
  : [dimensions: DimensionValues<C, N>];

type PropertyTypes = { readonly string: string; readonly number: number; readonly boolean: boolean };

export type PropertyValue<C extends Contract, K extends PropertyName<C>> = PropertyTypes[C['properties'][K]['type']];
