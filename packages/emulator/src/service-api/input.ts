import { ServiceError } from './service-error.ts';

/** A JSON object whose members are not checked yet. */
export type Input = Readonly<Record<string, unknown>>;

const serializationError = (name: string, expected: string): ServiceError =>
  new ServiceError(
    'com.amazon.coral.service#SerializationException',
    'SerializationException',
    `${name} is not ${expected}`,
  );

export const isObject = (value: unknown): value is Input =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The member as a string, `undefined` when absent or null. @throws ServiceError for another type. */
export const readString = (input: Input, name: string): string | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw serializationError(name, 'a string');
};

/** The member as an integer, `undefined` when absent or null. @throws ServiceError for another type. */
export const readInteger = (input: Input, name: string): number | undefined => {
  const value = input[name] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value === 'number' && Number.isInteger(value)) return value;
  throw serializationError(name, 'an integer');
};

/** The member as a list, empty when absent or null. @throws ServiceError for another type. */
export const readList = (input: Input, name: string): readonly unknown[] => {
  const value = input[name] ?? [];
  if (Array.isArray(value)) return value;
  throw serializationError(name, 'a list');
};

/** The member as a list of strings. @throws ServiceError for another type. */
export const readStrings = (input: Input, name: string): readonly string[] =>
  readList(input, name).map((value) => {
    if (typeof value === 'string') return value;
    throw serializationError(name, 'a list of strings');
  });

/** The member as a list of structures. @throws ServiceError for another type. */
export const readObjects = (input: Input, name: string): readonly Input[] =>
  readList(input, name).map((value) => {
    if (isObject(value)) return value;
    throw serializationError(name, 'a list of structures');
  });

/** The member as a structure or map, empty when absent or null. @throws ServiceError for another type. */
export const readObject = (input: Input, name: string): Input => {
  const value = input[name] ?? {};
  if (isObject(value)) return value;
  throw serializationError(name, 'a structure');
};
