import type { Unit } from '@voice-campaign/metrics-schema';
import { createEmfIngest, type IngestedEmf } from '../emf/ingest-emf.ts';
import type { Metric } from '../metric.ts';
import type { MetricSource, StatQuery } from '../metric-source.ts';
import { NO_POINTS, type Points } from '../points.ts';
import type { PercentileInterpolation } from '../statistic/evaluate-statistic.ts';
import { parseStatistic } from '../statistic/parse-statistic.ts';
import type { StatisticSet } from '../statistic/samples.ts';
import type { Statistic } from '../statistic/statistic.ts';
import { seal } from './buckets/bucket-table.ts';
import type { MetricDatum, Refusal } from './metric-datum.ts';
import { createMetricIndex, findEntry, lookUp, type MetricIndex, tablesOf } from './metric-index.ts';
import { periodsOf } from './reads/periods.ts';
import { tablesFor, unitsIn } from './reads/pick-unit.ts';
import { readPoints, totalOf } from './reads/read-points.ts';
import { isRowPerPeriod, type LastTimestamps, readRows } from './reads/read-rows.ts';
import { type MetricSnapshot, restoreSnapshot, takeSnapshot } from './snapshot.ts';
import { addDatum, advanceTo, keepWithin, type StoreState } from './store-state.ts';

export type MetricStoreOptions = {
  /**
   * The most memory it takes, as `size().bytes` counts it; default 512 MiB. Beyond it the oldest data are forgotten, and
   * metrics without any left, until a quarter is free; data are never refused for it.
   */
  readonly maxBytes?: number;
  /** Default `nearest-rank`. */
  readonly percentileInterpolation?: PercentileInterpolation;
};

export type StoreSize = {
  readonly metrics: number;
  /** Buckets of all metrics and units. */
  readonly datapoints: number;
  /** Different values in those buckets. */
  readonly samples: number;
  /** Memory it takes: exact for the data, an estimate for the rest. */
  readonly bytes: number;
  readonly maxBytes: number;
  /** Buckets forgotten so far to stay within `maxBytes`. */
  readonly evictedDatapoints: number;
};

/**
 * Metrics as CloudWatch keeps them. Its time is the latest `now` it was given (milliseconds since 1970): from it follow
 * what is too old to take, what is rolled up and what is gone. Which data came first makes no difference to any value.
 */
export type MetricStore = MetricSource & {
  /** @throws RangeError for a statistic or a period that CloudWatch does not take. */
  points(query: StatQuery): Points;
  /** Takes each datum whole or refuses it; what is refused comes back, in the order given. */
  add(data: readonly MetricDatum[], now: number): readonly Refusal[];
  /**
   * Takes what CloudWatch Logs would make of a log line: the datapoints of `parseEmf`. The clock of who wrote it is
   * `shiftMs` behind `now` (default 0), which is added to its timestamp.
   */
  ingestEmf(line: string, now: number, shiftMs?: number): IngestedEmf;
  advance(now: number): void;
  units(query: StatQuery): readonly Unit[];
  size(): StoreSize;
  /** What all samples of a metric that are kept, of any unit, add up to; `undefined` where there is none. */
  total(metric: Metric): StatisticSet | undefined;
  /** All that is held, metric by metric in the order of their first samples. */
  snapshot(): Iterable<MetricSnapshot>;
  /** Adds what a snapshot holds. @throws RangeError for one of another version. */
  restore(snapshot: MetricSnapshot): void;
};

const MAX_BYTES = 512 * 1024 * 1024;

/** An empty store. */
export function createMetricStore(options: MetricStoreOptions = {}): MetricStore {
  const { maxBytes = MAX_BYTES, percentileInterpolation = 'nearest-rank' } = options;
  const index = createMetricIndex();
  const state: StoreState = {
    ...{ index, maxBytes, now: Number.NEGATIVE_INFINITY, secondsFrom: Number.NEGATIVE_INFINITY, evictedBuckets: 0 },
  };
  const last: LastTimestamps = { list: [] };
  const readStatistic = createStatisticReader();
  const ingest = createEmfIngest(state);
  return {
    add(data, now) {
      advanceTo(state, now);
      return data.flatMap((datum, at) => addDatum(state, datum, at) ?? []);
    },
    ingestEmf(line, now, shiftMs = 0) {
      advanceTo(state, now);
      return ingest(line, shiftMs);
    },
    advance: (now) => advanceTo(state, now),
    points(query) {
      const statistic = readStatistic(query.stat);
      const periods = periodsOf(query, state.now / 1000);
      const { entry, only } = lookUp(index, query.metric);
      if (only && query.unit === undefined && statistic.kind === 'simple' && isRowPerPeriod(only, periods)) {
        return readRows(only, statistic.name, periods, last);
      }
      if (!entry) return NO_POINTS;
      return readPoints(tablesFor(entry, periods, query.unit), statistic, periods, percentileInterpolation);
    },
    metrics: (filter = {}) => metricsOf(index, filter),
    units(query) {
      const entry = findEntry(index, query.metric);
      return entry ? unitsIn(entry, periodsOf(query, state.now / 1000)) : [];
    },
    size: () => sizeOf(state),
    total(metric) {
      const entry = findEntry(index, metric);
      return entry && totalOf(tablesOf(entry));
    },
    snapshot: () => takeSnapshot(index, state.now),
    restore(snapshot) {
      restoreSnapshot(index, snapshot);
      advanceTo(state, snapshot.now);
      keepWithin(state);
    },
  };
}

function* metricsOf(index: MetricIndex, filter: Parameters<MetricSource['metrics']>[0] & object): Iterable<Metric> {
  const { namespace, name, since = Number.NEGATIVE_INFINITY } = filter;
  for (const { metric, newest } of index.entries.values()) {
    if (newest < since) continue;
    if (namespace !== undefined && metric.namespace !== namespace) continue;
    if (name === undefined || metric.name === name) yield metric;
  }
}

/** Statistics are few and asked for often. */
function createStatisticReader(): (text: string) => Statistic {
  const known = new Map<string, Statistic>();
  return (text) => {
    const before = known.get(text);
    if (before) return before;
    const parsed = parseStatistic(text);
    if (!parsed.ok) throw new RangeError(parsed.issue.message);
    if (known.size >= 1000) known.clear();
    known.set(text, parsed.statistic);
    return parsed.statistic;
  };
}

function sizeOf({ index, maxBytes, evictedBuckets }: StoreState): StoreSize {
  let datapoints = 0;
  let samples = 0;
  for (const entry of index.entries.values()) {
    for (const table of tablesOf(entry)) {
      seal(table);
      datapoints += table.rows;
      samples += table.ends[table.rows - 1] ?? 0;
    }
  }
  const { bytes } = index.meter;
  return { metrics: index.entries.size, datapoints, samples, bytes, maxBytes, evictedDatapoints: evictedBuckets };
}
