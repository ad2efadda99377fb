import { coralError, type ServiceError } from './service-error.ts';

/** The members of a request or of a structure in it, whose types are not checked yet. */
export type Input = Readonly<Record<string, unknown>>;

/** Structures of the Query protocol, where every scalar came as a text. */
const textual = new WeakSet<object>();

/** Marks a structure as one whose scalars are texts, which the readers below then turn into what is asked for. */
export const asTextual = <T extends object>(structure: T): T => {
  textual.add(structure);
  return structure;
};

const wrongType = (name: string, expected: string): ServiceError =>
  coralError('SerializationException', `${name} is not ${expected}`);

export const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member as a string, `undefined` when absent or null. @throws ServiceError for another type. */
export const readString = (input: Input, name: string): string | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw wrongType(name, 'a string');
};

/** The member as a number, `undefined` when absent or null; NaN and infinities as they came. @throws ServiceError. */
export const readNumber = (input: Input, name: string): number | undefined => {
  const value = scalar(input, name);
  if (value === undefined) return undefined;
  // AWS JSON writes the numbers that JSON lacks as texts.
  const number = value === 'NaN' || value === 'Infinity' || value === '-Infinity' ? Number(value) : value;
  if (typeof number === 'number') return number;
  throw wrongType(name, 'a number');
};

/** The member as an integer, `undefined` when absent or null. @throws ServiceError for another type. */
export const readInteger = (input: Input, name: string): number | undefined => {
  const value = readNumber(input, name);
  if (value === undefined || Number.isInteger(value)) return value;
  throw wrongType(name, 'an integer');
};

/** The member as a boolean, `undefined` when absent or null. @throws ServiceError for another type. */
export const readBoolean = (input: Input, name: string): boolean | undefined => {
  const value = scalar(input, name);
  if (value === undefined || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  throw wrongType(name, 'a boolean');
};

/** The member as epoch milliseconds: epoch seconds, an ISO 8601 text or a `Date` in. @throws ServiceError. */
export const readTimestamp = (input: Input, name: string): number | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  const timestamp = value instanceof Date ? value.getTime() : timestampOf(value);
  if (Number.isFinite(timestamp)) return timestamp;
  throw wrongType(name, 'a timestamp');
};

const timestampOf = (value: unknown): number => {
  // Rounded to the millisecond, which epoch seconds as a fraction miss by a little.
  if (typeof value === 'number') return Math.round(value * 1000);
  return typeof value === 'string' ? Date.parse(value) : Number.NaN;
};

/** A value of the structure or of a list in it: a text of the Query protocol as the number it spells. */
export const scalarIn = (input: Input, value: unknown): unknown => {
  const spellsNumber = typeof value === 'string' && textual.has(input) && value.trim() !== '' && !Number.isNaN(+value);
  return spellsNumber ? Number(value) : value;
};

const scalar = (input: Input, name: string): unknown => scalarIn(input, input[name] ?? undefined);

/** The member as a list, empty when absent or null. @throws ServiceError for another type. */
export const readList = (input: Input, name: string): readonly unknown[] => {
  const value = input[name] ?? [];
  if (Array.isArray(value)) return value;
  if (value === '' && textual.has(input)) return [];
  throw wrongType(name, 'a list');
};

/** The member as a list of strings. @throws ServiceError for another type. */
export const readStrings = (input: Input, name: string): readonly string[] =>
  readList(input, name).map((value) => {
    if (typeof value === 'string') return value;
    throw wrongType(name, 'a list of strings');
  });

/** The member as a list of numbers. @throws ServiceError for another type. */
export const readNumbers = (input: Input, name: string): readonly number[] =>
  readList(input, name).map((value) => {
    const number = scalarIn(input, value);
    if (typeof number === 'number') return number;
    throw wrongType(name, 'a list of numbers');
  });

/** The member as a list of structures. @throws ServiceError for another type. */
export const readObjects = (input: Input, name: string): readonly Input[] =>
  readList(input, name).map((value) => {
    if (isObject(value)) return value;
    throw wrongType(name, 'a list of structures');
  });

/** The member as a structure or map, empty when absent or null. @throws ServiceError for another type. */
export const readObject = (input: Input, name: string): Input => {
  const value = input[name] ?? {};
  if (isObject(value)) return value;
  throw wrongType(name, 'a structure');
};
