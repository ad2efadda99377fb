import type { EmfDocument, EmfMetric, Unit } from '@voice-campaign/metrics-schema';
import { metricKey } from '../metric.ts';
import type { BucketTable } from '../store/buckets/bucket-table.ts';
import { findEntry, type MetricEntry, type MetricIndex, type Stream, streamOf } from '../store/metric-index.ts';

/** Where the samples of one metric definition go, once that definition is known to be right. */
export type EmfTarget = {
  readonly unit: Unit;
  readonly resolution: 1 | 60;
  readonly entry: MetricEntry;
  readonly stream: Stream;
  /** The table of the stream that samples of a minute go to, which is found but once. */
  minutes: BucketTable | undefined;
  /** The last pass that met it: twice in one is a duplicate. */
  pass: number;
};

/** The metrics of one namespace and dimension set with its values, whatever the order of the dimensions. */
type EmfSeries = { readonly targets: Map<string, EmfTarget>; pass: number };

/** A node of the tree of known dimension sets: the way to it are their keys and values, in the order written. */
export type EmfNode = { readonly children: Map<string, Map<string, EmfNode>>; series: EmfSeries | undefined };

/** What was seen in documents that had nothing wrong, so that it need not be checked again. */
export type EmfRoutes = {
  readonly namespaces: Map<string, EmfNode>;
  readonly series: Map<string, EmfSeries>;
  size: number;
  generation: number;
};

const MAX_ROUTES = 250_000;

export function createEmfRoutes(): EmfRoutes {
  return { namespaces: new Map(), series: new Map(), size: 0, generation: 0 };
}

/** Forgets all routes when metrics were removed, to which they may lead. */
export function refresh(routes: EmfRoutes, { generation }: MetricIndex): void {
  if (routes.generation === generation && routes.size < MAX_ROUTES) return;
  routes.namespaces.clear();
  routes.series.clear();
  routes.size = 0;
  routes.generation = generation;
}

/** Remembers everything a document without any issue names, as far as the index has it. */
export function learn(routes: EmfRoutes, index: MetricIndex, { directives, dimensions }: EmfDocument): void {
  refresh(routes, index);
  for (const { namespace, dimensions: sets, metrics } of directives) {
    for (const set of sets) {
      const values = Object.fromEntries(set.map((key) => [key, dimensions[key] ?? '']));
      const series = seriesAt(routes, namespace, values);
      for (const metric of metrics) learnMetric(routes, index, series, { namespace, dimensions: values, ...metric });
      nodeAt(routes, namespace, set, values).series = series;
    }
  }
}

function seriesAt(routes: EmfRoutes, namespace: string, dimensions: Readonly<Record<string, string>>): EmfSeries {
  const key = metricKey({ namespace, name: '', dimensions });
  const known = routes.series.get(key);
  if (known) return known;
  const series = { targets: new Map(), pass: 0 };
  routes.series.set(key, series);
  routes.size += 1;
  return series;
}

function learnMetric(
  routes: EmfRoutes,
  index: MetricIndex,
  { targets }: EmfSeries,
  metric: EmfMetric & MetricEntry['metric'],
): void {
  const entry = findEntry(index, metric);
  if (!entry || targets.has(metric.name)) return;
  const { unit, resolution } = metric;
  targets.set(metric.name, { unit, resolution, entry, stream: streamOf(entry, unit), minutes: undefined, pass: 0 });
  routes.size += 1;
}

function nodeAt(
  { namespaces }: EmfRoutes,
  namespace: string,
  set: readonly string[],
  values: Readonly<Record<string, string>>,
): EmfNode {
  let node = childOf(namespaces, namespace);
  for (const key of set) {
    const byValue = node.children.get(key) ?? new Map<string, EmfNode>();
    node.children.set(key, byValue);
    node = childOf(byValue, values[key] ?? '');
  }
  return node;
}

function childOf(nodes: Map<string, EmfNode>, name: string): EmfNode {
  const known = nodes.get(name);
  if (known) return known;
  const node: EmfNode = { children: new Map(), series: undefined };
  nodes.set(name, node);
  return node;
}
