import {
  matchTrace,
  parseTraceFilter,
  type ServiceTraffic,
  serviceGraphOf,
  TraceFilterError,
  type TraceView,
  traceViewOf,
} from '@voice-campaign/cloudwatch-engine/traces';
import type { Emulator, Trace } from '@voice-campaign/emulator';
import type { Latency, ServiceMap, TraceDetail, TraceEntry, TraceList, TraceState } from '../../protocol/trace-view.ts';
import type { TimeRange } from '../../protocol/widget-series.ts';
import { stateOf, traceDetailOf } from '../trace-detail.ts';
import { ViewSourceError } from '../view-source.ts';

const MOST_TRACES = 200;
const MOST_LOGS = 200;

/** Summaries of the traces that begin in a range and match a filter expression, newest first. */
export function traceList(emulator: Emulator, filter: string, { start, end }: TimeRange): TraceList {
  const matches = matcherOf(filter);
  const found = emulator.traces
    .list()
    .map(traceViewOf)
    .filter((view) => view.start >= start && view.start < end + 1 && matches(view))
    .sort((one, other) => other.start - one.start);
  return { traces: found.slice(0, MOST_TRACES).map(entryOf), total: found.length };
}

function matcherOf(text: string): (view: TraceView) => boolean {
  if (text.trim() === '') return () => true;
  try {
    const filter = parseTraceFilter(text);
    return (view) => matchTrace(filter, view);
  } catch (error) {
    if (error instanceof TraceFilterError) throw new ViewSourceError(error.message);
    throw error;
  }
}

function entryOf(view: TraceView): TraceEntry {
  const { id, start, duration, http, annotations, services, entryPoint } = view;
  return {
    id,
    start,
    duration,
    name: entryPoint?.name ?? services[0]?.name ?? id,
    state: worstOf(view),
    ...(http.method !== undefined && { method: http.method }),
    ...(http.url !== undefined && { url: http.url }),
    ...(http.status !== undefined && { status: http.status }),
    annotations,
    services: [...new Set(services.map(({ name }) => name))],
  };
}

/** A trace whose root went well may have a fault inside. */
function worstOf(view: TraceView): TraceState {
  const states = [view, ...view.services].map(stateOf);
  return (['fault', 'throttle', 'error'] as const).find((state) => states.includes(state)) ?? 'ok';
}

/** One trace as a waterfall, with the log events of its invocations. */
export function traceDetail(emulator: Emulator, id: string): TraceDetail | undefined {
  const trace = emulator.traces.get(id);
  return trace && traceDetailOf(trace, logsOf(emulator, trace));
}

function logsOf(emulator: Emulator, trace: Trace): TraceDetail['logs'] {
  const text = JSON.stringify(trace.documents);
  const requestIds = new Set(text.match(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g) ?? []);
  return emulator.logs
    .events()
    .filter(
      ({ requestId, message }) => (requestId !== undefined && requestIds.has(requestId)) || message.includes(trace.id),
    )
    .slice(0, MOST_LOGS)
    .map(({ timestamp, logGroup, message }) => ({ at: timestamp / 1000, group: logGroup, message }));
}

/** The services of the traces that begin in a range, with what goes among them. */
export function serviceMapOf(emulator: Emulator, { start, end }: TimeRange): ServiceMap {
  const traces = emulator.traces.list().filter((trace) => {
    const begin = Math.min(...trace.documents.map(({ start_time }) => start_time));
    return begin >= start && begin < end + 1;
  });
  return {
    nodes: serviceGraphOf(traces).map(({ referenceId, name, type, traffic, edges }) => ({
      id: referenceId,
      name,
      ...(type !== undefined && { type }),
      traffic: latencyOf(traffic),
      edges: edges.map((edge) => ({ to: edge.to, traffic: latencyOf(edge.traffic) })),
    })),
  };
}

function latencyOf({ ok, errors, throttles, faults, responseTimes }: ServiceTraffic): Latency {
  const sorted = responseTimes.toSorted((one, other) => one - other);
  const counts = { ok, errors, throttles, faults, count: ok + errors + faults };
  if (sorted.length === 0) return counts;
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? 0;
  const average = sorted.reduce((sum, time) => sum + time, 0) / sorted.length;
  return { ...counts, average, p50: at(0.5), p95: at(0.95), p99: at(0.99) };
}
