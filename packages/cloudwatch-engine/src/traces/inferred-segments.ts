import type { SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { TracedRequest } from './traced.ts';

/** A segment that X-Ray makes of a call to a service which sent none. */
export type InferredSegment = SegmentDocument & { readonly inferred: true };

/** The node types of calls to AWS's services, by the name of the subsegment. */
const awsOrigins: Readonly<Record<string, string>> = {
  DynamoDB: 'AWS::DynamoDB::Table',
  Lambda: 'AWS::Lambda',
  S3: 'AWS::S3::Bucket',
  SNS: 'AWS::SNS',
  SQS: 'AWS::SQS::Queue',
};

export const subsegmentsIn = (entity: SubsegmentDocument): SubsegmentDocument[] =>
  (entity.subsegments ?? []).flatMap((child) => [child, ...subsegmentsIn(child)]);

/** All subsegments of a trace, nested or sent by themselves. */
export const allSubsegments = ({ documents }: TracedRequest): SubsegmentDocument[] =>
  documents.flatMap((document) =>
    document.type === 'subsegment' ? [document, ...subsegmentsIn(document)] : subsegmentsIn(document),
  );

/**
 * For each downstream call (`namespace` aws or remote) that no segment answers, the segment that X-Ray infers from it
 * (developer guide, Inferred segments). Its id is the call's with the first digit turned: AWS makes a new one.
 */
export const inferredSegments = (trace: TracedRequest): InferredSegment[] => {
  const answered = new Set(
    trace.documents.flatMap(({ type, parent_id }) => (type === 'subsegment' ? [] : (parent_id ?? []))),
  );
  return allSubsegments(trace)
    .filter(({ id, namespace }) => namespace !== undefined && !answered.has(id))
    .map((call) => {
      const { id, name, namespace, start_time, end_time, error, fault, throttle, http, aws } = call;
      const origin = namespace === 'aws' ? (awsOrigins[name] ?? `AWS::${name}`) : undefined;
      return {
        id: (Number.parseInt(id[0] ?? '0', 16) ^ 8).toString(16) + id.slice(1),
        name,
        trace_id: trace.id,
        parent_id: id,
        start_time,
        ...(end_time === undefined ? { in_progress: true as const } : { end_time }),
        ...(error && { error }),
        ...(fault && { fault }),
        ...(throttle && { throttle }),
        ...(http && { http }),
        ...(aws && { aws }),
        ...(origin !== undefined && { origin }),
        inferred: true as const,
      };
    });
};
