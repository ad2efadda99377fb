import type { Message } from '../queue/message/message.ts';
import { md5OfAttributes, md5OfBody } from '../queue/message/message-digest.ts';
import type { Queue } from '../queue/queue.ts';
import { queueLimits } from '../queue/queue-settings.ts';
import type { Input } from '../service-api/input.ts';
import { entryBytes, type MessageDraft, readMessage } from './read-message.ts';
import { type BatchOutput, eachEntry, readEntries } from './sqs-batch.ts';
import { queueOf, type SqsContext } from './sqs-context.ts';
import { batchRequestTooLong } from './sqs-errors.ts';

const senderId = 'AIDALOCALEMULATOR0000';

type Sendable = { readonly message: Message; readonly delayMs: number };

const messageOf = (context: SqsContext, queue: Queue, draft: MessageDraft): Sendable => {
  const { delaySeconds, bytes: _bytes, ...content } = draft;
  const digest = md5OfAttributes(draft.attributes);
  const message: Message = {
    ...content,
    messageId: context.newId(),
    md5OfBody: md5OfBody(draft.body),
    ...(digest === undefined ? {} : { md5OfAttributes: digest }),
    senderId,
    sentAt: context.now(),
  };
  return { message, delayMs: (delaySeconds ?? queue.settings.delaySeconds) * 1000 };
};

const receiptOf = ({ message }: Sendable): Input => {
  const system = message.traceHeader;
  return {
    MessageId: message.messageId,
    MD5OfMessageBody: message.md5OfBody,
    ...(message.md5OfAttributes === undefined ? {} : { MD5OfMessageAttributes: message.md5OfAttributes }),
    ...(system === undefined
      ? {}
      : {
          MD5OfMessageSystemAttributes: md5OfAttributes({
            AWSTraceHeader: { dataType: 'String', stringValue: system },
          }),
        }),
  };
};

export const sendMessageOperation = (context: SqsContext, input: Input): Input => {
  const queue = queueOf(context, input);
  const sendable = messageOf(context, queue, readMessage(input, queue.settings.maximumMessageBytes));
  context.queues.send(queue, (put) => put(sendable.message, sendable.delayMs));
  return receiptOf(sendable);
};

export const sendMessageBatchOperation = (context: SqsContext, input: Input): BatchOutput => {
  const queue = queueOf(context, input);
  const entries = readEntries(input, 'SendMessageBatchRequestEntry');
  const limit = queueLimits.maximumMessageBytes.max;
  const sent = entries.reduce((bytes, entry) => bytes + entryBytes(entry.input), 0);
  if (sent > limit) throw batchRequestTooLong(limit, sent);
  return context.queues.send(queue, (put) =>
    eachEntry(entries, (entry) => {
      const sendable = messageOf(context, queue, readMessage(entry.input, queue.settings.maximumMessageBytes));
      put(sendable.message, sendable.delayMs);
      return receiptOf(sendable);
    }),
  );
};
