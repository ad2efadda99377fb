import { finite, numberOf, type QueryValue, textOf } from '../query-value.ts';
import { ownedText } from './owned-text.ts';
import { asciiOfHex, base64Decoded, base64Encoded, percentDecoded, percentEncoded } from './text-bytes.ts';

type Args = readonly QueryValue[];

const text = (value: QueryValue, run: (value: string) => QueryValue): QueryValue => {
  const found = textOf(value);
  return found === undefined ? undefined : run(found);
};

/** White space, or the characters of a second argument. */
const trimStart = (value: string, characters: QueryValue): string => {
  if (characters === undefined) return value.trimStart();
  const set = new Set(textOf(characters)?.split(''));
  let from = 0;
  while (from < value.length && set.has(value.charAt(from))) from += 1;
  return value.slice(from);
};

const trimEnd = (value: string, characters: QueryValue): string => {
  if (characters === undefined) return value.trimEnd();
  const set = new Set(textOf(characters)?.split(''));
  let to = value.length;
  while (to > 0 && set.has(value.charAt(to - 1))) to -= 1;
  return value.slice(0, to);
};

const part = (value: QueryValue, run: (value: string) => string): QueryValue =>
  text(value, (found) => ownedText(run(found), found));

const contains = (value: QueryValue, searched: QueryValue, ignoresCase: QueryValue): QueryValue =>
  text(value, (found) => {
    const part = textOf(searched) ?? '';
    // `true` in quotes is a text, as the guide has it of a boolean.
    if (ignoresCase !== true) return found.includes(part);
    return found.toLowerCase().includes(part.toLowerCase());
  });

const hexOf = (value: number): string => {
  const whole = Math.trunc(value);
  return `${whole < 0 ? '-' : ''}0x${Math.abs(whole).toString(16)}`;
};

const numberOfHex = (hex: string): QueryValue =>
  /^[+-]?(?:0x)?[\dA-Fa-f]+$/i.test(hex) ? finite(Number.parseInt(hex, 16)) : undefined;

const characterCount = (value: string): number => {
  let count = 0;
  for (const _ of value) count += 1;
  return count;
};

/** Functions of texts (user guide, String functions). */
export const textFunctions = {
  isempty: ([value]: Args) => (textOf(value) ?? '') === '',
  isblank: ([value]: Args) => (textOf(value) ?? '').trim() === '',
  concat: (args: Args) => args.map((value) => textOf(value) ?? '').join(''),
  ltrim: ([value, characters]: Args) => part(value, (found) => trimStart(found, characters)),
  rtrim: ([value, characters]: Args) => part(value, (found) => trimEnd(found, characters)),
  trim: ([value, characters]: Args) => part(value, (found) => trimEnd(trimStart(found, characters), characters)),
  strlen: ([value]: Args) => text(value, characterCount),
  toupper: ([value]: Args) => text(value, (found) => found.toUpperCase()),
  tolower: ([value]: Args) => text(value, (found) => found.toLowerCase()),
  substr: ([value, from, length]: Args) =>
    part(value, (found) => {
      const start = Math.max(0, numberOf(from) ?? 0);
      return found.slice(start, length === undefined ? undefined : start + (numberOf(length) ?? 0));
    }),
  replace: ([value, searched, replacement]: Args) =>
    text(value, (found) => found.replaceAll(textOf(searched) ?? '', () => textOf(replacement) ?? '')),
  strcontains: ([value, searched, ignoresCase]: Args) => contains(value, searched, ignoresCase),
  startswith: ([value, searched]: Args) => text(value, (found) => found.startsWith(textOf(searched) ?? '')),
  endswith: ([value, searched]: Args) => text(value, (found) => found.endsWith(textOf(searched) ?? '')),
  split: ([value, delimiter]: Args) =>
    text(value, (found) =>
      text(delimiter, (by) => ({ json: found.split(by).map((piece) => ownedText(piece, found)) })),
    ),
  urlencode: ([value]: Args) => text(value, percentEncoded),
  urldecode: ([value]: Args) => text(value, percentDecoded),
  base64encode: ([value]: Args) => text(value, base64Encoded),
  base64decode: ([value]: Args) => text(value, base64Decoded),
  hextoascii: ([value]: Args) => text(value, asciiOfHex),
  hextodec: ([value]: Args) => text(value, numberOfHex),
  dectohex: ([value]: Args) => {
    const number = numberOf(value);
    return number === undefined ? undefined : hexOf(number);
  },
} as const;
