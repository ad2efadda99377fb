import { countAnnotations, type Frame, frames, headerOf, type Invocation, quietly } from '../runtime/invocation.ts';
import { noteSpanEnd } from '../runtime/write-out.ts';
import { recordError, textOf } from '../tracing/exceptions.ts';
import { endSpan, openSpan, type SpanRecord } from '../tracing/span-record.ts';
import { isGenerator, spanGenerator } from './span-generator.ts';
import type { AnnotationValue, HttpCall, Span, SpanOptions, Trace } from './tools.ts';

type Find = () => Frame | undefined;

/** Longest annotation X-Ray's schema takes. */
const ANNOTATION_LENGTH = 1000;

/** The current span, or one of its own, as its users see it. */
export function spanOf(find: Find, own?: SpanRecord): Span {
  /** No call ever throws, whatever it is given. */
  const inSpan = (run: (span: SpanRecord, frame: Frame) => void): void => {
    const frame = find();
    const span = own ?? frame?.span;
    if (frame && span) quietly(frame, () => run(span, frame));
  };
  return {
    annotate: (key, value) => inSpan((span, { invocation }) => annotate(invocation, span, key, value)),
    metadata: (key, value, namespace = 'default') =>
      inSpan((span, frame) => {
        const { masker } = frame.invocation.observer;
        const group = masker.text(namespace);
        span.metadata[group] = { ...span.metadata[group], [masker.text(key)]: masker.value(key, value) };
      }),
    http: (call) =>
      inSpan((span, frame) => {
        span.http = { ...span.http, ...withinLimits(masked(frame, call)) };
        const status = call.response?.status ?? 0;
        if (status >= 500) span.flags.fault = true;
        else if (status >= 400) Object.assign(span.flags, { error: true }, status === 429 && { throttle: true });
      }),
    sql: (call) =>
      inSpan((span, frame) => {
        span.sql = { ...span.sql, ...masked(frame, call) };
      }),
    error: (error) => inSpan((span, frame) => fail(frame, span, error)),
    header() {
      const frame = find();
      return frame ? headerOf(frame.invocation, own ?? frame.span) : '';
    },
  };
}

function annotate(invocation: Invocation, span: SpanRecord, key: string, value: AnnotationValue): void {
  const { masker, report } = invocation.observer;
  const name = masker
    .text(key)
    .replace(/[^A-Za-z0-9_]/g, '_')
    .slice(0, 500);
  const masked = masker.value(name, value);
  const kept = typeof masked === 'string' ? masked.slice(0, ANNOTATION_LENGTH) : masked;
  if (name === '' || (typeof kept !== 'string' && typeof kept !== 'boolean' && !Number.isFinite(kept))) {
    const message = name
      ? `annotation ${name} is no text, finite number or boolean: make it metadata`
      : 'an annotation has no key: name it';
    report({ code: 'bad-annotation', message });
    return;
  }
  if (kept !== masked) {
    const message = `annotation ${name} has more than ${ANNOTATION_LENGTH} characters: the rest is dropped`;
    report({ code: 'bad-annotation', message });
  }
  if (!(name in span.annotations)) countAnnotations(invocation, 1);
  span.annotations[name] = kept as AnnotationValue;
}

/** What a caller says is masked when it says it: the ids of a document are no numbers to mask. */
function masked<T>({ invocation }: Frame, call: T): T {
  return invocation.observer.masker.value('', call) as T;
}

/** Longest text of a request that X-Ray's schema takes. */
const REQUEST_LENGTH = 250;

/** A URL may be of any length: its end is the query, which says least. */
function withinLimits(call: HttpCall): HttpCall {
  if (typeof call.request !== 'object') return call;
  const short = (value: unknown) => (typeof value === 'string' ? value.slice(0, REQUEST_LENGTH) : value);
  const request = Object.fromEntries(Object.entries(call.request).map(([key, value]) => [key, short(value)]));
  return { ...call, request };
}

function fail({ invocation }: Frame, span: SpanRecord, error: unknown): void {
  recordError(span, error, invocation.observer.newId, invocation.observer.masker.text);
}

/** The trace of one invocation, or, without it, of whatever invocation each call is made in. */
export function traceOf(find: Find, own?: Invocation): Trace {
  const current = spanOf(find);
  const span = <T>(name: string, body: (span: Span) => T, options?: SpanOptions): T => {
    const frame = find();
    if (!frame?.span) return body(current);
    return runSpan(frame, frame.span, name, body, options);
  };
  // Plain values: an object with getters of its own is a new shape for V8 each time, and outlives the invocation.
  if (own) return { ...current, span, traceId: own.header?.root, sampled: own.root !== undefined };
  return {
    ...current,
    span,
    get traceId() {
      return find()?.invocation.header?.root;
    },
    get sampled() {
      return find()?.invocation.root !== undefined;
    },
  };
}

function runSpan<T>(frame: Frame, parent: SpanRecord, name: string, body: (span: Span) => T, options?: SpanOptions): T {
  const { observer } = frame.invocation;
  const record = openSpan(
    observer.newId(),
    observer.masker.text(textOf(name)),
    observer.now() / 1000,
    parent.depth + 1,
  );
  if (options?.namespace) record.namespace = options.namespace;
  parent.children.push(record);
  const inner = { invocation: frame.invocation, scope: frame.scope, span: record };
  const span = spanOf(() => inner, record);
  for (const [key, value] of Object.entries(options?.annotations ?? {})) span.annotate(key, value);
  let ended = false;
  const end = () => {
    if (ended) return;
    ended = true;
    endSpan(record, observer.now() / 1000);
    noteSpanEnd(frame.invocation);
  };
  const failed = (error: unknown): never => {
    fail(frame, record, error);
    end();
    throw error;
  };
  const enter = <R>(run: () => R): R => frames.run(inner, run);
  let result: T;
  try {
    result = enter(() => body(span));
  } catch (error) {
    return failed(error);
  }
  if (isPromise(result)) {
    const settled = result.then((value) => {
      end();
      return value;
    }, failed);
    return settled as T;
  }
  if (isGenerator(result)) return spanGenerator(result, { enter, end, failed });
  end();
  return result;
}

function isPromise(value: unknown): value is Promise<unknown> {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, 'then') === 'function';
}
