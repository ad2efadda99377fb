import { type EmfIssue, parseEmf } from '@voice-campaign/metrics-schema';
import { addSample, type BucketTable } from '../store/buckets/bucket-table.ts';
import { isInRange, isTimely } from '../store/metric-datum.ts';
import { bucketOf } from '../store/retention.ts';
import { addDatum, keepWithin, type StoreState, tableFor } from '../store/store-state.ts';
import { createEmfRoutes, type EmfNode, type EmfRoutes, type EmfTarget, learn, refresh } from './emf-routes.ts';
import { createLineShapes, type LineShapes, type ReadLine } from './line-shapes.ts';

/** What became of a log line, as `parseEmf` says it. */
export type IngestedEmf =
  | {
      readonly ok: true;
      readonly datapoints: number;
      readonly warnings: readonly EmfIssue[];
    }
  | { readonly ok: false; readonly kind: 'not-emf' | 'rejected'; readonly issues: readonly EmfIssue[] };

type Values = number | readonly number[];
/** What a document publishes, collected before any of it is stored. */
type Batch = { readonly targets: EmfTarget[]; readonly values: Values[]; pass: number };
type EmfReader = { readonly shapes: LineShapes; readonly routes: EmfRoutes; readonly batch: Batch };

const NONE: readonly never[] = [];
/** What `parseEmf` says nothing about in any bytes that so many characters can have. */
const SAFE_LENGTH = Math.floor(262_144 / 3);
const MAX_METRICS = 100;
const MAX_VALUES = 100;

/**
 * Reads EMF lines into a store. Documents whose every definition and dimension value was seen in one without issues
 * take a short way, shorter than JSON.parse; anything else goes through `parseEmf`, which decides what is right.
 */
export function createEmfIngest(state: StoreState): (line: string, shiftMs: number) => IngestedEmf {
  const routes = createEmfRoutes();
  const batch: Batch = { targets: [], values: [], pass: 0 };
  const reader = { shapes: createLineShapes(), routes, batch };
  return (line, shiftMs) => {
    refresh(routes, state.index);
    batch.targets.length = 0;
    batch.values.length = 0;
    const timestamp = collect(reader, line, state.now - shiftMs);
    if (timestamp === undefined) return ingestSlowly(state, routes, line, shiftMs);
    store(state, batch, timestamp + shiftMs);
    return { ok: true, datapoints: batch.targets.length, warnings: NONE };
  };
}

function ingestSlowly(state: StoreState, routes: EmfRoutes, line: string, shiftMs: number): IngestedEmf {
  const parsed = parseEmf(line, { now: state.now - shiftMs });
  if (!parsed.ok) return parsed;
  const { datapoints, warnings } = parsed;
  datapoints.forEach((datapoint, index) => {
    addDatum(state, { ...datapoint, timestamp: datapoint.timestamp + shiftMs }, index);
  });
  if (warnings.length === 0) learn(routes, state.index, parsed.document);
  return { ok: true, datapoints: datapoints.length, warnings };
}

function store(state: StoreState, { targets, values }: Batch, timestamp: number): void {
  const seconds = Math.floor(timestamp / 1000);
  const minute = bucketOf(seconds, 60);
  for (let index = 0; index < targets.length; index += 1) {
    const target = targets[index] as EmfTarget;
    const table = tableOfTarget(state, target, seconds);
    const stamp = table.bucketSeconds === 1 ? seconds : minute;
    const value = values[index] as Values;
    if (typeof value === 'number') addSample(table, stamp, value + 0, 1);
    else for (const each of value) addSample(table, stamp, each + 0, 1);
    if (seconds > target.entry.newest) target.entry.newest = seconds;
  }
  keepWithin(state);
}

function tableOfTarget(state: StoreState, target: EmfTarget, seconds: number): BucketTable {
  if (target.resolution === 1) return tableFor(state, target.stream, 1, seconds);
  target.minutes ??= tableFor(state, target.stream, 60, seconds);
  return target.minutes;
}

