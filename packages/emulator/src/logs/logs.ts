import { DEFAULT_QUERY_BYTE_LIMIT } from '@voice-campaign/cloudwatch-engine/logs';
import { type Clock, isReal } from '../core/clock.ts';
import type { LogEvent } from '../lambda/events.ts';
import type { MetricService } from '../metrics/metrics.ts';
import { createLogCounts, type LogCounts } from '../platform/log-metrics.ts';
import { committer, type Journal } from '../state/journal.ts';
import { createEmfIntake, type RejectedEmf } from './emf-intake.ts';
import { emfShift } from './emf-shift.ts';
import { createLogGroups, type LogGroupsEvent, type LogGroupsState } from './log-groups.ts';
import {
  createLogStore,
  type LogFilter,
  type LogStore,
  type LogStoreSize,
  type NewLogEvent,
  type StoredLogEvent,
} from './log-store.ts';
import { createQueryMemory, type QueryMemory } from './query-memory.ts';
import { createMetricFilters } from './run-metric-filters.ts';

/** What the functions and the platform wrote, and what became of the EMF in it. */
export type Logs = {
  readonly groups: () => readonly string[];
  readonly streams: (logGroup: string) => readonly string[];
  /** The events kept that match, in the order they came. */
  readonly events: (filter?: LogFilter) => readonly StoredLogEvent[];
  /** The last 1,000 lines whose EMF was rejected or dropped in part. */
  readonly rejected: () => readonly RejectedEmf[];
  /** How often AWS would have counted each; unlike `rejected()` these never forget. */
  readonly errorCounts: () => Readonly<Record<RejectedEmf['counter'], number>>;
  /** How many of the oldest events were dropped to stay within the limit. */
  readonly droppedEvents: () => number;
  /** What the events kept take in memory. */
  readonly size: () => LogStoreSize;
  /** Bytes of memory that a Logs Insights query may take while it runs. */
  readonly runningQueryByteLimit: number;
};

/** The logs, with what changes them. */
export type LogService = Logs & {
  readonly state: LogGroupsState;
  readonly store: LogStore;
  readonly queryMemory: QueryMemory;
  readonly commit: (event: LogGroupsEvent) => void;
  /** A line of a function or of the platform, whose instant is one of real time. */
  readonly addLine: (event: LogEvent) => void;
  /** An event of PutLogEvents, whose instant is one of the emulator's clock. */
  readonly put: (event: NewLogEvent) => void;
  /** Deletes a group, or one of its streams, with its events. */
  readonly deleteGroup: (name: string) => void;
  readonly deleteStream: (group: string, name: string) => void;
  /** What CloudWatch Logs publishes of the minute that ends now: its own counts. */
  readonly takeMinute: LogCounts['take'];
  /** Called when everything is forgotten. */
  readonly onReset: (listener: () => void) => void;
  /** Forgets groups, events, filters and saved queries. */
  readonly reset: () => void;
  /** Called with every event that was kept. */
  readonly onEvent: (listener: (event: StoredLogEvent) => void) => void;
};

export type LogServiceOptions = {
  /** Takes what EMF and metric filters make of events. */
  readonly metrics: Pick<MetricService, 'add' | 'addEmf'>;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Real time, epoch milliseconds. */
  readonly now: () => number;
  readonly byteLimit?: number;
  readonly queryByteLimit?: number;
  readonly runningQueryByteLimit?: number;
  readonly accountId: string;
  readonly region: string;
};

/** Empty logs. */
export const createLogs = (options: LogServiceOptions): LogService => {
  const { metrics, journal, clock, now, byteLimit, accountId, region } = options;
  const state = createLogGroups();
  const commit = committer(journal, state);
  const store = createLogStore({
    groups: state,
    commitGroups: commit,
    record: (event) => journal.record('logs', event),
    now: clock.now,
    ...(byteLimit !== undefined && { byteLimit }),
  });
  const intake = createEmfIntake(metrics.addEmf);
  const filters = createMetricFilters(state, ({ logGroup }) => ({
    '@aws.account': accountId,
    '@aws.region': region,
    '@source.log': logGroup,
  }));
  const counts = createLogCounts();
  const resetListeners: (() => void)[] = [];
  const listeners: ((event: StoredLogEvent) => void)[] = [];
  const add = (event: NewLogEvent, shiftMs: number): void => {
    const stored = store.add(event);
    const problem = event.source === 'platform' ? undefined : intake.take(stored, shiftMs);
    counts.count(stored, problem);
    const filtered = filters.take(stored);
    if (filtered.length > 0) metrics.add(filtered, stored.logGroup);
    for (const listener of listeners) listener(stored);
  };
  return {
    state,
    store,
    queryMemory: createQueryMemory(options.queryByteLimit),
    runningQueryByteLimit: options.runningQueryByteLimit ?? DEFAULT_QUERY_BYTE_LIMIT,
    commit,
    addLine: ({ writerBeganAt, ...event }) => {
      if (isReal(clock, now)) return add(event, 0);
      const timestamp = clock.now();
      add({ ...event, timestamp }, emfShift({ ...event, writerBeganAt }, timestamp));
    },
    put: (event) => add(event, 0),
    deleteGroup: (name) => {
      commit({ kind: 'group-deleted', name });
      store.forget(name);
    },
    deleteStream: (group, name) => {
      commit({ kind: 'stream-deleted', group, name });
      store.forget(group, name);
    },
    onReset: (listener) => void resetListeners.push(listener),
    reset: () => {
      state.reset();
      store.reset();
      intake.reset();
      counts.reset();
      for (const listener of resetListeners) listener();
    },
    onEvent: (listener) => void listeners.push(listener),
    groups: store.groups,
    streams: store.streams,
    events: store.find,
    rejected: intake.rejected,
    errorCounts: intake.errorCounts,
    droppedEvents: store.droppedEvents,
    size: store.size,
    takeMinute: counts.take,
  };
};
