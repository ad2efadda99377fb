import { type Input, readString, readStrings } from './input.ts';
import type { ServiceError } from './service-error.ts';

type Refuse = (message: string) => ServiceError;

/** What a member of a request must be, in the words that all AWS services have for the constraints of their models. */
export const constraint = (value: string, member: string, must: string): string =>
  `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: Member must ${must}`;

const oneOf = (words: readonly string[]): string => `satisfy enum value set: [${words.join(', ')}]`;

/** Errors name a member with a small letter, whatever the request does. */
const memberOf = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);

/** The member as one of the words, `undefined` where it is absent. @throws ServiceError made by `refuse`. */
export const readWord = <const Word extends string>(
  input: Input,
  name: string,
  words: readonly Word[],
  refuse: Refuse,
): Word | undefined => {
  const text = readString(input, name);
  const word = words.find((each) => each === text);
  if (word === undefined && text !== undefined) throw refuse(constraint(text, memberOf(name), oneOf(words)));
  return word;
};

/** The member as a list of the words, empty where it is absent. @throws ServiceError made by `refuse`. */
export const readWords = (input: Input, name: string, words: readonly string[], refuse: Refuse): readonly string[] => {
  const given = readStrings(input, name);
  if (given.every((each) => words.includes(each))) return given;
  throw refuse(
    constraint(`[${given.join(', ')}]`, memberOf(name), `satisfy constraint: [Member must ${oneOf(words)}]`),
  );
};
