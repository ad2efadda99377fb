import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { type Frame, frames, newScope, type Scope, writeSamples } from './runtime/invocation.ts';
import { frameFor } from './runtime/tools-of.ts';
import { traceOf } from './runtime/trace-of.ts';

export type RecordTools = {
  /** Aborts shortly before the timeout; the record is then returned as a failure. */
  readonly signal: AbortSignal;
};

export type EachRecordOptions = {
  /** Records in work at once. Default: all of the batch. */
  readonly concurrency?: number;
};

/**
 * Works an SQS batch record by record and returns the partial batch response: a span per record, on-commit metrics
 * written when their record succeeds and dropped when it fails, records past the deadline returned as failures.
 * The event source mapping needs `ReportBatchItemFailures`.
 */
export async function eachRecord(
  event: SQSEvent,
  work: (record: SQSRecord, tools: RecordTools) => unknown,
  { concurrency = Number.POSITIVE_INFINITY }: EachRecordOptions = {},
): Promise<SQSBatchResponse> {
  const outer = frameFor(undefined);
  const signal = outer?.invocation.abort.signal ?? new AbortController().signal;
  const slots = createSlots(concurrency);
  const run = (record: SQSRecord) =>
    slots(() =>
      beforeDeadline(signal, () => (outer ? inScope(outer, record, work, signal) : work(record, { signal }))),
    );
  const processor = new BatchProcessor(EventType.SQS);
  const response = await processPartialResponse(event, run, processor, { throwOnFullBatchFailure: false });
  markBatch(outer, response, event);
  return response;
}

async function inScope(
  outer: Frame,
  record: SQSRecord,
  work: (record: SQSRecord, tools: RecordTools) => unknown,
  signal: AbortSignal,
): Promise<unknown> {
  const { invocation } = outer;
  const scope = newScope(outer.scope);
  scope.attributes = { ...scope.attributes, ...recordAttributes(record) };
  invocation.scopes.add(scope);
  const frame = { ...outer, scope };
  let succeeded = false;
  try {
    const trace = traceOf(() => frames.getStore());
    const result = await frames.run(frame, () => trace.span('record', async () => work(record, { signal })));
    succeeded = !signal.aborted;
    return result;
  } finally {
    invocation.scopes.delete(scope);
    settleScope(frame, scope, succeeded);
  }
}

function settleScope({ invocation }: Frame, scope: Scope, succeeded: boolean): void {
  if (succeeded) {
    for (const [properties, group] of scope.onCommit) {
      const merged = scope.atOnce.get(properties);
      if (merged) for (const [key, cell] of group.cells) merged.cells.set(key, cell);
      else scope.atOnce.set(properties, group);
    }
  }
  writeSamples(invocation, scope.atOnce);
}

function recordAttributes(record: SQSRecord): Record<string, unknown> {
  const producer = /Root=([^;]+)/.exec(record.attributes?.AWSTraceHeader ?? '')?.[1];
  const correlationId = record.messageAttributes?.correlationId?.stringValue;
  return {
    message_id: record.messageId,
    receive_count: Number(record.attributes?.ApproximateReceiveCount ?? 1),
    ...(producer && { producer_trace_id: producer }),
    ...(correlationId && { correlation_id: correlationId }),
  };
}

function markBatch(outer: Frame | undefined, response: SQSBatchResponse, event: SQSEvent): void {
  const failed = response.batchItemFailures.length;
  if (failed === 0 || !outer?.span) return;
  if (failed === event.Records.length) outer.span.flags.fault = true;
  else outer.span.flags.error = true;
}

/** Work that has not ended at the deadline fails then, while there is time to say so. */
function beforeDeadline(signal: AbortSignal, run: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason);
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    const done = () => signal.removeEventListener('abort', abort);
    Promise.resolve().then(run).then(resolve, reject).finally(done);
  });
}

function createSlots(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  let free = Math.max(1, most);
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
