import type { Unit } from '@voice-campaign/metrics-schema';

/** Samples added to one series at one instant. */
export type MetricDatum = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: Unit;
  readonly resolution: 1 | 60;
  /** Epoch milliseconds. */
  readonly timestamp: number;
} & ({ readonly values: readonly number[]; readonly counts?: readonly number[] } | { readonly statistics: Statistics });

/** A statistic set: what remains of samples that were summed up before they came. */
export type Statistics = {
  readonly sampleCount: number;
  readonly sum: number;
  readonly minimum: number;
  readonly maximum: number;
};

/** One sample as it was written, `count` times the same value. */
export type MetricSample = Omit<MetricDatum, 'values' | 'counts' | 'statistics'> & {
  /** Of a statistic set: its average. */
  readonly value: number;
  readonly count: number;
  readonly statistics?: Statistics;
  /** Root members of the EMF document that are neither metric nor dimension; empty for PutMetricData. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The log group of the EMF line, or `PutMetricData`. */
  readonly source: string;
};

/** All samples of one series since the start. `minimum` and `maximum` are absent while `count` is 0. */
export type Totals = {
  readonly sum: number;
  readonly count: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

export type Series = Totals & Pick<MetricDatum, 'namespace' | 'name' | 'dimensions'>;

export type SampleFilter = {
  readonly namespace?: string;
  readonly name?: string;
  /** The exact dimension set. */
  readonly dimensions?: Readonly<Record<string, string>>;
};

/** Every series that was written, with totals kept for ever and samples kept up to a limit. */
export type MetricStore = {
  readonly add: (
    data: readonly MetricDatum[],
    origin: { readonly source: string; readonly properties: Readonly<Record<string, unknown>> },
  ) => void;
  /** Totals of the series with exactly these dimensions (default: none); metrics are not summed over dimensions. */
  readonly total: (namespace: string, name: string, dimensions?: Readonly<Record<string, string>>) => Totals;
  /** Every series, in the order of its first sample. */
  readonly series: () => readonly Series[];
  /** The samples kept that match, in the order they came. */
  readonly samples: (filter?: SampleFilter) => readonly MetricSample[];
  /** How many of the oldest samples were dropped to stay within the limit; totals still hold them. */
  readonly droppedSamples: () => number;
  /** Forgets everything. */
  readonly reset: () => void;
};

type MutableTotals = { sum: number; count: number; minimum?: number; maximum?: number };

const keyOf = (namespace: string, name: string, dimensions: Readonly<Record<string, string>>): string =>
  JSON.stringify([namespace, name, Object.entries(dimensions).sort(([a], [b]) => (a < b ? -1 : 1))]);

const addStatistics = (totals: MutableTotals, statistics: Statistics): void => {
  totals.sum += statistics.sum;
  totals.count += statistics.sampleCount;
  totals.minimum = Math.min(totals.minimum ?? Number.POSITIVE_INFINITY, statistics.minimum);
  totals.maximum = Math.max(totals.maximum ?? Number.NEGATIVE_INFINITY, statistics.maximum);
};

const statisticsOf = (sample: MetricSample): Statistics =>
  sample.statistics ?? {
    sampleCount: sample.count,
    sum: sample.value * sample.count,
    minimum: sample.value,
    maximum: sample.value,
  };

const samplesOf = (datum: MetricDatum, origin: Pick<MetricSample, 'source' | 'properties'>): MetricSample[] => {
  const { namespace, name, dimensions, unit, resolution, timestamp } = datum;
  const common = { namespace, name, dimensions, unit, resolution, timestamp, ...origin };
  if ('statistics' in datum) {
    const { sampleCount, sum } = datum.statistics;
    return [{ ...common, value: sum / sampleCount, count: sampleCount, statistics: datum.statistics }];
  }
  return datum.values.map((value, index) => ({ ...common, value, count: datum.counts?.[index] ?? 1 }));
};

/** An empty store that keeps the last `sampleLimit` samples (default 200,000). */
export const createMetricStore = ({ sampleLimit = 200_000 }: { readonly sampleLimit?: number } = {}): MetricStore => {
  const series = new Map<string, MutableTotals & Pick<MetricDatum, 'namespace' | 'name' | 'dimensions'>>();
  let samples: MetricSample[] = [];
  let dropped = 0;
  const addDatum = (datum: MetricDatum, origin: Pick<MetricSample, 'source' | 'properties'>): void => {
    const { namespace, name, dimensions } = datum;
    const key = keyOf(namespace, name, dimensions);
    const totals = series.get(key) ?? { namespace, name, dimensions, sum: 0, count: 0 };
    series.set(key, totals);
    for (const sample of samplesOf(datum, origin)) {
      addStatistics(totals, statisticsOf(sample));
      samples.push(sample);
    }
  };
  return {
    add: (data, origin) => {
      for (const datum of data) addDatum(datum, origin);
      if (samples.length > sampleLimit + Math.max(1000, sampleLimit / 10)) {
        dropped += samples.length - sampleLimit;
        samples = samples.slice(-sampleLimit);
      }
    },
    total: (namespace, name, dimensions = {}) => {
      const { sum, count, minimum, maximum } = series.get(keyOf(namespace, name, dimensions)) ?? { sum: 0, count: 0 };
      return minimum === undefined || maximum === undefined ? { sum, count } : { sum, count, minimum, maximum };
    },
    series: () => [...series.values()].map((totals) => ({ ...totals })),
    samples: (filter = {}) => samples.filter((sample) => matches(sample, filter)),
    droppedSamples: () => dropped,
    reset: () => {
      series.clear();
      samples = [];
      dropped = 0;
    },
  };
};

const matches = (sample: MetricSample, { namespace, name, dimensions }: SampleFilter): boolean =>
  (namespace === undefined || sample.namespace === namespace) &&
  (name === undefined || sample.name === name) &&
  (dimensions === undefined || keyOf('', '', sample.dimensions) === keyOf('', '', dimensions));
