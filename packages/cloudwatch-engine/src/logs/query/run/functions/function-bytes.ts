import type { ScalarFunction } from '../../syntax/function-table.ts';
import { parsedBytes, shownBytes } from '../query-memory.ts';
import { type QueryValue, textOf } from '../query-value.ts';

type Args = readonly QueryValue[];

const lengthOf = (value: QueryValue): number => textOf(value)?.length ?? 0;

const times =
  (factor: number) =>
  ([value]: Args): number =>
    factor * lengthOf(value);

const ofTree = ([value]: Args): number => parsedBytes(textOf(value) ?? '');

/** The characters to trim. */
const ofSecond = ([, characters]: Args): number => 16 * lengthOf(characters);

/** How often a text stands in another, as `replaceAll` and `split` find it. */
const occurrences = (text: string, searched: string): number => {
  if (searched === '') return text.length + 1;
  let count = 0;
  for (let at = text.indexOf(searched); at >= 0; at = text.indexOf(searched, at + searched.length)) count += 1;
  return count;
};

/**
 * Bytes that a function takes at the most, with what it makes on the way; those that are not here make nothing that grows.
 * Known before it runs, since it could not be stopped.
 */
export const functionBytes: Readonly<Partial<Record<ScalarFunction, (args: Args) => number>>> = {
  concat: (args) => 2 * args.reduce<number>((length, value) => length + lengthOf(value), 0),
  replace: ([value, searched, replacement]) => {
    const [text = '', part = ''] = [textOf(value), textOf(searched)];
    return 2 * (text.length + occurrences(text, part) * Math.max(0, lengthOf(replacement) - part.length));
  },
  split: ([value, delimiter]) => {
    const [text = '', part = ''] = [textOf(value), textOf(delimiter)];
    return 2 * text.length + 40 * (occurrences(text, part) + 1);
  },
  trim: ofSecond,
  ltrim: ofSecond,
  rtrim: ofSecond,
  // One character may become three.
  toupper: times(6),
  tolower: times(6),
  strcontains: ([value, searched]) => 6 * (lengthOf(value) + lengthOf(searched)),
  urlencode: times(9),
  urldecode: times(2),
  base64encode: times(96),
  base64decode: times(96),
  hextoascii: times(8),
  formatdate: ([, format]) => 32 * lengthOf(format),
  strftime: ([, format]) => 32 * lengthOf(format),
  parsedate: ([, format]) => 128 * lengthOf(format),
  jsonparse: ofTree,
  jsonarraysize: ofTree,
  jsonarraycontains: ofTree,
  jsonstringify: ([value]) => shownBytes(value) + 12 * lengthOf(value),
};
