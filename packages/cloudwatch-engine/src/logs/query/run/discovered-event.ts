import { fieldPath } from '../syntax/field-name.ts';
import { firstObject } from './json-fragment.ts';
import { type QueryMemory, remembers, treeBytes } from './query-memory.ts';
import { atPath, type QueryValue, valueOfJson } from './query-value.ts';

/** A log event as a query sees it. Instants are epoch milliseconds. */
export type QueryEvent = {
  readonly timestamp: number;
  readonly ingestionTime: number;
  readonly message: string;
  readonly logStream: string;
  /** `<account id>:<log group name>` */
  readonly log: string;
  readonly pointer: string;
};

/** What is found in a message, each once it is asked for. */
type Discovered = {
  json?: { readonly value: unknown };
  /** By names as the service writes them, `a.b` of `{"a":{"b":1}}` and of `{"a.b":1}`. */
  fields?: ReadonlyMap<string, QueryValue>;
  ofLambda?: ReadonlyMap<string, QueryValue>;
};

/** What is found in the events of a query; the last is remembered where there is no room for more. */
export type Discoveries = {
  readonly memory: QueryMemory;
  last?: { readonly of: DiscoveredEvent; readonly discovered: Discovered };
};

export type DiscoveredEvent = {
  readonly event: QueryEvent;
  readonly discoveries: Discoveries;
  discovered?: Discovered;
};

/** Fields of a JSON event that are found (user guide, Supported logs and discovered fields). */
const mostFields = 200;

const discoveredIn = (event: DiscoveredEvent): Discovered => {
  if (event.discovered !== undefined) return event.discovered;
  const { discoveries } = event;
  if (discoveries.last?.of !== event) discoveries.last = { of: event, discovered: {} };
  return discoveries.last.discovered;
};

/** Keeps what was found with its event, unless it takes more than there is room for. */
const remember = (event: DiscoveredEvent, discovered: Discovered, bytes: number): void => {
  if (remembers(event.discoveries.memory, bytes)) {
    event.discovered = discovered;
    return;
  }
  delete event.discovered;
  event.discoveries.last = { of: event, discovered };
};

/** A field of a JSON event, by its path or by its name as the service writes it. */
export const fieldOfJson = (event: DiscoveredEvent, name: string): QueryValue => {
  const discovered = discoveredIn(event);
  if (discovered.json === undefined) {
    discovered.json = { value: firstObject(event.event.message) };
    remember(event, discovered, treeBytes(discovered.json.value));
  }
  const path = fieldPath(name);
  const found = atPath(discovered.json.value, path);
  // A name with backquotes says where one member ends.
  if (found !== undefined || path.length === 1 || name.includes('`')) return valueOfJson(found);
  if (discovered.fields === undefined) {
    discovered.fields = flattened(discovered.json.value);
    remember(event, discovered, bytesOfFields(discovered.fields));
  }
  return discovered.fields.get(name);
};

const lambdaLine = /^(?:\[[A-Z]+\]\s+|\d{4}-\d\d-\d\dT[\d:.]+Z\t)?[\dTZ:.-]*\t?([0-9a-f]{8}-[0-9a-f-]{27})\t/;

/** Values are those of the tree, names are made. */
const bytesOfFields = (fields: ReadonlyMap<string, QueryValue>): number => {
  let bytes = 160;
  for (const name of fields.keys()) bytes += 112 + name.length;
  return bytes;
};

const flattened = (json: unknown): ReadonlyMap<string, QueryValue> => {
  const fields = new Map<string, QueryValue>();
  if (json !== undefined) flatten(json, '', fields);
  return fields;
};

const flatten = (value: unknown, path: string, fields: Map<string, QueryValue>): void => {
  if (typeof value !== 'object' || value === null) {
    if (fields.size < mostFields) fields.set(path, valueOfJson(value));
    return;
  }
  for (const [key, member] of Object.entries(value)) {
    if (fields.size >= mostFields) return;
    flatten(member, path === '' ? key : `${path}.${key}`, fields);
  }
};

const reported = [
  ['@duration', /\tDuration: ([\d.]+) ms/],
  ['@billedDuration', /\tBilled Duration: ([\d.]+) ms/],
  ['@memorySize', /\tMemory Size: (\d+) MB/],
  ['@maxMemoryUsed', /\tMax Memory Used: (\d+) MB/],
  ['@initDuration', /\tInit Duration: ([\d.]+) ms/],
  ['@xrayTraceId', /\tXRAY TraceId: (\S+)/],
  ['@xraySegmentId', /\tSegmentId: (\S+)/],
] as const;
const megabyte = 1_000_000;

/** A field of a line of Lambda. */
export const fieldOfLambda = (event: DiscoveredEvent, name: string): QueryValue => {
  const discovered = discoveredIn(event);
  if (discovered.ofLambda === undefined) {
    discovered.ofLambda = discoverLambda(event.event.message);
    remember(event, discovered, bytesOfFields(discovered.ofLambda));
  }
  return discovered.ofLambda.get(name);
};

/** Lambda's own lines, and the request of the function's (text format). */
const discoverLambda = (message: string): ReadonlyMap<string, QueryValue> => {
  const fields = new Map<string, QueryValue>();
  const [, type, requestId] = /^(START|END|REPORT) RequestId: (\S+)/.exec(message) ?? [];
  if (type === undefined) {
    const request = lambdaLine.exec(message)?.[1];
    if (request !== undefined) fields.set('@requestId', request);
    return fields;
  }
  fields.set('@type', type);
  fields.set('@requestId', requestId);
  if (type !== 'REPORT') return fields;
  for (const [name, pattern] of reported) {
    const found = pattern.exec(message)?.[1];
    if (found === undefined) continue;
    const number = Number(found);
    const factor = name.toLowerCase().includes('memory') ? megabyte : 1;
    fields.set(name, Number.isNaN(number) || name.startsWith('@xray') ? found : number * factor);
  }
  return fields;
};
