import { byteLength } from '../queue/byte-length.ts';
import { type Input, readObject, readObjects, readString } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { deliverToAll } from './delivery/deliver.ts';
import type { Notification, SnsAttribute } from './delivery/notification.ts';
import type { SnsContext } from './sns-context.ts';
import { emptyBatch, idsNotDistinct, invalidParameter, tooManyEntries } from './sns-errors.ts';
import { topicOf } from './topics-api.ts';

const mostBytes = 262_144;

/** Publishes to a topic; deliveries go on after the answer. Gives back the message id. */
export const publish = (
  context: SnsContext,
  message: {
    readonly topicArn: string;
    readonly subject?: string | undefined;
    readonly message: string;
    readonly texts?: Notification['texts'];
    readonly attributes?: Readonly<Record<string, SnsAttribute>>;
  },
): string => {
  const messageId = context.newId();
  const { topicArn, subject, texts = {}, attributes = {} } = message;
  const notification = { messageId, topicArn, subject, message: message.message, texts, at: context.now(), attributes };
  context.track(deliverToAll(context, notification));
  return messageId;
};

const readMessageAttributes = (input: Input): Record<string, SnsAttribute> =>
  Object.fromEntries(
    Object.keys(readObject(input, 'MessageAttributes')).map((name) => {
      const attribute = readObject(readObject(input, 'MessageAttributes'), name);
      const Type = readString(attribute, 'DataType') ?? '';
      if (!/^(String|String\.Array|Number|Binary)(\.\w+)*$/.test(Type)) {
        throw invalidParameter(`The message attribute '${name}' has an invalid message attribute type`);
      }
      const Value = readString(attribute, Type.startsWith('Binary') ? 'BinaryValue' : 'StringValue') ?? '';
      if (Value === '')
        throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute value`);
      if (Type === 'Number' && !Number.isFinite(Number(Value))) {
        throw invalidParameter(`Could not cast message attribute '${name}' value to number.`);
      }
      return [name, { Type, Value }];
    }),
  );

/** With `MessageStructure` json the message is an object with a text for each protocol, and a default for the others. */
const readText = (input: Input): Pick<Notification, 'message' | 'texts'> => {
  const message = readString(input, 'Message') ?? '';
  if (message === '') throw invalidParameter('Empty message');
  if (byteLength(message) > mostBytes) throw invalidParameter('Message too long');
  if (readString(input, 'MessageStructure') !== 'json') return { message, texts: {} };
  const parsed = parse(message);
  const members = typeof parsed === 'object' && parsed !== null ? Object.entries(parsed) : [];
  const texts = Object.fromEntries(members.filter(([, text]) => typeof text === 'string'));
  const { default: text, ...others } = texts;
  if (text === undefined) throw invalidParameter('Message Structure - No default entry in JSON message body');
  return { message: text, texts: others };
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

const publishOne = (context: SnsContext, topicArn: string, input: Input): string =>
  publish(context, {
    topicArn,
    subject: readSubject(input),
    ...readText(input),
    attributes: readMessageAttributes(input),
  });

const publishEntry = (context: SnsContext, topicArn: string, entry: Input) => {
  const Id = readString(entry, 'Id') ?? '';
  try {
    return { done: { Id, MessageId: publishOne(context, topicArn, entry) } };
  } catch (error) {
    if (!(error instanceof ServiceError)) throw error;
    return { failed: { Id, Code: error.queryCode, Message: error.message, SenderFault: true } };
  }
};

/** A text message to a telephone, without a topic. */
const publishToPhone = (context: SnsContext, phoneNumber: string, message: string): string => {
  const messageId = context.newId();
  const mail = {
    at: context.now(),
    protocol: 'sms',
    to: phoneNumber,
    topicArn: '',
    messageId,
    subject: undefined,
    message,
  } as const;
  context.commit({ kind: 'mail', mail });
  return messageId;
};

export const publishOperations: Readonly<Record<string, (context: SnsContext, input: Input) => unknown>> = {
  Publish: (context, input) => {
    const phoneNumber = readString(input, 'PhoneNumber');
    if (phoneNumber !== undefined) {
      const { message, texts } = readText(input);
      return { MessageId: publishToPhone(context, phoneNumber, texts.sms ?? message) };
    }
    const { arn } = topicOf(context, input, readString(input, 'TopicArn') === undefined ? 'TargetArn' : 'TopicArn');
    return { MessageId: publishOne(context, arn, input) };
  },
  PublishBatch: (context, input) => {
    const { arn } = topicOf(context, input);
    const entries = readObjects(input, 'PublishBatchRequestEntries');
    if (entries.length === 0) throw emptyBatch();
    if (entries.length > 10) throw tooManyEntries();
    if (new Set(entries.map(({ Id }) => Id)).size < entries.length) throw idsNotDistinct();
    const outcomes = entries.map((entry) => publishEntry(context, arn, entry));
    return {
      Successful: outcomes.flatMap(({ done }) => done ?? []),
      Failed: outcomes.flatMap(({ failed }) => failed ?? []),
    };
  },
};
