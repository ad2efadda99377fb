import { AsyncLocalStorage } from 'node:async_hooks';
import { formatTraceHeader, type TraceHeader } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import { NO_PROPERTIES, type PropertyValues, type Samples } from '../metrics/samples.ts';
import { textOf } from '../tracing/exceptions.ts';
import type { SpanRecord } from '../tracing/span-record.ts';
import type { Observer } from './observer.ts';

/** What one record, or the invocation around all records, has gathered. */
export type Scope = {
  /** The invocation's, where this is a record's. */
  readonly parent: Scope | undefined;
  properties: PropertyValues;
  attributes: Readonly<Record<string, unknown>>;
  readonly atOnce: Samples;
  /** The same as `atOnce` outside a record. */
  readonly onCommit: Samples;
  /** How its record ended. */
  outcome?: 'succeeded' | 'failed';
};

export type Invocation = {
  readonly observer: Observer;
  readonly event: unknown;
  readonly context: Context;
  readonly header: TraceHeader | undefined;
  readonly root: SpanRecord | undefined;
  readonly scope: Scope;
  readonly abort: AbortController;
  readonly coldStart: boolean;
  /** Records in work. */
  readonly scopes: Set<Scope>;
  readonly timers: NodeJS.Timeout[];
  /** On all spans. */
  annotations: number;
  /** Samples and spans since `writtenAt`, the last write of `writeThrough`. */
  unwritten: number;
  writtenAt: number;
  closed: boolean;
  /** Records that `eachRecord` returned as failures. */
  failedRecords: number;
};

export type Frame = {
  readonly invocation: Invocation;
  readonly scope: Scope;
  /** The open span that calls in this frame belong to; none where the invocation is not sampled. */
  span: SpanRecord | undefined;
  /** Set by `enterWith`, which the caller of the handler sees too, and so may the next invocation. */
  readonly entered?: true;
};

/** Runs what reads a handler's values: a failure of that is reported, and never the handler's. */
export function quietly({ invocation }: Pick<Frame, 'invocation'>, run: () => void): void {
  try {
    run();
  } catch (error) {
    const message = `a call was given what cannot be read: ${textOf(error)}`;
    invocation.observer.report({ code: 'bad-call', message, error });
  }
}

export const frames = new AsyncLocalStorage<Frame>();
export const inFlight = new Set<Invocation>();

export function newScope(parent?: Scope): Scope {
  const atOnce: Samples = new Map();
  return {
    parent,
    properties: parent?.properties ?? NO_PROPERTIES,
    attributes: parent?.attributes ?? {},
    atOnce,
    onCommit: parent ? new Map() : atOnce,
  };
}

/** X-Ray indexes 50 annotations in a trace, over all its segments ("Service quotas"). */
const MOST_ANNOTATIONS = 50;

export function countAnnotations(invocation: Invocation, more: number): void {
  const before = invocation.annotations;
  invocation.annotations += more;
  if (before > MOST_ANNOTATIONS || invocation.annotations <= MOST_ANNOTATIONS) return;
  const message = `more than ${MOST_ANNOTATIONS} annotations in a trace: X-Ray indexes no more, use metadata`;
  invocation.observer.report({ code: 'too-many-annotations', message });
}

/** The header that makes a downstream call a child of `span`; the upstream one where nothing is recorded. */
export function headerOf({ header }: Invocation, span: SpanRecord | undefined): string {
  if (!header) return '';
  return formatTraceHeader(span ? { ...header, parent: span.id } : header);
}
