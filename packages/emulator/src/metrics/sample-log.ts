import type { MetricDatum, StatisticSet } from '@voice-campaign/cloudwatch-engine';
import { parseEmf } from '@voice-campaign/metrics-schema';

/** One sample as it was written, `count` times the same value. */
export type MetricSample = Omit<MetricDatum, 'values' | 'counts' | 'statistics'> & {
  /** Of a statistic set: its average. */
  readonly value: number;
  readonly count: number;
  readonly statistics?: StatisticSet;
  /** Root members of the EMF document that are neither metric nor dimension; empty for PutMetricData. */
  readonly properties: Readonly<Record<string, unknown>>;
  /** The log group of the EMF line, `PutMetricData`, or `platform`. */
  readonly source: string;
};

/** The samples written last, one by one as their writers wrote them. */
export type SampleLog = {
  readonly addData: (data: readonly MetricDatum[], source: string) => void;
  /** A line of EMF with that many datapoints; it is read when its samples are asked for. */
  readonly addLine: (line: string, datapoints: number, shiftMs: number, source: string) => void;
  readonly samples: () => readonly MetricSample[];
  /** How many of the oldest were dropped. */
  readonly dropped: () => number;
  readonly reset: () => void;
};

/** What was written at once. */
type Entry = { readonly count: number; read: () => readonly MetricSample[] };

/** An empty log of `limit` samples, or a tenth more; a datapoint of EMF counts for one, however many values it has. */
export const createSampleLog = (limit: number): SampleLog => {
  let entries: Entry[] = [];
  let held = 0;
  let dropped = 0;
  const add = (count: number, read: () => readonly MetricSample[]): void => {
    const entry: Entry = {
      count,
      read: () => {
        const samples = read();
        entry.read = () => samples;
        return samples;
      },
    };
    entries.push(entry);
    held += count;
    if (held > limit + Math.max(1000, limit / 10)) trim();
  };
  const trim = (): void => {
    let first = 0;
    for (; held > limit; first += 1) {
      const { count = 0 } = entries[first] ?? {};
      held -= count;
      dropped += count;
    }
    entries = entries.slice(first);
  };
  return {
    addData: (data, source) => {
      const samples = data.flatMap((datum) => samplesOf(datum, { source, properties: {} }));
      if (samples.length > 0) add(samples.length, () => samples);
    },
    addLine: (line, datapoints, shiftMs, source) => add(datapoints, () => samplesOfLine(line, shiftMs, source)),
    samples: () => entries.flatMap(({ read }) => read()),
    dropped: () => dropped,
    reset: () => {
      entries = [];
      held = 0;
      dropped = 0;
    },
  };
};

const samplesOfLine = (line: string, shiftMs: number, source: string): readonly MetricSample[] => {
  const parsed = parseEmf(line);
  if (!parsed.ok) return [];
  const { datapoints, properties } = parsed;
  return datapoints.flatMap((datum) =>
    samplesOf({ ...datum, timestamp: datum.timestamp + shiftMs }, { source, properties }),
  );
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
