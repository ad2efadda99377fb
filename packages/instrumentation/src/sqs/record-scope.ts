import { parseTraceHeader } from '@voice-campaign/metrics-schema';
import type { SQSRecord } from 'aws-lambda';
import { type Frame, frames, newScope, type Scope } from '../runtime/invocation.ts';
import { writeSamples } from '../runtime/write-out.ts';
import type { Span } from '../tools/tools.ts';
import { writeLog } from '../tools/tools-of.ts';
import { traceOf } from '../tools/trace-of.ts';

/** A record in work: its frame, and its span once there is one. */
export type RecordScope = { readonly frame: Frame; span: Span | undefined };

/**
 * X-Ray indexes 50 annotations in a trace: records that succeed have none, and of those that fail no more than this
 * many. All have their ids in the metadata and in each log line.
 */
const MOST_ANNOTATED = 20;

/** One for all records: it has getters, and each object with getters of its own is a new shape for V8. */
const recordTrace = traceOf(() => frames.getStore());

export function openRecord(outer: Frame, record: SQSRecord): RecordScope {
  const scope = newScope(outer.scope);
  scope.attributes = { ...scope.attributes, ...recordAttributes(record) };
  return { frame: { invocation: outer.invocation, scope, span: outer.span }, span: undefined };
}

/** Runs `work` in the record's own scope and span, and writes what counts by its outcome. */
export async function runRecord(
  opened: RecordScope,
  record: SQSRecord,
  work: () => unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const { frame } = opened;
  const { invocation, scope } = frame;
  invocation.scopes.add(scope);
  let succeeded = false;
  try {
    const result = await frames.run(frame, () =>
      recordTrace.span('record', async (span) => {
        opened.span = span;
        for (const [key, value] of Object.entries(recordAttributes(record))) span.metadata(key, value, 'sqs');
        return work();
      }),
    );
    succeeded = !signal.aborted;
    return result;
  } finally {
    invocation.scopes.delete(scope);
    settleScope(frame, succeeded);
  }
}

/** Says once that a record failed, and why. */
export function failRecord({ frame, span }: RecordScope, { messageId }: SQSRecord, error: unknown, nth: number): void {
  if (nth <= MOST_ANNOTATED) span?.annotate('message_id', messageId);
  frame.invocation.observer.flushLogs?.(frame.scope);
  writeLog(frame, 'error', 'record failed', error instanceof Error ? error : { error });
}

function settleScope({ invocation, scope }: Frame, succeeded: boolean): void {
  scope.outcome = succeeded ? 'succeeded' : 'failed';
  if (succeeded) mergeCommitted(scope);
  writeSamples(invocation, scope.atOnce);
}

function mergeCommitted(scope: Scope): void {
  for (const [properties, group] of scope.onCommit) {
    const merged = scope.atOnce.get(properties);
    if (merged) for (const [key, cell] of group.cells) merged.cells.set(`committed ${key}`, cell);
    else scope.atOnce.set(properties, group);
  }
}

function recordAttributes(record: SQSRecord): Record<string, string | number> {
  // A producer may write anything there: what is no trace id is not masked as one.
  const producer = parseTraceHeader(record.attributes?.AWSTraceHeader)?.root;
  const correlationId = record.messageAttributes?.correlationId?.stringValue;
  return {
    message_id: record.messageId,
    receive_count: Number(record.attributes?.ApproximateReceiveCount ?? 1),
    ...(producer && { producer_trace_id: producer }),
    ...(correlationId && { correlation_id: correlationId }),
  };
}
