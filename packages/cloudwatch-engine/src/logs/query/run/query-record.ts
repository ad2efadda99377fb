import { fieldPath } from '../syntax/field-name.ts';
import { firstObject } from './json-fragment.ts';
import { isTree, type QueryValue, valueOfJson } from './query-value.ts';

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

/** One row on its way through the commands. */
export type QueryRecord = {
  /** What commands named so far. */
  readonly named: ReadonlyMap<string, QueryValue>;
  /** Absent behind `stats`. */
  readonly event?: DiscoveredEvent;
};

/** An event with what is found in its message, each once it is asked for. */
type DiscoveredEvent = {
  readonly event: QueryEvent;
  json?: { readonly value: unknown };
  /** By names as the service writes them, `a.b` of `{"a":{"b":1}}` and of `{"a.b":1}`. */
  fields?: ReadonlyMap<string, QueryValue>;
  ofLambda?: ReadonlyMap<string, QueryValue>;
};

/** Fields of a JSON event that are found (user guide, Supported logs and discovered fields). */
const mostFields = 200;

const nothingNamed: QueryRecord['named'] = new Map();

export const recordOf = (event: QueryEvent): QueryRecord => ({ named: nothingNamed, event: { event } });

export const withNamed = (record: QueryRecord, added: Iterable<readonly [string, QueryValue]>): QueryRecord => {
  const named = new Map(record.named);
  for (const [name, value] of added) named.set(name, value);
  return { ...record, named };
};

/** The value of a field; what commands named hides what was found. */
export const fieldOf = ({ named, event }: QueryRecord, name: string): QueryValue => {
  if (named.has(name)) return named.get(name);
  const tree = named.size === 0 ? undefined : inNamed(named, name);
  if (tree !== undefined) return tree;
  if (event === undefined) return undefined;
  const { timestamp, ingestionTime, message, logStream, log, pointer } = event.event;
  switch (name) {
    case '@timestamp':
      return { instant: timestamp };
    case '@ingestionTime':
      return { instant: ingestionTime };
    case '@message':
      return message;
    case '@logStream':
      return logStream;
    case '@log':
      return log;
    case '@ptr':
      return pointer;
    default:
      // A field of JSON that begins with @ has one more here.
      if (name.startsWith('@@')) return ofJson(event, name.slice(1));
      return name.startsWith('@') ? ofLambda(event).get(name) : ofJson(event, name);
  }
};

const ofJson = (event: DiscoveredEvent, name: string): QueryValue => {
  event.json ??= { value: firstObject(event.event.message) };
  const path = fieldPath(name);
  const found = atPath(event.json.value, path);
  // A name with backquotes says where one member ends.
  if (found !== undefined || path.length === 1 || name.includes('`')) return valueOfJson(found);
  event.fields ??= flattened(event.json.value);
  return event.fields.get(name);
};

/** A member of what jsonParse gave under a name. */
const inNamed = (named: ReadonlyMap<string, QueryValue>, name: string): QueryValue => {
  const [head = '', ...path] = fieldPath(name);
  return path.length > 0 ? memberOf(named.get(head), path) : undefined;
};

/** What stands in a map or list, behind each step of a path. */
export const memberOf = (value: QueryValue, path: readonly string[]): QueryValue =>
  value !== undefined && isTree(value) ? valueOfJson(atPath(value.json, path)) : undefined;

const atPath = (value: unknown, path: readonly string[]): unknown => {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = (found as Readonly<Record<string, unknown>>)[step];
  }
  return found;
};

const lambdaLine = /^(?:\[[A-Z]+\]\s+|\d{4}-\d\d-\d\dT[\d:.]+Z\t)?[\dTZ:.-]*\t?([0-9a-f]{8}-[0-9a-f-]{27})\t/;

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

const ofLambda = (event: DiscoveredEvent): ReadonlyMap<string, QueryValue> => {
  event.ofLambda ??= discoverLambda(event.event.message);
  return event.ofLambda;
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
