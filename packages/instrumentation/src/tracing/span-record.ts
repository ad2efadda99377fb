import type { SegmentException, SegmentHttp, SegmentSql, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { AnnotationValue } from '../tools/tools.ts';

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
  readonly depth: number;
  /** How it was last sent; `alone` where that is a document of its own, once it was one and from then on. */
  sent: 'open' | 'closed' | undefined;
  alone: boolean;
  /** Other members of its document, such as `aws`. */
  extra?: Readonly<Record<string, unknown>>;
  /** Brings in what another library has recorded of it; called each time before it is closed or sent. */
  refresh?(): void;
};

const USUAL_NAME = /^[\w.:/%&#=+\-@ ]{1,200}$/;

/** A name X-Ray accepts: letters, digits, space and `_.:/%&#=+-@`, at most 200 (segment documents page). */
export function spanName(name: string): string {
  if (USUAL_NAME.test(name)) return String(name);
  return (
    String(name)
      .replace(/[^\p{L}\p{N}\p{Z}_.:/%&#=+\-@]/gu, '_')
      .slice(0, 200) || 'unnamed'
  );
}

/** So many nested levels one document has: JSON of any depth cannot be written. */
const MOST_LEVELS = 50;

/** `depth` counts the spans around it. */
export function openSpan(id: string, name: string, start: number, depth = 0): SpanRecord {
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
    depth,
    sent: undefined,
    alone: depth > 0 && depth % MOST_LEVELS === 0,
  };
}

/** Visits a span and all below it, parents first. Not by recursion: what calls itself in a span nests without end. */
export function eachSpan(root: SpanRecord, visit: (span: SpanRecord) => void): void {
  const waiting = [root];
  for (let span = waiting.pop(); span; span = waiting.pop()) {
    visit(span);
    for (const child of span.children) waiting.push(child);
  }
}

/** Ends a span once; never before it began, where the clock was set back meanwhile: X-Ray refuses that. */
export function endSpan(span: SpanRecord, at: number): void {
  span.end ??= Math.max(at, span.start);
}

/** The subsegment with its children, but for those that are sent alone; what is still open is `in_progress`. */
export function spanDocument(span: SpanRecord, nested = true): SubsegmentDocument {
  const { id, name, start, end, namespace, http, sql, annotations, metadata, exceptions, flags, extra } = span;
  const state = end === undefined ? { in_progress: true as const } : { end_time: end };
  const document: Writable<SubsegmentDocument> = { ...extra, id, name, start_time: start, ...state };
  if (namespace) document.namespace = namespace;
  if (hasMembers(annotations)) document.annotations = annotations;
  if (hasMembers(metadata)) document.metadata = metadata;
  if (http) document.http = http;
  if (sql) document.sql = sql;
  if (exceptions.length > 0) document.cause = { exceptions };
  const children = nested ? span.children.filter(({ alone }) => !alone) : [];
  if (children.length > 0) document.subsegments = children.map((child) => spanDocument(child));
  return Object.assign(document, flags);
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };

function hasMembers(object: object): boolean {
  for (const _ in object) return true;
  return false;
}
