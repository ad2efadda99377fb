import type { SegmentException } from '@voice-campaign/metrics-schema';
import type { Invocation } from '../runtime/invocation.ts';
import { spanOf } from '../tools/trace-of.ts';
import type { SpanRecord } from '../tracing/span-record.ts';
import type { CapturedException, Subsegment } from './sdk-segments.ts';

/** What is brought in by itself, or is the SDK's own bookkeeping. All else goes into the document: `aws`, `traced`. */
const NOT_EXTRA = new Set([
  ...['id', 'name', 'start_time', 'end_time', 'in_progress', 'type', 'trace_id', 'parent_id', 'namespace'],
  ...['annotations', 'metadata', 'http', 'sql', 'error', 'fault', 'throttle', 'cause', 'subsegments'],
  ...['segment', 'parent', 'counter', 'notTraced', 'noOp'],
]);

const MOST_FRAMES = 50;

/**
 * Gives back what brings everything that the SDK has recorded on a subsegment into the span, masked; `take` is given
 * its children. What the span has of its own stays.
 */
export function mirror(
  invocation: Invocation,
  span: SpanRecord,
  source: Subsegment,
  take: (child: Subsegment) => void,
): () => void {
  const { masker } = invocation.observer;
  const tools = spanOf(() => ({ invocation, scope: invocation.scope, span }), span);
  const takeExceptions = exceptionsInto(invocation, span);
  return () => {
    if (source.namespace === 'aws' || source.namespace === 'remote') span.namespace = source.namespace;
    for (const [key, value] of Object.entries(source.annotations ?? {})) tools.annotate(key, value);
    for (const [namespace, members] of Object.entries(source.metadata ?? {})) {
      for (const [key, value] of Object.entries(members)) tools.metadata(key, value, namespace);
    }
    if (source.http && Object.keys(source.http).length > 0) tools.http(source.http);
    if (source.sql) tools.sql(source.sql);
    for (const flag of ['error', 'fault', 'throttle'] as const) if (source[flag]) span.flags[flag] = true;
    takeExceptions(source.cause?.exceptions ?? []);
    const extra = Object.entries(source).filter(([key, value]) => !NOT_EXTRA.has(key) && typeof value !== 'function');
    if (extra.length > 0) {
      span.extra = Object.fromEntries(extra.map(([key, value]) => [key, masker.value(key, value)]));
    }
    for (const child of source.subsegments ?? []) take(child);
  };
}

/** An error that was recorded on the span too, when it was thrown through it, is there once. */
function exceptionsInto(invocation: Invocation, span: SpanRecord): (captured: readonly CapturedException[]) => void {
  const taken = new Map<CapturedException, SegmentException>();
  return (captured) => {
    for (const one of captured) if (!taken.has(one)) taken.set(one, exceptionOf(invocation, one));
    const theirs = new Set(taken.values());
    const own = span.exceptions.filter((exception) => !theirs.has(exception));
    const same = (one: SegmentException) =>
      own.some(({ type, message }) => type === one.type && message === one.message);
    span.exceptions = [...own, ...[...theirs].filter((one) => !same(one))];
  };
}

function exceptionOf({ observer }: Invocation, { message, type, remote, stack = [] }: CapturedException) {
  return {
    id: observer.newId(),
    type: String(type ?? ''),
    message: observer.masker.text(String(message ?? '')).slice(0, 1000),
    ...(remote && { remote }),
    ...(stack.length > MOST_FRAMES && { truncated: stack.length - MOST_FRAMES }),
    // The SDK finds no line in the `file:` URLs of ES modules.
    stack: stack
      .slice(0, MOST_FRAMES)
      .map(({ path, line, label }) => (Number.isInteger(line) ? { path, line, label } : { label })),
  };
}
