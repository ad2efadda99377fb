import {
  createMetricStore,
  type IngestedEmf,
  type Metric,
  type MetricDatum,
  type MetricSnapshot,
  type MetricSource,
  metricKey,
  type StoreSize,
} from '@voice-campaign/cloudwatch-engine';
import type { Persistent } from '../state/journal.ts';
import { createSampleLog, type MetricSample } from './sample-log.ts';
import { splitSnapshot } from './split-snapshot.ts';

/** All samples of one metric. `minimum` and `maximum` are absent while `count` is 0. */
export type Totals = {
  readonly sum: number;
  readonly count: number;
  readonly minimum?: number;
  readonly maximum?: number;
};

export type Series = Totals & Metric;

export type SampleFilter = {
  readonly namespace?: string;
  readonly name?: string;
  /** The exact dimension set. */
  readonly dimensions?: Readonly<Record<string, string>>;
};

/** What was measured: as CloudWatch keeps it (`points`, `metrics`), in sum, and sample by sample. */
export type Metrics = MetricSource & {
  /** Totals of the metric with exactly these dimensions (default: none); metrics are not summed over dimensions. */
  readonly total: (namespace: string, name: string, dimensions?: Readonly<Record<string, string>>) => Totals;
  /** Every metric, in the order of its first sample. */
  readonly series: () => readonly Series[];
  /** The samples kept that match, in the order they came since the start. */
  readonly samples: (filter?: SampleFilter) => readonly MetricSample[];
  /** How many of the oldest samples `samples` no longer has; `total` and `points` still do. */
  readonly droppedSamples: () => number;
};

/** The metrics, with what changes them. */
export type MetricService = Metrics & {
  readonly state: Persistent<MetricsEvent>;
  /** Takes what is neither too old nor too new, as CloudWatch does. */
  readonly add: (data: readonly MetricDatum[], source: string) => void;
  /** Takes the EMF of a log line; `shiftMs` is added to its timestamps. */
  readonly addEmf: (line: string, source: string, shiftMs: number) => IngestedEmf;
  readonly size: () => StoreSize;
  /** Forgets everything. */
  readonly reset: () => void;
};

/** All that happens to metrics; `now` is the emulator's time, epoch milliseconds. */
type MetricsEvent =
  | { readonly kind: 'added'; readonly now: number; readonly data: readonly MetricDatum[] }
  | { readonly kind: 'emf'; readonly now: number; readonly shiftMs: number; readonly line: string }
  | { readonly kind: 'restored'; readonly snapshot: MetricSnapshot };

export type MetricsOptions = {
  /** The emulator's time, epoch milliseconds. */
  readonly now: () => number;
  /** Writes down what is about to change. */
  readonly record: (event: MetricsEvent) => void;
  /** Samples that `samples` gives; default 200,000. */
  readonly sampleLimit?: number;
  /** Memory of what `points` and `total` are of; default 512 MiB. */
  readonly byteLimit?: number;
};

/** Empty metrics. */
export const createMetrics = (options: MetricsOptions): MetricService => {
  const { now, record, sampleLimit = 200_000, byteLimit } = options;
  const create = () => createMetricStore(byteLimit === undefined ? {} : { maxBytes: byteLimit });
  let store = create();
  /** As of now: what grew too old since the last sample is gone. */
  const current = () => {
    store.advance(now());
    return store;
  };
  const log = createSampleLog(sampleLimit);
  const reset = (): void => {
    store = create();
    log.reset();
  };
  return {
    state: { name: 'metrics', apply: (event) => void apply(store, event), events: () => eventsOf(store), reset },
    add: (data, source) => {
      if (data.length === 0) return;
      const event = { kind: 'added', now: now(), data } as const;
      record(event);
      const refused = new Set(store.add(data, event.now).map(({ index }) => index));
      log.addData(
        data.filter((_, index) => !refused.has(index)),
        source,
      );
    },
    addEmf: (line, source, shiftMs) => {
      if (!mayBeEmf(line)) return { ok: false, kind: 'not-emf', issues: [] };
      const event = { kind: 'emf', now: now(), shiftMs, line } as const;
      record(event);
      const taken = store.ingestEmf(line, event.now, shiftMs);
      if (taken.ok && taken.datapoints > 0) log.addLine(line, taken.datapoints, shiftMs, source);
      return taken;
    },
    points: (query) => current().points(query),
    units: (query) => current().units(query),
    metrics: (filter) => current().metrics(filter),
    total: (namespace, name, dimensions = {}) => totalsOf(current().total({ namespace, name, dimensions })),
    series: () => [...current().metrics()].map((metric) => ({ ...metric, ...totalsOf(store.total(metric)) })),
    samples: (filter = {}) => log.samples().filter((sample) => matches(sample, filter)),
    droppedSamples: log.dropped,
    size: () => current().size(),
    reset,
  };
};

type Store = ReturnType<typeof createMetricStore>;

const apply = (store: Store, event: MetricsEvent): void => {
  switch (event.kind) {
    case 'added':
      store.add(event.data, event.now);
      return;
    case 'emf':
      store.ingestEmf(event.line, event.now, event.shiftMs);
      return;
    case 'restored':
      store.restore(event.snapshot);
  }
};

function* eventsOf(store: Store): Iterable<MetricsEvent> {
  for (const whole of store.snapshot()) {
    for (const snapshot of splitSnapshot(whole)) yield { kind: 'restored', snapshot };
  }
}

/** Few log lines are EMF: the others cost no line in the journal. */
const mayBeEmf = (line: string): boolean => line.includes('CloudWatchMetrics') || line.includes('"_aws"');

const totalsOf = (total: ReturnType<Store['total']>): Totals => {
  if (total === undefined) return { sum: 0, count: 0 };
  const { sampleCount, sum, minimum, maximum } = total;
  return { sum, count: sampleCount, minimum, maximum };
};

const matches = (sample: MetricSample, { namespace, name, dimensions }: SampleFilter): boolean =>
  (namespace === undefined || sample.namespace === namespace) &&
  (name === undefined || sample.name === name) &&
  (dimensions === undefined || metricKey(sample) === metricKey({ ...sample, dimensions }));
