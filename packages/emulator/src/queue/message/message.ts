/** A user's message attribute. */
export type MessageAttribute = {
  /** `String`, `Number` or `Binary`, with an optional custom label after a dot. */
  readonly dataType: string;
  readonly stringValue?: string;
  /** Base64, as it travels in AWS JSON. */
  readonly binaryValue?: string;
};

/** What a sender gives, checked and digested. */
export type Message = {
  readonly messageId: string;
  readonly body: string;
  readonly md5OfBody: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  /** Absent without attributes. */
  readonly md5OfAttributes?: string;
  /** The `AWSTraceHeader` system attribute. */
  readonly traceHeader?: string;
  /** Standard queues take it for fair queueing; it orders nothing here. */
  readonly messageGroupId?: string;
  readonly senderId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Set on messages that a redrive policy has moved here. */
  readonly deadLetterQueueSourceArn?: string;
  /** When it did, epoch milliseconds. */
  readonly deadLetteredAt?: number;
};

/** One delivery of a message. */
export type ReceivedMessage = {
  readonly message: Message;
  readonly receiptHandle: string;
  /** 1 at the first delivery. */
  readonly receiveCount: number;
  /** Epoch milliseconds. */
  readonly firstReceivedAt: number;
};

/** The system attributes that SQS gives with a delivery, by their SQS names, all values as strings. */
export const systemAttributesOf = (received: ReceivedMessage): Record<string, string> => {
  const { message } = received;
  return {
    ApproximateReceiveCount: String(received.receiveCount),
    ...(message.traceHeader === undefined ? {} : { AWSTraceHeader: message.traceHeader }),
    SentTimestamp: String(message.sentAt),
    ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
    SenderId: message.senderId,
    ApproximateFirstReceiveTimestamp: String(received.firstReceivedAt),
    ...(message.deadLetterQueueSourceArn === undefined
      ? {}
      : { DeadLetterQueueSourceArn: message.deadLetterQueueSourceArn }),
  };
};

const receiptSeparator = '\n';

/** A receipt handle names its queue, its message and the delivery it belongs to. */
export const receiptHandleOf = (queueName: string, messageId: string, receiveCount: number): string =>
  btoa([queueName, messageId, receiveCount].join(receiptSeparator));

/** The delivery that a receipt handle stands for; `undefined` for a text that is no handle of this queue. */
export const readReceiptHandle = (
  queueName: string,
  handle: string,
): { readonly messageId: string; readonly receiveCount: number } | undefined => {
  if (!/^[A-Za-z0-9+/]+=*$/.test(handle)) return undefined;
  let text: string;
  try {
    text = atob(handle);
  } catch {
    return undefined;
  }
  const [name, messageId, receiveCount, ...rest] = text.split(receiptSeparator);
  if (name !== queueName || messageId === undefined || rest.length > 0) return undefined;
  const count = Number(receiveCount);
  return Number.isInteger(count) && count > 0 ? { messageId, receiveCount: count } : undefined;
};
