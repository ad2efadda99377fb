import { inferredSegments } from '@voice-campaign/cloudwatch-engine/traces';
import type { SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { type Input, readStrings } from '../service-api/input.ts';
import { readSegmentDocument } from '../xray/read-datagram.ts';
import { largestTraceBytes, type Trace } from '../xray/store/trace-store.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest, required } from './xray-errors.ts';

/** Trace ids in one BatchGetTraces (API reference: 5). */
const mostTraceIds = 5;

const putSegment = (context: XrayContext, text: string) => {
  const read = readSegmentDocument(text);
  if (read.kind === 'rejected') {
    const Id = /"id"\s*:\s*"([0-9a-fA-F]{16})"/.exec(text)?.[1];
    return [{ ...(Id !== undefined && { Id }), ErrorCode: 'ParseError', Message: read.reason }];
  }
  if (context.traces.record(read.document)) return [];
  // As the service was seen to answer, with a code that its reference does not name.
  return [{ Id: read.document.id, ErrorCode: 'InvalidSegment', Message: fullTrace(read.document.trace_id) }];
};

const fullTrace = (traceId: string): string =>
  `Trace ${traceId} has reached the ${largestTraceBytes} bytes that a trace can have: send less in it, or begin another`;

const endOf = (documents: readonly { readonly start_time: number; readonly end_time?: number }[]): number =>
  Math.max(...documents.map(({ start_time, end_time }) => end_time ?? start_time));

/** Seconds from the first start to the last end of a trace's documents. */
const durationOf = ({ documents }: Trace): number =>
  endOf(documents) - Math.min(...documents.map(({ start_time }) => start_time));

/** A trace as BatchGetTraces gives it: subsegments that came by themselves stand in their segments, as X-Ray joins them. */
const renderedTrace = (trace: Trace) => {
  const segments = trace.documents.filter(({ type }) => type !== 'subsegment');
  const alone = trace.documents.filter(({ type }) => type === 'subsegment');
  const joined = segments.map((segment) => join(segment, alone, new Set()));
  const placed = new Set(joined.flatMap(idsIn));
  const orphans = alone.filter(({ id }) => !placed.has(id));
  const documents = [...joined, ...orphans, ...inferredSegments(trace)];
  return {
    Id: trace.id,
    Duration: durationOf(trace),
    LimitExceeded: trace.limitExceeded ?? false,
    Segments: documents.map((document) => ({ Id: document.id, Document: JSON.stringify(document) })),
  };
};

type Entity = SubsegmentDocument & { readonly parent_id?: string };

const join = <T extends Entity>(entity: T, alone: readonly Entity[], seen: Set<string>): T => {
  if (seen.has(entity.id)) return entity;
  seen.add(entity.id);
  const known = new Set((entity.subsegments ?? []).map(({ id }) => id));
  const own = alone.filter(({ id, parent_id }) => parent_id === entity.id && !known.has(id));
  const subsegments = [...(entity.subsegments ?? []), ...own].map((child) => join(child, alone, seen));
  return subsegments.length === 0 ? entity : { ...entity, subsegments };
};

const idsIn = ({ id, subsegments = [] }: SubsegmentDocument): string[] => [id, ...subsegments.flatMap(idsIn)];

export const segmentOperations: Readonly<Record<string, (context: XrayContext, input: Input) => unknown>> = {
  PutTraceSegments: (context, input) => {
    const documents = readStrings(input, required(input, 'TraceSegmentDocuments'));
    return { UnprocessedTraceSegments: documents.flatMap((text) => putSegment(context, text)) };
  },
  PutTelemetryRecords: () => ({}),
  BatchGetTraces: ({ traces }, input) => {
    const ids = readStrings(input, 'TraceIds');
    if (ids.length > mostTraceIds)
      throw invalidRequest(`TraceIds has ${ids.length} ids, X-Ray takes ${mostTraceIds} at once`);
    const bad = ids.find((id) => !/^1-[0-9a-f]{8}-[0-9a-f]{24}$/i.test(id));
    if (bad !== undefined) throw invalidRequest(`Invalid trace id ${bad}`);
    return {
      Traces: ids.flatMap((id) => traces.get(id) ?? []).map(renderedTrace),
      UnprocessedTraceIds: ids.filter((id) => traces.get(id) === undefined),
    };
  },
  GetEncryptionConfig: () => ({ EncryptionConfig: { Type: 'NONE', Status: 'ACTIVE' } }),
};
