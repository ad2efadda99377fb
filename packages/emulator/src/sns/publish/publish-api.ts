import { byteLength } from '../../queue/message/byte-length.ts';
import { type Input, readObjects, readString } from '../../service-api/input.ts';
import { arnParts, topicOf } from '../arn-checks.ts';
import { deliverToAll } from '../delivery/deliver.ts';
import type { Notification } from '../delivery/notification.ts';
import { isPhoneNumber } from '../phone-number.ts';
import type { SnsCall } from '../sns-call.ts';
import type { SnsContext } from '../sns-context.ts';
import {
  batchTooLong,
  emptyBatch,
  idsNotDistinct,
  invalidBatchEntryId,
  invalidParameter,
  tooManyEntries,
} from '../sns-errors.ts';
import { bytesOfAttributes, readMessageAttributes } from './message-attributes.ts';

const mostBytes = 262_144;

type Published = Pick<Notification, 'topicArn' | 'message'> & Partial<Omit<Notification, 'messageId' | 'at'>>;

/** Publishes to a topic; deliveries go on after the answer. Gives back the message id. */
export const publish = (context: SnsContext, published: Published): string => {
  const messageId = context.newId();
  const notification = { subject: undefined, texts: {}, attributes: {}, ...published, messageId, at: context.now() };
  context.track(deliverToAll(context, notification));
  return messageId;
};

/** With `MessageStructure` json the message is an object with a text for each protocol, and a default for the others. */
const readText = (input: Input): Pick<Notification, 'message' | 'texts'> & { readonly bytes: number } => {
  const message = readString(input, 'Message') ?? '';
  if (message === '') throw invalidParameter('Empty message');
  const bytes = byteLength(message);
  if (readString(input, 'MessageStructure') !== 'json') return { message, texts: {}, bytes };
  const parsed = parse(message);
  const members = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  const texts = Object.fromEntries(members.filter(([, text]) => typeof text === 'string'));
  const { default: text, ...others } = texts;
  if (text === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { message: text, texts: others, bytes };
};

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw invalidParameter('Message Structure - JSON message body failed to parse');
  }
};

const readSubject = (input: Input): string | undefined => {
  const subject = readString(input, 'Subject');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
  if (subject !== undefined && (subject === '' || subject.length > 100 || /[\u0000-\u001f]/.test(subject))) {
    throw invalidParameter('Subject');
  }
  return subject;
};

type Readable = { readonly bytes: number; readonly published: Omit<Published, 'topicArn'> };

/** A message, or an entry of a batch, whose message attributes are at `path` in the request. */
const readMessage = ({ traceHeader }: SnsCall, input: Input, path: string): Readable => {
  if (readString(input, 'MessageDeduplicationId') !== undefined) {
    throw invalidParameter(
      'MessageDeduplicationId Reason: The request includes MessageDeduplicationId parameter that is not valid for ' +
        'this topic type',
    );
  }
  const { bytes, ...text } = readText(input);
  const attributes = readMessageAttributes(input, path);
  const messageGroupId = readString(input, 'MessageGroupId');
  return {
    bytes: bytes + bytesOfAttributes(attributes),
    published: {
      ...text,
      subject: readSubject(input),
      attributes,
      ...(messageGroupId !== undefined && { messageGroupId }),
      ...(traceHeader !== undefined && { traceHeader }),
    },
  };
};

const checkEntryId = (id: string): void => {
  if (id.length > 80) throw invalidBatchEntryId(`is too long: ${id}`);
  if (!/^[\w-]+$/.test(id)) throw invalidBatchEntryId(`contains an impermissible character: ${id}`);
};

/** A text message to a telephone, without a topic. */
const publishToPhone = (context: SnsContext, to: string, message: string): string => {
  if (!isPhoneNumber(to)) throw invalidParameter(`PhoneNumber Reason: ${to} is not valid to publish to`);
  const messageId = context.newId();
  const mail = {
    at: context.now(),
    protocol: 'sms',
    to,
    topicArn: '',
    messageId,
    subject: undefined,
    message,
  } as const;
  context.commit({ kind: 'mail', mail });
  return messageId;
};

const targetOf = (call: SnsCall, input: Input): string => {
  const target = readString(input, 'TargetArn');
  if (target === undefined && readString(input, 'TopicArn') === undefined) {
    throw invalidParameter('TopicArn or TargetArn Reason: no value for required parameter');
  }
  if (target === undefined) return topicOf(call, input).arn;
  if (arnParts(target, 'TargetArn')[5]?.startsWith('endpoint/')) {
    throw invalidParameter('TargetArn Reason: No endpoint found for the target arn specified');
  }
  return topicOf(call, input, 'TargetArn').arn;
};

export const publishOperations: Readonly<Record<string, (call: SnsCall, input: Input) => unknown>> = {
  Publish: (call, input) => {
    const phoneNumber = readString(input, 'PhoneNumber');
    if (phoneNumber !== undefined) {
      const { message, texts } = readText(input);
      return { MessageId: publishToPhone(call, phoneNumber, texts.sms ?? message) };
    }
    const topicArn = targetOf(call, input);
    const { bytes, published } = readMessage(call, input, 'messageAttributes');
    if (bytes > mostBytes) throw invalidParameter('Message too long');
    return { MessageId: publish(call, { ...published, topicArn }) };
  },
  /** What is wrong with one entry fails them all, as recorded of AWS. */
  PublishBatch: (call, input) => {
    const { arn: topicArn } = topicOf(call, input);
    const entries = readObjects(input, 'PublishBatchRequestEntries');
    if (entries.length === 0) throw emptyBatch();
    if (entries.length > 10) throw tooManyEntries();
    const ids = entries.map((entry) => readString(entry, 'Id') ?? '');
    ids.forEach(checkEntryId);
    if (new Set(ids).size < entries.length) throw idsNotDistinct();
    const messages = entries.map((entry, index) =>
      readMessage(call, entry, `publishBatchRequestEntries.${index + 1}.member.messageAttributes`),
    );
    if (messages.reduce((sum, { bytes }) => sum + bytes, 0) > mostBytes) throw batchTooLong();
    const Successful = messages.map(({ published }, index) => ({
      Id: ids[index],
      MessageId: publish(call, { ...published, topicArn }),
    }));
    return { Successful, Failed: [] };
  },
};
