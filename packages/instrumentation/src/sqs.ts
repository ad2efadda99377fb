import { setMaxListeners } from 'node:events';
import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { Frame } from './runtime/invocation.ts';
import { numberOption } from './runtime/number-option.ts';
import { messageGroups } from './sqs/message-groups.ts';
import { failRecord, openRecord, runRecord } from './sqs/record-scope.ts';
import { beforeAbort, createSlots } from './sqs/slots.ts';
import { frameFor, writeLog } from './tools/tools-of.ts';

export type RecordTools = {
  /** Aborts shortly before the timeout; the record is then returned as a failure. */
  readonly signal: AbortSignal;
};

export type EachRecordOptions = {
  /** Records in work at once. Default: all of the batch. */
  readonly concurrency?: number;
};

type Work = (record: SQSRecord, tools: RecordTools) => unknown;

/**
 * Works an SQS batch record by record and returns the partial batch response: a span per record, on-commit metrics
 * written when their record succeeds and dropped when it fails, records past the deadline returned as failures. Each
 * record that fails is logged once, with its ids and its cause. Records of a FIFO queue keep the order of their message
 * group: after one that failed the rest of its group is returned as failures, and other groups go on.
 *
 * The event source mapping needs `ReportBatchItemFailures`.
 */
export async function eachRecord(
  event: SQSEvent,
  work: Work,
  { concurrency }: EachRecordOptions = {},
): Promise<SQSBatchResponse> {
  const outer = frameFor(undefined);
  const refused = (message: string) => outer?.invocation.observer.report({ code: 'bad-option', message });
  const signal = outer?.invocation.abort.signal ?? new AbortController().signal;
  // One listener for each record in work is no leak.
  setMaxListeners(0, signal);
  const slots = createSlots(numberOption(refused, 'concurrency', concurrency, Number.POSITIVE_INFINITY));
  const late: string[] = [];
  const skipped: string[] = [];
  const inTurn = messageGroups(({ messageId }) => skipped.push(messageId));
  const observed = outer && observeRecords(outer, work, signal);
  const inSlot = (record: SQSRecord) => async () => {
    if (!signal.aborted) return observed ? observed(record) : work(record, { signal });
    late.push(record.messageId);
    throw signal.reason;
  };
  const run = (record: SQSRecord) => inTurn(record, () => slots(inSlot(record)));
  const processor = new BatchProcessor(EventType.SQS);
  const response = await processPartialResponse(event, run, processor, { throwOnFullBatchFailure: false });
  if (outer) {
    outer.invocation.failedRecords += response.batchItemFailures.length;
    tell(outer, 'records not started before the deadline', late);
    tell(outer, 'records not started, as an earlier one of their message group failed', skipped);
  }
  return response;
}

function tell(outer: Frame, message: string, message_ids: readonly string[]): void {
  if (message_ids.length > 0) writeLog(outer, 'warn', message, { message_ids });
}

function observeRecords(outer: Frame, work: Work, signal: AbortSignal): (record: SQSRecord) => Promise<unknown> {
  let failed = 0;
  return async (record) => {
    const opened = openRecord(outer, record);
    try {
      return await beforeAbort(signal, () => runRecord(opened, record, () => work(record, { signal }), signal));
    } catch (error) {
      failed += 1;
      failRecord(opened, record, error, failed);
      throw error;
    }
  };
}
