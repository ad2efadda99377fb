import { createHash } from 'node:crypto';
import type { MessageAttribute } from './message.ts';

/** Hex MD5 of the UTF-8 text, as the SDK checks it. */
export const md5OfBody = (body: string): string => createHash('md5').update(body, 'utf8').digest('hex');

const withLength = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

const encodeAttribute = ([name, attribute]: readonly [string, MessageAttribute]): Buffer => {
  const isBinary = attribute.binaryValue !== undefined;
  const value = isBinary
    ? Buffer.from(attribute.binaryValue ?? '', 'base64')
    : Buffer.from(attribute.stringValue ?? '', 'utf8');
  return Buffer.concat([
    withLength(Buffer.from(name, 'utf8')),
    withLength(Buffer.from(attribute.dataType, 'utf8')),
    Buffer.from([isBinary ? 2 : 1]),
    withLength(value),
  ]);
};

/**
 * Hex MD5 of message attributes in name order, by the algorithm of the SQS developer guide, "Calculating the MD5
 * message digest for message attributes"; `undefined` without attributes.
 */
export const md5OfAttributes = (attributes: Readonly<Record<string, MessageAttribute>>): string | undefined => {
  const entries = Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1));
  if (entries.length === 0) return undefined;
  const hash = createHash('md5');
  for (const entry of entries) hash.update(encodeAttribute(entry));
  return hash.digest('hex');
};
