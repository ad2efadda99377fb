import { parseTraceHeader } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import { recordError } from '../tracing/exceptions.ts';
import { eachSpan, endSpan, openSpan, type SpanRecord } from '../tracing/span-record.ts';
import { batchOutcome, type Ending } from './batch-outcome.ts';
import { correlationIdOf } from './correlation-id.ts';
import { countAnnotations, type Invocation, inFlight, newScope, quietly } from './invocation.ts';
import { LONGEST_TIMER_MS } from './number-option.ts';
import type { Observer } from './observer.ts';
import { count } from './runtime-metrics.ts';
import { flush, flushLogs, rescue, sendSpans } from './write-out.ts';

let coldStart = true;

type AwsLambda = { readonly InvokeStore?: { getXRayTraceId?(): string | undefined } };

/** Managed Instances keep the header per invocation; the variable is shared there. */
function traceHeaderText(): string | undefined {
  const lambda: unknown = Reflect.get(globalThis, 'awslambda');
  return (lambda as AwsLambda | undefined)?.InvokeStore?.getXRayTraceId?.() ?? process.env._X_AMZN_TRACE_ID;
}

export function openInvocation(observer: Observer, event: unknown, context: Context): Invocation {
  // Where nothing is recorded the header is passed on all the same; without a parent a span has no place in the trace.
  const header = parseTraceHeader(traceHeaderText() ?? observer.sink.traceHeader);
  const root = header?.sampled && header.parent && observer.signals.traces ? openRoot(observer) : undefined;
  const correlationId = correlationIdOf(event);
  const invocation: Invocation = {
    observer,
    event,
    context,
    header,
    root,
    scope: { ...newScope(), attributes: correlationId === undefined ? {} : { correlation_id: correlationId } },
    abort: new AbortController(),
    coldStart,
    scopes: new Set(),
    timers: [],
    annotations: root ? 2 : 0,
    unwritten: 0,
    writtenAt: observer.writeThrough ? observer.now() : 0,
    closed: false,
    failedRecords: 0,
  };
  if (coldStart) count(observer.tally, 'ColdStarts');
  coldStart = false;
  inFlight.add(invocation);
  guardDeadline(invocation);
  announceLater(invocation);
  return invocation;
}

function openRoot({ emitter, newId, now }: Observer): SpanRecord {
  const { _HANDLER: handler, POWERTOOLS_SERVICE_NAME: service } = process.env;
  const root = openSpan(newId(), `## ${handler || emitter}`, now() / 1000);
  root.annotations = { ColdStart: coldStart, Service: service || emitter };
  return root;
}

/** Before the timeout there is one last moment in which the process still runs: all that is known is written then. */
function guardDeadline(invocation: Invocation): void {
  const remaining = invocation.context.getRemainingTimeInMillis?.();
  if (typeof remaining !== 'number' || !Number.isFinite(remaining)) return;
  const delay = Math.max(remaining - invocation.observer.deadlineGuardMs, remaining / 2);
  after(invocation, delay, () => {
    invocation.abort.abort(new Error('the invocation is about to time out'));
    count(invocation.observer.tally, 'TelemetryLateFlushes');
    rescue(invocation);
  });
}

/** X-Ray shows a long invocation while it runs, and one whose process is killed at all. */
function announceLater(invocation: Invocation): void {
  const { inProgressAfterMs: ms } = invocation.observer;
  if (ms === undefined || !invocation.root) return;
  if (ms > 0) after(invocation, ms, () => sendSpans(invocation));
  else sendSpans(invocation);
}

function after({ timers }: Invocation, ms: number, run: () => void): void {
  if (ms > LONGEST_TIMER_MS) return;
  const timer = setTimeout(run, ms);
  timer.unref();
  timers.push(timer);
}

/** Ends an invocation once; everything is out when this returns. */
export function closeInvocation(invocation: Invocation, ending: Ending): void {
  if (invocation.closed) return;
  invocation.closed = true;
  for (const timer of invocation.timers) clearTimeout(timer);
  // Each keeps the async context it was set in: under Middy the invocation before, and so on to the first.
  invocation.timers.length = 0;
  inFlight.delete(invocation);
  const { observer, root } = invocation;
  if ('error' in ending) flushLogs(invocation);
  if (root && 'error' in ending) recordError(root, ending.error, observer.newId, observer.masker.text);
  quietly({ invocation }, () => noteBatch(invocation, ending));
  if (root) quietly({ invocation }, () => closeSpans(root, observer.now() / 1000));
  flush(invocation);
}

/** What became of an SQS batch, from any handler's response: counted, and marked on the handler's span. */
function noteBatch(invocation: Invocation, ending: Ending): void {
  const { observer, event, root, failedRecords } = invocation;
  const batch = batchOutcome(event, ending);
  if (!batch) return;
  const { records, failed } = batch;
  count(observer.tally, 'Records', records);
  count(observer.tally, 'RecordFailures', failed);
  count(observer.tally, 'FullBatchFailures', failed === records ? 1 : 0);
  if (root) {
    Object.assign(root.annotations, { BatchSize: records, BatchFailures: failed });
    countAnnotations(invocation, 2);
    if (failed > 0 && !('error' in ending)) root.flags[failed === records ? 'fault' : 'error'] = true;
  }
  const problem =
    batch.problem ??
    (failedRecords > failed &&
      `it names ${failed} of ${failedRecords} records that failed: return what eachRecord does`);
  if (problem) observer.report({ code: 'batch-response', message: `the batch response is wrong: ${problem}` });
}

function closeSpans(root: SpanRecord, end: number): void {
  eachSpan(root, (span) => {
    span.refresh?.();
    endSpan(span, end);
  });
}