/** The time of a document all of which is known to be right, and into the batch what it publishes. */
function collect(reader: EmfReader, line: string, now: number): number | undefined {
  if (line.length > SAFE_LENGTH) return undefined;
  const known = reader.shapes.read(line);
  if (known) return collectLine(reader, known, now);
  const members = membersOf(line);
  const read = members && readMembers(members);
  const timestamp = read && collectLine(reader, read, now);
  if (members && timestamp !== undefined) reader.shapes.learn(line, members);
  return timestamp;
}

function collectLine(reader: EmfReader, line: ReadLine, now: number): number | undefined {
  if (!isTimely(line.timestamp, now)) return undefined;
  for (const directive of line.directives) {
    if (!isObject(directive) || !collectDirective(reader, line, directive)) return undefined;
  }
  return line.timestamp;
}

type JsonObject = Readonly<Record<string, unknown>>;

type RootMembers = readonly (readonly [key: string, value: unknown])[];

function membersOf(line: string): RootMembers | undefined {
  if (!line.startsWith('{') || !line.includes('CloudWatchMetrics')) return undefined;
  const root = parseObject(line);
  return root && Object.entries(root);
}

function readMembers(members: RootMembers): ReadLine | undefined {
  const index = new Map(members.map(([key], at) => [key, at]));
  const values = members.map(([, value]) => value);
  const aws = values[index.get('_aws') ?? -1];
  if (!isObject(aws)) return undefined;
  const { Timestamp: timestamp, CloudWatchMetrics: directives } = aws;
  if (!Number.isInteger(timestamp) || !Array.isArray(directives)) return undefined;
  return { timestamp: timestamp as number, directives, index, values };
}

function parseObject(line: string): JsonObject | undefined {
  try {
    const root: unknown = JSON.parse(line);
    return isObject(root) ? root : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function collectDirective({ routes, batch }: EmfReader, line: ReadLine, directive: JsonObject): boolean {
  const { Namespace: namespace, Dimensions: sets, Metrics: metrics } = directive;
  const node = typeof namespace === 'string' ? routes.namespaces.get(namespace) : undefined;
  if (!node || !Array.isArray(sets) || sets.length === 0) return false;
  if (!Array.isArray(metrics) || metrics.length > MAX_METRICS) return false;
  batch.pass += 1;
  const directivePass = batch.pass;
  for (const set of sets) {
    const series = Array.isArray(set) ? nodeOf(node, line, set)?.series : undefined;
    if (!series || series.pass === directivePass) return false;
    series.pass = directivePass;
    batch.pass += 1;
    for (const metric of metrics) {
      if (!isObject(metric) || !collectMetric(batch, line, series.targets, metric)) return false;
    }
  }
  return true;
}

/** The node that a dimension set with the values of this document leads to, if it was met before. */
function nodeOf(namespace: EmfNode, line: ReadLine, set: readonly unknown[]): EmfNode | undefined {
  let node: EmfNode | undefined = namespace;
  for (const key of set) {
    if (typeof key !== 'string') return undefined;
    const value = memberOf(line, key);
    node = typeof value === 'string' ? node.children.get(key)?.get(value) : undefined;
    if (!node) return undefined;
  }
  return node;
}

function collectMetric(
  batch: Batch,
  line: ReadLine,
  targets: ReadonlyMap<string, EmfTarget>,
  { Name: name, Unit: unit = 'None', StorageResolution: resolution = 60 }: JsonObject,
): boolean {
  const target = typeof name === 'string' ? targets.get(name) : undefined;
  if (!target || target.unit !== unit || target.resolution !== resolution || target.pass === batch.pass) return false;
  target.pass = batch.pass;
  const value = memberOf(line, target.entry.metric.name);
  if (typeof value !== 'number' ? !areValues(value) : !isInRange(value)) return false;
  batch.targets.push(target);
  batch.values.push(value as Values);
  return true;
}

function memberOf({ index, values }: ReadLine, key: string): unknown {
  const at = index.get(key);
  return at === undefined ? undefined : values[at];
}

function areValues(value: unknown): value is readonly number[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > MAX_VALUES) return false;
  for (const each of value) if (typeof each !== 'number' || !isInRange(each)) return false;
  return true;
}
