import { fieldPath } from '../syntax/field-name.ts';
import {
  type DiscoveredEvent,
  type Discoveries,
  fieldOfJson,
  fieldOfLambda,
  type QueryEvent,
} from './discovered-event.ts';
import { isTree, memberOf, type QueryValue } from './query-value.ts';

/** Values of a record that several were made of. */
type SharedValues = { readonly bytes: number; readonly shared?: SharedValues };

/** One row on its way through the commands. */
export type QueryRecord = {
  /** What commands named so far. */
  readonly named: ReadonlyMap<string, QueryValue>;
  /** What the values of those take in memory, but for what other records have as well. */
  readonly bytes: number;
  readonly shared?: SharedValues;
  /** Absent behind `stats`. */
  readonly event?: DiscoveredEvent;
};

const nothingNamed: QueryRecord['named'] = new Map();

/** Of a record beside its values, and of each of them. */
const recordBytes = 160;
const bytesOfName = 56;

export const recordOf = (event: QueryEvent, discoveries: Discoveries): QueryRecord => ({
  named: nothingNamed,
  bytes: 0,
  event: { event, discoveries },
});

/** `bytes` is what the added values take. */
export const withNamed = (
  record: QueryRecord,
  added: readonly (readonly [string, QueryValue])[],
  bytes: number,
): QueryRecord => {
  const named = new Map(record.named);
  for (const [name, value] of added) named.set(name, value);
  return { ...record, named, bytes: record.bytes + bytes };
};

/** The records of `stats` are of no event. */
export const recordNaming = (named: readonly (readonly [string, QueryValue])[], bytes: number): QueryRecord =>
  withNamed({ named: nothingNamed, bytes: 0 }, named, bytes);

/** A record of the same values, of which others will be made. */
export const sharing = (record: QueryRecord): QueryRecord => {
  const { bytes, shared } = record;
  return { ...record, bytes: 0, shared: { bytes, ...(shared !== undefined && { shared }) } };
};

/** Of a record without the values in it. */
export const ownBytes = ({ named }: QueryRecord): number => recordBytes + bytesOfName * named.size;

/** What records take in memory together. */
export const bytesOfRecords = (records: readonly QueryRecord[]): number => {
  const counted = new Set<SharedValues>();
  let bytes = 0;
  for (const record of records) {
    bytes += ownBytes(record) + record.bytes;
    for (let { shared } = record; shared !== undefined && !counted.has(shared); { shared } = shared) {
      counted.add(shared);
      bytes += shared.bytes;
    }
  }
  return bytes;
};

/** The value of a field; what commands named hides what was found. */
export const fieldOf = ({ named, event }: QueryRecord, name: string): QueryValue => {
  if (named.has(name)) return named.get(name);
  if (named.size > 0) {
    const [head = '', ...path] = fieldPath(name);
    const whole = named.get(head);
    // A member that a map or list lacks, or that would be of nothing, is not looked for in the event.
    if (path.length > 0 && named.has(head) && (whole === undefined || isTree(whole))) return memberOf(whole, path);
  }
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
      if (name.startsWith('@@')) return fieldOfJson(event, name.slice(1));
      return name.startsWith('@') ? fieldOfLambda(event, name) : fieldOfJson(event, name);
  }
};

/** Whether a record has the value of a field for itself: what is found in events may be found anew each time. */
export const has = ({ named }: QueryRecord, name: string): boolean =>
  name.startsWith('@') || named.has(name) || (named.size > 0 && named.has(fieldPath(name)[0] ?? ''));
