import type { Queue } from '../queue/queue.ts';
import type { Input } from '../service-api/input.ts';
import { type BatchOutput, eachEntry, readEntries } from './sqs-batch.ts';
import { queueOf, requiredString, type SqsContext } from './sqs-context.ts';
import { invalidParameterOf, messageNotInflight, missingParameter, receiptHandleIsInvalid } from './sqs-errors.ts';
import { readSeconds } from './sqs-receive.ts';

const deleteByReceipt = (context: SqsContext, queue: Queue, input: Input): Input => {
  const handle = requiredString(input, 'ReceiptHandle');
  if (context.queues.remove(queue, [handle])[0] === 'invalid') throw receiptHandleIsInvalid(handle);
  return {};
};

const changeByReceipt = (context: SqsContext, queue: Queue, input: Input): Input => {
  const handle = requiredString(input, 'ReceiptHandle');
  const seconds = readSeconds(input, 'VisibilityTimeout', 'visibilityTimeoutSeconds');
  if (seconds === undefined) throw missingParameter('VisibilityTimeout');
  const outcome = context.queues.changeVisibility(queue, handle, seconds * 1000);
  switch (outcome) {
    case 'done':
      return {};
    case 'invalid':
      throw receiptHandleIsInvalid(handle);
    case 'not-in-flight':
      throw messageNotInflight(handle);
    case 'too-long': {
      const reason = 'Total VisibilityTimeout for the message is beyond the limit [43200 seconds].';
      throw invalidParameterOf('VisibilityTimeout', seconds, reason);
    }
    case 'stale':
      throw invalidParameterOf(
        'ReceiptHandle',
        handle,
        'Message does not exist or is not available for visibility timeout change.',
      );
  }
};

export const deleteMessageOperation = (context: SqsContext, input: Input): Input =>
  deleteByReceipt(context, queueOf(context, input), input);

export const deleteMessageBatchOperation = (context: SqsContext, input: Input): BatchOutput => {
  const queue = queueOf(context, input);
  const entries = readEntries(input, 'DeleteMessageBatchRequestEntry');
  return eachEntry(entries, (entry) => deleteByReceipt(context, queue, entry.input));
};

export const changeMessageVisibilityOperation = (context: SqsContext, input: Input): Input =>
  changeByReceipt(context, queueOf(context, input), input);

export const changeMessageVisibilityBatchOperation = (context: SqsContext, input: Input): BatchOutput => {
  const queue = queueOf(context, input);
  const entries = readEntries(input, 'ChangeMessageVisibilityBatchRequestEntry');
  return eachEntry(entries, (entry) => changeByReceipt(context, queue, entry.input));
};
