import { byteLength } from '../queue/message/byte-length.ts';
import {
  type Message,
  type MessageAttribute,
  type ReceivedMessage,
  systemAttributesOf,
} from '../queue/message/message.ts';

/** The event that Lambda gives a function for a batch of SQS messages. */
export type SqsEvent = { readonly Records: readonly SqsRecord[] };

type SqsRecord = {
  readonly messageId: string;
  readonly receiptHandle: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly messageAttributes: Readonly<Record<string, SqsRecordAttribute>>;
  readonly md5OfMessageAttributes?: string;
  readonly md5OfBody: string;
  readonly eventSource: 'aws:sqs';
  readonly eventSourceARN: string;
  readonly awsRegion: string;
};

type SqsRecordAttribute = {
  readonly stringValue?: string;
  readonly binaryValue?: string;
  readonly stringListValues: readonly [];
  readonly binaryListValues: readonly [];
  readonly dataType: string;
};

const renderAttribute = ({ dataType, ...value }: MessageAttribute): SqsRecordAttribute => ({
  ...value,
  stringListValues: [],
  binaryListValues: [],
  dataType,
});

/** Builds the event (Lambda Developer Guide, "Using Lambda with Amazon SQS"). */
export const sqsEventOf = (
  received: readonly ReceivedMessage[],
  source: { readonly arn: string; readonly region: string },
): SqsEvent => ({
  Records: received.map((delivery) => ({
    messageId: delivery.message.messageId,
    receiptHandle: delivery.receiptHandle,
    body: delivery.message.body,
    attributes: systemAttributesOf(delivery),
    messageAttributes: Object.fromEntries(
      Object.entries(delivery.message.attributes).map(([name, attribute]) => [name, renderAttribute(attribute)]),
    ),
    ...(delivery.message.md5OfAttributes === undefined
      ? {}
      : { md5OfMessageAttributes: delivery.message.md5OfAttributes }),
    md5OfBody: delivery.message.md5OfBody,
    eventSource: 'aws:sqs',
    eventSourceARN: source.arn,
    awsRegion: source.region,
  })),
});

/** Of a record, all that every message has: ids, digests, times and names. */
const plainRecordBytes = 1024;

/** What a message takes in an event at most, about. */
export const recordBytesOf = ({ body, attributes, traceHeader = '' }: Message): number => {
  const rendered = Object.entries(attributes).map(([name, attribute]) => [name, renderAttribute(attribute)]);
  return plainRecordBytes + byteLength(JSON.stringify([body, rendered, traceHeader]));
};
