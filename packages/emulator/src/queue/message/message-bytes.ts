import { byteLength } from './byte-length.ts';
import type { Message, MessageAttribute } from './message.ts';

/** How many bytes a text in Base64 stands for. */
export const base64Bytes = (base64: string): number => Math.floor((base64.replace(/=+$/, '').length * 3) / 4);

const attributeBytes = ([name, { dataType, stringValue, binaryValue = '' }]: readonly [
  string,
  MessageAttribute,
]): number =>
  byteLength(name) +
  byteLength(dataType) +
  (stringValue === undefined ? base64Bytes(binaryValue) : byteLength(stringValue));

/** What counts for the length of a message: its body and its attributes, in UTF-8. */
export const messageBytes = ({ body, attributes }: Pick<Message, 'body' | 'attributes'>): number =>
  Object.entries(attributes).reduce((bytes, attribute) => bytes + attributeBytes(attribute), byteLength(body));
