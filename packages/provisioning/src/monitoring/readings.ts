import type {
  Contract,
  DimensionValues,
  EmitterName,
  MetricKind,
  MetricName,
  Statistic,
} from '@voice-campaign/metrics-schema';
import type { AwsMetricName, AwsNamespace } from './aws-metrics.ts';

/** The metrics that some emitter is declared to emit. */
export type EmittedName<C extends Contract> = C['emitters'][EmitterName<C>]['emits'][number];

/** A counter is summed, a gauge has a level, a distribution has a shape. */
type StatisticsOf = {
  readonly counter: 'Sum' | 'SampleCount';
  readonly gauge: 'Maximum' | 'Minimum' | 'Average';
  readonly distribution: Statistic;
} & Readonly<Record<MetricKind, Statistic>>;

type StatisticOf<C extends Contract, N extends MetricName<C>> = StatisticsOf[C['metrics'][N]['kind']];

type HasDimensions<C extends Contract, N extends MetricName<C>> = C['metrics'][N] extends {
  readonly dimensions: readonly (readonly string[])[];
}
  ? true
  : false;

/** A metric with a series that has no dimensions may be read without any. */
type ReadsPlain<C extends Contract, N extends MetricName<C>> =
  HasDimensions<C, N> extends false
    ? true
    : C['metrics'][N] extends { readonly dimensions: readonly [readonly [], ...(readonly (readonly string[])[])] }
      ? true
      : false;

type MetricOptions<C extends Contract, N extends MetricName<C>> = {
  /** Default: the one that the contract names, or that fits its kind. */
  readonly statistic?: StatisticOf<C, N>;
} & (HasDimensions<C, N> extends false
  ? { readonly dimensions?: never }
  : ReadsPlain<C, N> extends true
    ? { readonly dimensions?: DimensionValues<C, N> }
    : { readonly dimensions: DimensionValues<C, N> });

/** One series of the contract's own metrics. */
export type CustomReading = {
  readonly kind: 'metric';
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** A rate of the contract, which has no value below so many of its denominator in a period. */
type RateReading = { readonly kind: 'rate'; readonly rate: string; readonly atLeast: number };

/** AWS's own metric of the resource that is in scope. */
export type AwsReading = {
  readonly kind: 'aws';
  readonly namespace: AwsNamespace;
  readonly metric: string;
  readonly statistic: string;
};

/** Metric math over other readings, by the ids that the expression has for them. */
type MathReading = {
  readonly kind: 'math';
  readonly expression: string;
  readonly of: Readonly<Record<string, CustomReading | AwsReading>>;
};

/** A rate of the contract as it is, for people to look at: an alarm needs a guard. */
type UnguardedRateReading = { readonly kind: 'unguarded-rate'; readonly rate: string };

/** A series for each value that a metric's dimensions have taken in the last two weeks. */
export type SearchReading = {
  readonly kind: 'search';
  readonly metric: string;
  readonly by: readonly string[];
  readonly statistic: string;
};

/** What an alarm can read. */
export type Reading = CustomReading | RateReading | AwsReading | MathReading;

/** What a widget can read: searches and unguarded rates as well. */
export type WidgetReading = Reading | UnguardedRateReading | SearchReading;

/** Options that may be left out where every one of them may. */
export type MetricArguments<C extends Contract, N extends MetricName<C>> =
  object extends MetricOptions<C, N> ? [options?: MetricOptions<C, N>] : [options: MetricOptions<C, N>];

/** What a monitoring definition reads through: nothing that is not emitted can be named. */
export type Readers<C extends Contract> = {
  readonly metric: <N extends EmittedName<C>>(name: N, ...options: MetricArguments<C, N>) => CustomReading;
  readonly rate: {
    (name: keyof C['rates'] & string, guard: { readonly atLeast: number }): RateReading;
    (name: keyof C['rates'] & string): UnguardedRateReading;
  };
  readonly aws: <N extends AwsNamespace>(namespace: N, metric: AwsMetricName<N>, statistic: string) => AwsReading;
  /** The ids of `of` are small letters and digits, and stand for one series of each resource in scope. */
  readonly math: (expression: string, of: MathReading['of']) => MathReading;
  readonly search: <N extends EmittedName<C>>(
    name: N,
    by: readonly (keyof C['dimensions'] & string)[],
    statistic: StatisticOf<C, N>,
  ) => SearchReading;
};

const usual: Readonly<Record<MetricKind, string>> = { counter: 'Sum', gauge: 'Maximum', distribution: 'Average' };

function rateReader(rate: string, guard: { readonly atLeast: number }): RateReading;
function rateReader(rate: string): UnguardedRateReading;
function rateReader(rate: string, guard?: { readonly atLeast: number }): RateReading | UnguardedRateReading {
  return guard === undefined ? { kind: 'unguarded-rate', rate } : { kind: 'rate', rate, atLeast: guard.atLeast };
}

export const readersOf = <C extends Contract>(contract: C): Readers<C> => ({
  metric: (name, ...[options]) => {
    const definition = contract.metrics[name];
    const { statistic, dimensions = {} } = (options ?? {}) as {
      statistic?: string;
      dimensions?: Readonly<Record<string, string>>;
    };
    const own = definition?.statistic ?? usual[definition?.kind ?? 'counter'];
    return { kind: 'metric', metric: name, statistic: statistic ?? own, dimensions };
  },
  rate: rateReader,
  aws: (namespace, metric, statistic) => ({ kind: 'aws', namespace, metric, statistic }),
  math: (expression, of) => ({ kind: 'math', expression, of }),
  search: (metric, by, statistic) => ({ kind: 'search', metric, by, statistic }),
});
