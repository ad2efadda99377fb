import type {
  Contract,
  DimensionArguments,
  Emitted,
  EmitterName,
  MetricValue,
  PropertyName,
  PropertyValue,
} from '@voice-campaign/metrics-schema';

/**
 * The metrics one emitter may emit. No call ever throws: a bad value is dropped with one warning and an `onError` call.
 * Every call belongs to the SQS record, else the invocation, in which it is made.
 */
export type Metrics<C extends Contract, E extends EmitterName<C>> = {
  /** Counts `value` more of something; summed per group before it is written. */
  add<N extends Emitted<C, E, 'counter'>>(
    name: N,
    value: MetricValue<C, N>,
    ...dimensions: DimensionArguments<C, N>
  ): void;
  /** Sets a level; the last value before the write wins. */
  set<N extends Emitted<C, E, 'gauge'>>(
    name: N,
    value: MetricValue<C, N>,
    ...dimensions: DimensionArguments<C, N>
  ): void;
  /** Records one sample; every sample is kept. */
  record<N extends Emitted<C, E, 'distribution'>>(
    name: N,
    value: MetricValue<C, N>,
    ...dimensions: DimensionArguments<C, N>
  ): void;
  /** Sets a root member of the EMF lines of all samples that follow in this record or invocation: searchable, never a dimension. */
  property<K extends PropertyName<C>>(name: K, value: PropertyValue<C, K>): void;
};

export type AnnotationValue = string | number | boolean;

/** X-Ray's `http`, `sql` and `namespace` members of a subsegment. */
export type SpanOptions = {
  /** `aws` for a call to an AWS service, `remote` for any other downstream call. */
  readonly namespace?: 'aws' | 'remote';
  readonly annotations?: Readonly<Record<string, AnnotationValue>>;
};

export type HttpCall = {
  readonly request?: { readonly method?: string; readonly url?: string };
  readonly response?: { readonly status?: number; readonly content_length?: number };
};

export type SqlCall = {
  readonly url?: string;
  readonly database_type?: string;
  readonly database_version?: string;
  readonly driver_version?: string;
  readonly user?: string;
  readonly preparation?: 'statement' | 'call';
  readonly sanitized_query?: string;
};

/** One X-Ray subsegment while it is open. All calls are no-ops when the invocation is not sampled. */
export type Span = {
  annotate(key: string, value: AnnotationValue): void;
  metadata(key: string, value: unknown, namespace?: string): void;
  http(call: HttpCall): void;
  sql(call: SqlCall): void;
  /** Records a handled error as this span's cause: marks it `fault`, or `error`/`throttle` by a 4xx/429 status in it. */
  error(error: unknown): void;
  /** The X-Ray trace header that makes a downstream call a child of this span. */
  header(): string;
};

export type Trace = Span & {
  /** `1-8hex-24hex`, or undefined outside a traced invocation. */
  readonly traceId: string | undefined;
  readonly sampled: boolean;
  /** Runs `body` as a child subsegment of the current one and closes it on every path. Sync in, sync out; generators too. */
  span<T>(name: string, body: (span: Span) => T, options?: SpanOptions): T;
};

export type LogAttributes = Readonly<Record<string, unknown>>;

/** Structured log lines through Powertools Logger, with the invocation's ids; sensitive values are masked. */
export type Log = {
  debug(message: string, attributes?: LogAttributes | Error): void;
  info(message: string, attributes?: LogAttributes | Error): void;
  warn(message: string, attributes?: LogAttributes | Error): void;
  error(message: string, attributes?: LogAttributes | Error): void;
  /** Adds attributes to every line that follows in this record or invocation. */
  append(attributes: LogAttributes): void;
};

/** What a handler or anything below it observes with. */
export type Tools<C extends Contract, E extends EmitterName<C>> = {
  readonly metrics: Metrics<C, E>;
  readonly trace: Trace;
  readonly log: Log;
};
