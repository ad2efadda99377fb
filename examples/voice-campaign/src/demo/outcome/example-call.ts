import {
  type Emulator,
  renderTrace,
  type StoredLogEvent,
  type Trace,
  type TraceDocument,
  type TraceNode,
  traceTreesOf,
} from '@voice-campaign/emulator';
import type { SubsegmentDocument } from '@voice-campaign/metrics-schema';

/** One call, as its trace and its log tell of it. */
export type ExampleCall = {
  readonly callId: string;
  /** The dispatcher's trace, and the dialer-worker's that is linked to it. */
  readonly trace: string;
  readonly log?: string;
  readonly emf?: string;
};

/** A call whose dialer-worker was traced, along with the dispatcher that enqueued it; an eventful one, if there is. */
export function exampleCall({ traces, logs }: Pick<Emulator, 'traces' | 'logs'>): ExampleCall | undefined {
  const candidates = traces.list().flatMap((trace) => {
    const dispatched = traces.get(trace.parentLinks[0]?.trace_id ?? '');
    return dispatched ? callsIn(trace).map((record) => ({ trace, dispatched, ...record })) : [];
  });
  const [first, ...others] = candidates;
  if (!first) return undefined;
  const { callId, trace, dispatched } = others.reduce((best, next) => (next.spans > best.spans ? next : best), first);
  const lines = logs.events().filter((event) => isAbout(event, callId));
  const emf = lines.find(({ message }) => message.includes('"_aws"'))?.message;
  const log = lines.find(({ message }) => message.includes('"message":"dialled"'))?.message;
  const text = `${renderTrace(dispatched)}\n\n${renderTrace(onlyOf(trace, callId))}`;
  return { callId, trace: text, ...(log && { log }), ...(emf && { emf }) };
}

/** The calls that a trace's records were about, with the number of spans below each. */
function callsIn(trace: Trace) {
  const records: { readonly callId: string; readonly spans: number }[] = [];
  const visit = ({ document, children }: TraceNode) => {
    const callId = callIdOf(document);
    if (callId) records.push({ callId, spans: children.length });
    children.forEach(visit);
  };
  traceTreesOf(trace).forEach(visit);
  return records;
}

/** The trace without the other records of the batch, and with a link for its own only. */
function onlyOf(trace: Trace, callId: string): Trace {
  const isOther = (document: object) => ![callId, undefined].includes(callIdOf(document));
  const only = (subsegments: readonly SubsegmentDocument[] = []): SubsegmentDocument[] =>
    subsegments
      .filter((document) => !isOther(document))
      .map((document) => ({ ...document, subsegments: only(document.subsegments) }));
  const documents = trace.documents.filter((document) => !isOther(document));
  return {
    ...trace,
    documents: documents.map((document) => ({ ...document, subsegments: only(document.subsegments) })),
  };
}

function callIdOf(document: { readonly annotations?: TraceDocument['annotations'] }): string | undefined {
  const callId = document.annotations?.callId;
  return typeof callId === 'string' ? callId : undefined;
}

function isAbout({ functionName, source, message }: StoredLogEvent, callId: string): boolean {
  return functionName === 'dialer-worker' && source === 'stdout' && message.includes(`"${callId}"`);
}
