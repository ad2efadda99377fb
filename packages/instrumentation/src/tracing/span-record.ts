import type { SegmentException, SegmentHttp, SegmentSql, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { AnnotationValue } from '../tools.ts';

/** One subsegment while it is recorded. Times in seconds since 1970. */
export type SpanRecord = {
  readonly id: string;
  readonly name: string;
  readonly start: number;
  end: number | undefined;
  namespace?: 'aws' | 'remote';
  annotations: Record<string, AnnotationValue>;
  metadata: Record<string, Record<string, unknown>>;
  http?: SegmentHttp;
  sql?: SegmentSql;
  flags: { error?: true; fault?: true; throttle?: true };
  exceptions: SegmentException[];
  readonly children: SpanRecord[];
  /** How it was last sent; `alone` once that was a document of its own, and from then on. */
  sent: 'open' | 'closed' | undefined;
  alone: boolean;
  /** Other members of its document, such as `aws`. */
  extra?: Readonly<Record<string, unknown>>;
  /** Brings in what another library has recorded of it; called each time before it is closed or sent. */
  refresh?(): void;
};

/** A name X-Ray accepts: letters, digits, space and `_.:/%&#=+-@`, at most 200 (segment documents page). */
export function spanName(name: string): string {
  return (
    String(name)
      .replace(/[^\p{L}\p{N}\p{Z}_.:/%&#=+\-@]/gu, '_')
      .slice(0, 200) || 'unnamed'
  );
}

export function openSpan(id: string, name: string, start: number): SpanRecord {
  return {
    id,
    name: spanName(name),
    start,
    end: undefined,
    annotations: {},
    metadata: {},
    flags: {},
    exceptions: [],
    children: [],
    sent: undefined,
    alone: false,
  };
}

/** The subsegment with its children, but for those that are sent alone; what is still open is `in_progress`. */
export function spanDocument(span: SpanRecord, nested = true): SubsegmentDocument {
  return {
    ...span.extra,
    id: span.id,
    name: span.name,
    start_time: span.start,
    ...(span.end === undefined ? { in_progress: true as const } : { end_time: span.end }),
    ...(span.namespace && { namespace: span.namespace }),
    ...(Object.keys(span.annotations).length > 0 && { annotations: span.annotations }),
    ...(Object.keys(span.metadata).length > 0 && { metadata: span.metadata }),
    ...(span.http && { http: span.http }),
    ...(span.sql && { sql: span.sql }),
    ...span.flags,
    ...(span.exceptions.length > 0 && { cause: { exceptions: span.exceptions } }),
    ...(nested && embedded(span)),
  };
}

function embedded({ children }: SpanRecord): Pick<SubsegmentDocument, 'subsegments'> {
  const inside = children.filter(({ alone }) => !alone);
  return inside.length > 0 ? { subsegments: inside.map((child) => spanDocument(child)) } : {};
}
