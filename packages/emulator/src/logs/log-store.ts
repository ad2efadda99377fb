import type { LogEvent } from '../lambda/events.ts';
import type { Persistent } from '../state/journal.ts';
import type { LogGroupsEvent, LogGroupsState } from './log-groups.ts';

/** A log event as it is kept. Instants are epoch milliseconds. */
export type StoredLogEvent = Omit<LogEvent, 'functionName' | 'source' | 'writerBeganAt'> & {
  /** 1, 2, 3… in the order in which events came. */
  readonly order: number;
  readonly ingestedAt: number;
  /** Of functions; absent for events that came by PutLogEvents. */
  readonly functionName?: string;
  readonly source: LogEvent['source'] | 'api';
};

export type NewLogEvent = Omit<StoredLogEvent, 'order' | 'ingestedAt'>;

export type LogFilter = {
  readonly logGroup?: string;
  readonly logStream?: string;
  readonly requestId?: string;
  /** Inclusive. */
  readonly from?: number;
  /** Exclusive. */
  readonly to?: number;
};

type LogStoreEvent =
  | { readonly kind: 'event'; readonly event: StoredLogEvent }
  | { readonly kind: 'forgotten'; readonly logGroup: string; readonly logStream?: string };

/** What the functions, the platform and clients wrote. */
export type LogStore = Persistent<LogStoreEvent> & {
  /** Keeps an event; its group and stream come into being where they are not there. */
  readonly add: (event: NewLogEvent) => StoredLogEvent;
  readonly groups: () => readonly string[];
  readonly streams: (logGroup: string) => readonly string[];
  /** The events kept that match, in the order they came. */
  readonly find: (filter?: LogFilter) => readonly StoredLogEvent[];
  /** Forgets the events of a group, or of one of its streams. */
  readonly forget: (logGroup: string, logStream?: string) => void;
  /** How many of the oldest events were dropped to stay within the limit. */
  readonly droppedEvents: () => number;
  readonly size: () => LogStoreSize;
};

/** What the events take in memory: their texts, and for the rest of each a measured mean. */
export type LogStoreSize = { readonly bytes: number; readonly maxBytes: number };

export type LogStoreOptions = {
  readonly groups: LogGroupsState;
  readonly commitGroups: (event: LogGroupsEvent) => void;
  readonly record: (event: LogStoreEvent) => void;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Bytes of memory for events; default 128 Mi. */
  readonly byteLimit?: number;
};

const day = 86_400_000;

const matches = (event: StoredLogEvent, { logGroup, logStream, requestId, from, to }: LogFilter): boolean =>
  (logGroup === undefined || event.logGroup === logGroup) &&
  (logStream === undefined || event.logStream === logStream) &&
  (requestId === undefined || event.requestId === requestId) &&
  (from === undefined || event.timestamp >= from) &&
  (to === undefined || event.timestamp < to);

/** What V8 was measured to take for an event of a function beside its message, and some of what it wastes. */
const bytesOfEvent = 256;

/** V8 keeps a text in two bytes a character as soon as one of them needs that. */
const bytesOf = ({ message }: StoredLogEvent): number =>
  bytesOfEvent + message.length * (/[\u0100-\uffff]/.test(message) ? 2 : 1);

/** An empty store. */
export const createLogStore = (options: LogStoreOptions): LogStore => {
  const { groups, commitGroups, record, now, byteLimit = 128 * 1024 * 1024 } = options;
  let events: StoredLogEvent[] = [];
  let bytes = 0;
  let dropped = 0;
  let order = 0;

  const forgetOldest = (): void => {
    if (bytes <= byteLimit) return;
    let index = 0;
    // A tenth more than needed, so that the list is not copied for every line.
    for (const event of events) {
      if (bytes <= byteLimit * 0.9) break;
      bytes -= bytesOf(event);
      index += 1;
    }
    events = events.slice(index);
    dropped += index;
  };
  const keep = (event: StoredLogEvent): void => {
    events.push(event);
    bytes += bytesOf(event);
    order = Math.max(order, event.order);
    forgetOldest();
  };
  const apply = (change: LogStoreEvent): void => {
    if (change.kind === 'event') {
      keep(change.event);
      return;
    }
    const { kind: _, ...forgotten } = change;
    events = events.filter((event) => !matches(event, forgotten));
    bytes = events.reduce((sum, event) => sum + bytesOf(event), 0);
  };
  const commit = (change: LogStoreEvent): void => {
    record(change);
    apply(change);
  };
  const create = ({ logGroup, logStream }: NewLogEvent): void => {
    const createdAt = now();
    if (!groups.groups.has(logGroup)) {
      commitGroups({ kind: 'group', group: { name: logGroup, createdAt, tags: {}, metricFilters: {} } });
    }
    if (!groups.streamsOf(logGroup).has(logStream)) {
      commitGroups({ kind: 'stream', group: logGroup, stream: { name: logStream, createdAt } });
    }
  };
  /** Past its group's retention an event is gone, whether or not its memory is free yet. */
  const isKept = (event: StoredLogEvent): boolean => {
    const days = groups.groups.get(event.logGroup)?.retentionDays;
    return days === undefined || event.timestamp > now() - days * day;
  };
  return {
    name: 'logs',
    apply,
    reset: () => {
      events = [];
      bytes = 0;
      dropped = 0;
    },
    *events() {
      for (const event of events) yield { kind: 'event', event };
    },
    add: (event) => {
      create(event);
      const stored = { ...event, order: order + 1, ingestedAt: now() };
      commit({ kind: 'event', event: stored });
      return stored;
    },
    groups: () => [...groups.groups.keys()],
    streams: (logGroup) => [...groups.streamsOf(logGroup).keys()],
    find: (filter = {}) => events.filter((event) => matches(event, filter) && isKept(event)),
    forget: (logGroup, logStream) =>
      commit({ kind: 'forgotten', logGroup, ...(logStream !== undefined && { logStream }) }),
    droppedEvents: () => dropped,
    size: () => ({ bytes, maxBytes: byteLimit }),
  };
};
