import { type EmfIssue, parseEmf } from '@voice-campaign/metrics-schema';
import type { LogEvent } from '../lambda/events.ts';
import type { MetricStore } from '../metrics/metric-store.ts';

/** A log line that meant to be EMF and did not become metrics, or not all of it. */
export type RejectedEmf = {
  /** As AWS counts it in `AWS/Logs`: a line that is no JSON, or a document that breaks a rule. */
  readonly counter: 'EMFParsingErrors' | 'EMFValidationErrors';
  /** `rejected`: nothing of the line became a metric; `dropped`: a metric or dimension set of it did not. */
  readonly effect: 'rejected' | 'dropped';
  readonly reasons: readonly string[];
  readonly event: LogEvent;
};

export type LogFilter = { readonly logGroup?: string; readonly logStream?: string; readonly requestId?: string };

/** What the functions and the platform wrote, and what became of the EMF in it. */
export type LogStore = {
  readonly add: (event: LogEvent) => void;
  readonly groups: () => readonly string[];
  readonly streams: (logGroup: string) => readonly string[];
  /** The events kept that match, in the order they came. */
  readonly events: (filter?: LogFilter) => readonly LogEvent[];
  /** The last 1,000 lines whose EMF was rejected or dropped in part. */
  readonly rejected: () => readonly RejectedEmf[];
  /** How often AWS would have counted each; unlike `rejected()` these never forget. */
  readonly errorCounts: () => Readonly<Record<RejectedEmf['counter'], number>>;
  /** How many of the oldest events were dropped to stay within the limit. */
  readonly droppedEvents: () => number;
};

export type LogStoreOptions = {
  readonly metrics: MetricStore;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Characters of messages to keep in all; default 64 Mi. */
  readonly characterLimit?: number;
};

const rejectedLimit = 1000;
const parsingCodes = new Set<EmfIssue['code']>(['not-json', 'wrapped', 'prefix']);

const rejectedOf = (event: LogEvent, issues: readonly EmfIssue[]): RejectedEmf | undefined => {
  const harmful = issues.filter(({ effect }) => effect !== 'accepted');
  if (harmful.length === 0) return undefined;
  const effect = harmful.some((issue) => issue.effect === 'rejected') ? 'rejected' : 'dropped';
  const isParsing = effect === 'rejected' && harmful.every(({ code }) => parsingCodes.has(code));
  return {
    counter: isParsing ? 'EMFParsingErrors' : 'EMFValidationErrors',
    effect,
    reasons: harmful.map(({ at, message }) => `${at} ${message}`.trim()),
    event,
  };
};

type State = LogStoreOptions & {
  events: LogEvent[];
  characters: number;
  dropped: number;
  rejected: RejectedEmf[];
  readonly counts: Record<RejectedEmf['counter'], number>;
  /** Streams by group; they outlive their events. */
  readonly groups: Map<string, Set<string>>;
};

const readMetrics = (state: State, event: LogEvent): void => {
  const parsed = parseEmf(event.message, { now: state.now() });
  if (parsed.ok) state.metrics.add(parsed.datapoints, { source: event.logGroup, properties: parsed.properties });
  const rejected = rejectedOf(event, parsed.ok ? parsed.warnings : parsed.issues);
  if (rejected === undefined) return;
  state.counts[rejected.counter] += 1;
  state.rejected.push(rejected);
  if (state.rejected.length > 2 * rejectedLimit) state.rejected = state.rejected.slice(-rejectedLimit);
};

const forgetOldest = (state: State): void => {
  const limit = state.characterLimit ?? 64 * 1024 * 1024;
  if (state.characters <= limit) return;
  let index = 0;
  // A tenth more than needed, so that the list is not copied for every line.
  while (index < state.events.length && state.characters > limit * 0.9) {
    state.characters -= state.events[index]?.message.length ?? 0;
    index += 1;
  }
  state.events = state.events.slice(index);
  state.dropped += index;
};

const add = (state: State, event: LogEvent): void => {
  const streams = state.groups.get(event.logGroup) ?? new Set();
  state.groups.set(event.logGroup, streams.add(event.logStream));
  state.events.push(event);
  state.characters += event.message.length;
  forgetOldest(state);
  if (event.source !== 'platform') readMetrics(state, event);
};

const matches = (event: LogEvent, { logGroup, logStream, requestId }: LogFilter): boolean =>
  (logGroup === undefined || event.logGroup === logGroup) &&
  (logStream === undefined || event.logStream === logStream) &&
  (requestId === undefined || event.requestId === requestId);

/** An empty store. EMF of functions' lines goes to `metrics`, at the moment the line comes. */
export const createLogStore = (options: LogStoreOptions): LogStore => {
  const state: State = {
    ...options,
    events: [],
    characters: 0,
    dropped: 0,
    rejected: [],
    counts: { EMFParsingErrors: 0, EMFValidationErrors: 0 },
    groups: new Map(),
  };
  return {
    add: (event) => add(state, event),
    groups: () => [...state.groups.keys()],
    streams: (logGroup) => [...(state.groups.get(logGroup) ?? [])],
    events: (filter = {}) => state.events.filter((event) => matches(event, filter)),
    rejected: () => state.rejected.slice(-rejectedLimit),
    errorCounts: () => ({ ...state.counts }),
    droppedEvents: () => state.dropped,
  };
};
