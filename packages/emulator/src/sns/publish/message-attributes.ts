import { byteLength } from '../../queue/message/byte-length.ts';
import { type Input, readObject, readString } from '../../service-api/input.ts';
import type { SnsAttribute } from '../delivery/notification.ts';
import { invalidAttribute, missingMember } from '../sns-errors.ts';

/**
 * The message attributes of a message, whose place in the request is `path`.
 * @throws ServiceError as SNS would.
 */
export const readMessageAttributes = (input: Input, path: string): Record<string, SnsAttribute> => {
  const attributes = readObject(input, 'MessageAttributes');
  return Object.fromEntries(
    Object.keys(attributes).map((name) => {
      checkName(name);
      const attribute = readObject(attributes, name);
      const dataType = readString(attribute, 'DataType');
      if (dataType === undefined) throw missingMember(`${path}.${name}.member.dataType`);
      return [name, readAttribute(name, dataType, attribute)];
    }),
  );
};

const checkName = (name: string): void => {
  if (name.length > 256) throw invalidAttribute('Length of message attribute name must be less than 256 bytes.');
  const character = /[^\w.-]/.exec(name)?.[0];
  if (character !== undefined) {
    const code = character.charCodeAt(0).toString(16).toUpperCase();
    throw invalidAttribute(
      `Invalid non-alphanumeric character '#x${code}' was found in the message attribute name. ` +
        'Can only include alphanumeric characters, hyphens, underscores, or dots.',
    );
  }
  if (name.startsWith('.')) {
    throw invalidAttribute("Invalid message attribute name starting with character '.' was found.");
  }
  if (name.endsWith('.')) throw invalidAttribute("Invalid message attribute name ending with character '.' was found.");
  if (name.includes('..')) throw invalidAttribute("Message attribute name can not have successive '.' character.");
};

const readAttribute = (name: string, Type: string, attribute: Input): SnsAttribute => {
  if (!/^(String|Number|Binary)(\..+)?$/.test(Type)) {
    throw invalidAttribute(
      `The message attribute '${name}' has an invalid message attribute type, the set of supported type prefixes is ` +
        'Binary, Number, and String.',
    );
  }
  const [field, other] = Type.startsWith('Binary') ? ['Binary', 'String'] : ['String', 'Binary'];
  const Value = readString(attribute, `${field}Value`);
  if (Value === undefined && readString(attribute, `${other}Value`) !== undefined) {
    throw invalidAttribute(`The message attribute '${name}' with type '${Type}' must use field '${field}'.`);
  }
  if (Value === undefined || Value === '') {
    throw invalidAttribute(
      `The message attribute '${name}' must contain non-empty message attribute value for message attribute type ` +
        `'${Type}'.`,
    );
  }
  if (Type === 'Number' && !Number.isFinite(Number(Value))) {
    throw invalidAttribute(`Could not cast message attribute '${name}' value to number.`);
  }
  return { Type, Value };
};

/** What the attributes add to the size of a message. */
export const bytesOfAttributes = (attributes: Readonly<Record<string, SnsAttribute>>): number =>
  Object.entries(attributes).reduce(
    (bytes, [name, { Type, Value }]) =>
      bytes +
      byteLength(name) +
      byteLength(Type) +
      (Type.startsWith('Binary') ? Buffer.byteLength(Value, 'base64') : byteLength(Value)),
    0,
  );
