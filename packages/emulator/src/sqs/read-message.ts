import { byteLength } from '../queue/message/byte-length.ts';
import type { MessageAttribute } from '../queue/message/message.ts';
import { base64Bytes, messageBytes } from '../queue/message/message-bytes.ts';
import { queueLimits } from '../queue/queue-settings.ts';
import { type Input, isObject, readInteger, readObject, readString } from '../service-api/input.ts';
import { invalidMessageContents, invalidParameter, invalidParameterOf, missingParameter } from './sqs-errors.ts';

/** A message as a request gives it, checked, before it has an id and digests. */
export type MessageDraft = {
  readonly body: string;
  readonly attributes: Readonly<Record<string, MessageAttribute>>;
  readonly traceHeader?: string;
  readonly messageGroupId?: string;
  /** Absent: the queue's own delay. */
  readonly delaySeconds?: number;
  /** Of body and attributes in UTF-8. */
  readonly bytes: number;
};

/** Reads one SendMessage request or batch entry. @throws ServiceError as SQS would. */
export const readMessage = (input: Input, maximumBytes: number): MessageDraft => {
  const body = readString(input, 'MessageBody');
  if (body === undefined || body === '') throw missingParameter('MessageBody');
  const forbidden = forbiddenCharacter(body);
  if (forbidden !== undefined) throw invalidMessageContents(forbidden);
  refuseFifoMembers(input);
  const attributes = readMessageAttributes(readObject(input, 'MessageAttributes'));
  const bytes = messageBytes({ body, attributes });
  if (bytes > maximumBytes) {
    throw invalidParameter(
      `One or more parameters are invalid. Reason: Message must be shorter than ${maximumBytes} bytes.`,
    );
  }
  const delaySeconds = readDelay(input);
  const traceHeader = readTraceHeader(readObject(input, 'MessageSystemAttributes'));
  const messageGroupId = readString(input, 'MessageGroupId');
  return {
    body,
    attributes,
    bytes,
    ...(traceHeader === undefined ? {} : { traceHeader }),
    ...(messageGroupId === undefined ? {} : { messageGroupId }),
    ...(delaySeconds === undefined ? {} : { delaySeconds }),
  };
};

/** What an entry counts for in the length of its batch, before anything of it is checked. */
export const entryBytes = (input: Input): number => {
  const attributes = Object.entries(isObject(input.MessageAttributes) ? input.MessageAttributes : {});
  return attributes.reduce(
    (bytes, [name, attribute]) => {
      const { DataType = '', StringValue = '', BinaryValue = '' } = isObject(attribute) ? attribute : {};
      return bytes + byteLength(`${name}${DataType}${StringValue}`) + base64Bytes(String(BinaryValue));
    },
    byteLength(String(input.MessageBody ?? '')),
  );
};

const refuseFifoMembers = (input: Input): void => {
  const id = readString(input, 'MessageDeduplicationId');
  if (id !== undefined) {
    throw invalidParameterOf(
      'MessageDeduplicationId',
      id,
      'The request includes a parameter that is not valid for this queue type.',
    );
  }
};

const readDelay = (input: Input): number | undefined => {
  const delay = readInteger(input, 'DelaySeconds');
  const { min, max } = queueLimits.delaySeconds;
  if (delay !== undefined && (delay < min || delay > max)) {
    throw invalidParameterOf('DelaySeconds', delay, `DelaySeconds must be >= ${min} and <= ${max}.`);
  }
  return delay;
};

const readTraceHeader = (attributes: Input): string | undefined => {
  for (const name of Object.keys(attributes)) {
    if (name !== 'AWSTraceHeader') throw invalidParameter(`Message system attribute name '${name}' is invalid.`);
  }
  const attribute = attributes.AWSTraceHeader;
  if (attribute === undefined) return undefined;
  const value = isObject(attribute) ? readString(attribute, 'StringValue') : undefined;
  if (!isObject(attribute) || attribute.DataType !== 'String' || value === undefined || value === '') {
    throw invalidParameter("Message system attribute 'AWSTraceHeader' must be a non-empty value of type 'String'.");
  }
  return value;
};

const readMessageAttributes = (attributes: Input): Record<string, MessageAttribute> => {
  const names = Object.keys(attributes);
  if (names.length > 10) {
    throw invalidParameter(`Number of message attributes [${names.length}] exceeds the allowed maximum [10].`);
  }
  return Object.fromEntries(names.map((name) => [name, readAttribute(name, readObject(attributes, name))]));
};

const isAttributeName = (name: string): boolean =>
  /^(?!aws\.|amazon\.)[\w-]+(\.[\w-]+)*$/i.test(name) && name.length <= 256;

const readAttribute = (name: string, attribute: Input): MessageAttribute => {
  if (!isAttributeName(name)) throw invalidParameter(`Message (user) attribute name '${name}' is invalid.`);
  const dataType = readString(attribute, 'DataType') ?? '';
  const kind = /^(String|Number|Binary)(\..*)?$/.exec(dataType)?.[1];
  if (kind === undefined || dataType.length > 256) {
    throw invalidParameter(
      `The type of message (user) attribute '${name}' is invalid. You must use only the following supported type ` +
        'prefixes: Binary, Number, String.',
    );
  }
  const value = readString(attribute, kind === 'Binary' ? 'BinaryValue' : 'StringValue');
  if (value === undefined || value === '') {
    throw invalidParameter(
      `The message (user) attribute '${name}' must contain a non-empty message attribute value for message ` +
        `attribute type '${kind}'.`,
    );
  }
  if (kind === 'Number' && !Number.isFinite(Number(value))) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return { dataType, ...(kind === 'Binary' ? { binaryValue: value } : { stringValue: value }) };
};

/** Hex code of the first character that SQS refuses in a body (API reference, SendMessage). */
const forbiddenCharacter = (body: string): string | undefined => {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  const match = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])/.exec(body);
  return match?.[0].charCodeAt(0).toString(16);
};
