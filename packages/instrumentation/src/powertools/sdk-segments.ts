import AWSXRay from 'aws-xray-sdk-core';
import type { Invocation } from '../runtime/invocation.ts';
import type { SpanRecord } from '../tracing/span-record.ts';

export type Segment = InstanceType<typeof AWSXRay.Segment>;
export type SegmentLike = Segment | Subsegment;

/** A subsegment with the members that the SDK's types leave out. */
export type Subsegment = InstanceType<typeof AWSXRay.Subsegment> & {
  readonly end_time?: number;
  readonly annotations?: Readonly<Record<string, string | number | boolean>>;
  readonly metadata?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly http?: object;
  readonly sql?: object;
  readonly cause?: { readonly exceptions?: readonly CapturedException[] };
  readonly error?: boolean;
  readonly fault?: boolean;
  readonly throttle?: boolean;
};

/** An error as the SDK keeps it. */
export type CapturedException = {
  readonly message?: string;
  readonly type?: string;
  readonly remote?: boolean;
  readonly stack?: readonly { readonly path: string; readonly line: number; readonly label: string }[];
};

/**
 * What the SDK takes for the segment that Lambda made for the function. As it never counts an open subsegment, the SDK
 * streams none: they leave with our own spans. `closed` hears of each subsegment that ends.
 */
export function segmentFor({ header, root, context, observer }: Invocation, closed: () => void): Segment {
  const segment = new AWSXRay.Segment(context.functionName ?? 'function');
  const { lineage, others = [] } = header ?? {};
  const silent = { incrementCounter() {}, close() {}, flush() {} };
  // The SDK would refer to the first subsegment with the same error instead of saying it again.
  Object.defineProperty(segment, 'exception', { get: () => undefined, set() {} });
  return Object.assign(segment, silent, {
    counter: 0,
    notTraced: root === undefined,
    // Undecided or turned off: nothing is recorded, and the upstream header goes on as it is.
    noOp: header?.sampled === undefined || !observer.signals.traces,
    ...(header && { trace_id: header.root }),
    ...(header?.parent !== undefined && { id: header.parent }),
    additionalTraceData: Object.fromEntries([...(lineage ? [['Lineage', lineage]] : []), ...others]),
    decrementCounter: closed,
  });
}

/** One of our spans as a subsegment of it, or what stands for all of them where nothing is recorded. */
export function subsegmentFor(segment: Segment, span: SpanRecord | undefined): Subsegment {
  const subsegment = new AWSXRay.Subsegment(span?.name ?? segment.name);
  const { notTraced, trace_id } = segment;
  const noOp: unknown = Reflect.get(segment, 'noOp');
  return Object.assign(subsegment, {
    id: span?.id ?? segment.id,
    ...(span && { start_time: span.start }),
    segment,
    parent: segment,
    notTraced,
    noOp,
    // Another copy of the SDK in the process does not know the class, and reads the trace here.
    trace_id,
    flush() {},
  });
}
