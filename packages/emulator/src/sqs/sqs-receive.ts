import { type MessageAttribute, type ReceivedMessage, systemAttributesOf } from '../queue/message/message.ts';
import { md5OfAttributes } from '../queue/message/message-digest.ts';
import { type QueueLimitName, queueLimits } from '../queue/queue-settings.ts';
import { type Input, readInteger, readStrings } from '../service-api/input.ts';
import { queueOf, type SqsContext } from './sqs-context.ts';
import { invalidAttributeName, invalidParameterOf, overLimit } from './sqs-errors.ts';

const systemAttributeNames = new Set([
  'All',
  'SenderId',
  'SentTimestamp',
  'ApproximateReceiveCount',
  'ApproximateFirstReceiveTimestamp',
  'SequenceNumber',
  'MessageDeduplicationId',
  'MessageGroupId',
  'AWSTraceHeader',
  'DeadLetterQueueSourceArn',
]);

/** In-flight messages that SQS allows a standard queue. */
const inFlightLimit = 120_000;

type Wanted = { readonly system: readonly string[]; readonly user: readonly string[] };

/** The member in seconds, checked against the queue setting it overrides. @throws ServiceError. */
export const readSeconds = (input: Input, name: string, key: QueueLimitName): number | undefined => {
  const { min, max } = queueLimits[key];
  const value = readInteger(input, name);
  if (value !== undefined && (value < min || value > max)) {
    throw invalidParameterOf(name, value, `Must be >= ${min} and <= ${max}, if provided.`);
  }
  return value;
};

export const receiveMessageOperation = async (context: SqsContext, input: Input): Promise<Input> => {
  const queue = queueOf(context, input);
  const max = readInteger(input, 'MaxNumberOfMessages') ?? 1;
  if (max < 1 || max > 10) {
    throw invalidParameterOf('MaxNumberOfMessages', max, 'Must be between 1 and 10, if provided.');
  }
  const visibility = readSeconds(input, 'VisibilityTimeout', 'visibilityTimeoutSeconds');
  const wait = readSeconds(input, 'WaitTimeSeconds', 'receiveWaitSeconds');
  const wanted = readWanted(input);
  if (context.queues.countsOf(queue).inFlight >= inFlightLimit) throw overLimit(inFlightLimit);
  const received = await context.queues.receive(queue, {
    max,
    waitMs: (wait ?? queue.settings.receiveWaitSeconds) * 1000,
    ...(visibility === undefined ? {} : { visibilityMs: visibility * 1000 }),
    ...(context.signal === undefined ? {} : { signal: context.signal }),
  });
  return received.length === 0 ? {} : { Messages: received.map((message) => renderMessage(message, wanted)) };
};

const readWanted = (input: Input): Wanted => {
  const system = [...readStrings(input, 'MessageSystemAttributeNames'), ...readStrings(input, 'AttributeNames')];
  for (const name of system) if (!systemAttributeNames.has(name)) throw invalidAttributeName(name);
  return { system, user: readStrings(input, 'MessageAttributeNames') };
};

const isWanted = (name: string, patterns: readonly string[]): boolean =>
  patterns.some(
    (pattern) =>
      pattern === 'All' ||
      pattern === '.*' ||
      pattern === name ||
      (pattern.endsWith('.*') && name.startsWith(pattern.slice(0, -2))),
  );

const renderAttribute = ({ dataType, stringValue, binaryValue }: MessageAttribute): Input => ({
  DataType: dataType,
  ...(stringValue === undefined ? { BinaryValue: binaryValue } : { StringValue: stringValue }),
});

const renderMessage = (received: ReceivedMessage, wanted: Wanted): Input => {
  const { message } = received;
  const system = Object.entries(systemAttributesOf(received)).filter(
    ([name]) => wanted.system.includes('All') || wanted.system.includes(name),
  );
  const user = Object.entries(message.attributes).filter(([name]) => isWanted(name, wanted.user));
  return {
    MessageId: message.messageId,
    ReceiptHandle: received.receiptHandle,
    MD5OfBody: message.md5OfBody,
    Body: message.body,
    ...(system.length === 0 ? {} : { Attributes: Object.fromEntries(system) }),
    ...(user.length === 0
      ? {}
      : {
          MD5OfMessageAttributes: md5OfAttributes(Object.fromEntries(user)),
          MessageAttributes: Object.fromEntries(user.map(([name, value]) => [name, renderAttribute(value)])),
        }),
  };
};
