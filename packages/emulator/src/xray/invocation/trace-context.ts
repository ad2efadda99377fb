import { formatTraceHeader, type TraceHeader } from '@voice-campaign/metrics-schema';
import type { TraceLink } from '../store/trace-store.ts';

/** What comes to a function from upstream. */
export type Upstream = {
  /** The caller's header: the invocation belongs to its trace. */
  readonly caller?: TraceHeader;
  /** The headers of a batch's messages, `undefined` for one without: the invocation is linked to their traces. */
  readonly producers?: readonly (TraceHeader | undefined)[];
};

/** How one invocation is traced. */
export type TraceContext = {
  readonly traceId: string;
  readonly sampled: boolean;
  /** Id of what called the function. */
  readonly callerId?: string;
  /** Id of the `AWS::Lambda` segment. */
  readonly serviceId: string;
  /** Id of the `AWS::Lambda::Function` segment; the handler's subsegments name it as their parent. */
  readonly functionId: string;
  readonly links: readonly TraceLink[];
  /** What the runtime is given. */
  readonly header: string;
};

export type TraceSources = {
  readonly sample: () => boolean;
  readonly newTraceId: () => string;
  readonly newId: () => string;
};

/** Links of one segment (X-Ray Developer Guide, "Tracing event-driven applications"). */
const maximumLinks = 20;

/**
 * Decides on an invocation's trace. A caller's decision holds. Without one, a batch whose messages all carry the same
 * decision takes it over; else the function's own sampler decides, and with PassThrough nobody does: the header then
 * has Root alone. A batch has a trace of its own, linked to its producers' traces.
 */
export const traceContextOf = (
  { caller, producers = [] }: Upstream,
  tracing: 'Active' | 'PassThrough',
  lineage: string,
  { sample, newTraceId, newId }: TraceSources,
): TraceContext => {
  const traceId = caller?.root ?? newTraceId();
  const ids = { serviceId: newId(), functionId: newId() };
  const decided = caller?.sampled;
  if (decided === undefined && tracing === 'PassThrough') {
    return { ...ids, traceId, sampled: false, links: [], header: formatTraceHeader({ root: traceId, lineage }) };
  }
  const sampled = decided ?? agreedSampling(producers) ?? sample();
  const header: TraceHeader = {
    root: traceId,
    parent: ids.functionId,
    sampled,
    lineage,
    ...(caller?.others === undefined ? {} : { others: caller.others }),
  };
  return {
    ...ids,
    traceId,
    sampled,
    ...(caller?.parent === undefined ? {} : { callerId: caller.parent }),
    links: linksTo(producers),
    header: formatTraceHeader(header),
  };
};

/** The decision that all messages carry; `undefined` when one carries none, or another. */
const agreedSampling = (producers: readonly (TraceHeader | undefined)[]): boolean | undefined => {
  const [first] = producers;
  return producers.every((producer) => producer?.sampled === first?.sampled) ? first?.sampled : undefined;
};

const linksTo = (producers: readonly (TraceHeader | undefined)[]): TraceLink[] => {
  const links = new Map<string, TraceLink>();
  for (const producer of producers) {
    if (producer?.parent === undefined || producer.sampled !== true) continue;
    const link = linkOf(producer.root, producer.parent, 'parent');
    links.set(`${link.trace_id} ${link.id}`, link);
  }
  return [...links.values()].slice(0, maximumLinks);
};

/** A link as X-Ray shows it in a segment document. */
export const linkOf = (traceId: string, id: string, referenceType: 'parent' | 'child'): TraceLink => ({
  trace_id: traceId,
  id,
  attributes: { 'aws.xray.reserved.reference_type': referenceType },
});
