import { traceViewOf } from '@voice-campaign/cloudwatch-engine/traces';
import { type Trace, type TraceNode, traceTreesOf } from '@voice-campaign/emulator';
import type { SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { Span, TraceDetail, TraceState } from '../protocol/trace-view.ts';

/** What X-Ray says of how a request ended; the worst comes first. */
export type Flags = { readonly error?: boolean; readonly throttle?: boolean; readonly fault?: boolean };

export function stateOf({ error, throttle, fault }: Flags): TraceState {
  if (fault) return 'fault';
  if (throttle) return 'throttle';
  return error ? 'error' : 'ok';
}

/** One trace as a waterfall; `logs` are the events of its invocations. */
export function traceDetailOf(trace: Trace, logs: TraceDetail['logs']): TraceDetail {
  const view = traceViewOf(trace);
  const spans = traceTreesOf(trace).flatMap((node) => spansOf(node, 0, node.document.name));
  const links = [...trace.parentLinks, ...trace.childLinks].map(({ trace_id }) => trace_id);
  return { id: trace.id, start: view.start, duration: view.duration, spans, links: [...new Set(links)], logs };
}

function spansOf({ kind, document, children }: TraceNode, depth: number, parent: string): readonly Span[] {
  const isSegment = kind === 'segment';
  const service = isSegment ? document.name : parent;
  return [
    spanOf(document, { depth, service, isSegment }),
    ...children.flatMap((node) => spansOf(node, depth + 1, service)),
  ];
}

function spanOf(
  document: SegmentDocument | SubsegmentDocument,
  place: Pick<Span, 'depth' | 'service' | 'isSegment'>,
): Span {
  const { id, name, start_time, end_time, http, annotations = {}, metadata = {}, cause } = document;
  const exceptions = typeof cause === 'object' ? (cause.exceptions ?? []) : [];
  const origin = 'origin' in document ? document.origin : undefined;
  return {
    id,
    name,
    ...place,
    ...(origin !== undefined && { origin }),
    start: start_time,
    ...(end_time !== undefined && { end: end_time }),
    state: stateOf(document),
    annotations,
    metadata,
    ...(http && { http: httpOf(http) }),
    exceptions: exceptions.map(({ type = 'Error', message = '', stack = [] }) => ({
      type,
      message,
      stack: stack.map(
        ({ label = '', path = '', line }) => `${label} (${path}${line === undefined ? '' : `:${line}`})`,
      ),
    })),
  };
}

function httpOf({ request, response }: NonNullable<SegmentDocument['http']>): NonNullable<Span['http']> {
  return {
    ...(request?.method !== undefined && { method: request.method }),
    ...(request?.url !== undefined && { url: request.url }),
    ...(response?.status !== undefined && { status: response.status }),
  };
}
