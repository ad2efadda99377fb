import { compareCodePoints, isTree, numberOf, type QueryValue, textOf } from './query-value.ts';

/**
 * The order of `sort` (user guide, sort): what is no number comes before what is one. Missing values come first, of which the
 * guide says nothing; maps and lists are as missing.
 */
export const compareForSort = (one: QueryValue, other: QueryValue): number => {
  const [number, otherNumber] = [numberOf(one), numberOf(other)];
  if (number === undefined || otherNumber === undefined) {
    const order = rankOf(one, number) - rankOf(other, otherNumber);
    return order !== 0 ? order : compareNaturally(textOf(one) ?? '', textOf(other) ?? '');
  }
  if (number !== otherNumber) return number < otherNumber ? -1 : 1;
  // The guide lists 01 before 1. Instants are not written out to be found the same.
  const isSpelled = typeof one === 'string' || typeof one !== typeof other;
  return isSpelled ? compareCodePoints(textOf(one) ?? '', textOf(other) ?? '') : 0;
};

const rankOf = (value: QueryValue, number: number | undefined): number => {
  if (number !== undefined) return 2;
  return value === undefined || isTree(value) ? 0 : 1;
};

/** Digits side by side are compared as one: by their count, then by their value; all else by Unicode. */
const compareNaturally = (one: string, other: string): number => {
  let [at, otherAt] = [0, 0];
  while (at < one.length && otherAt < other.length) {
    const [digits, otherDigits] = [digitsAt(one, at), digitsAt(other, otherAt)];
    if (digits !== '' && otherDigits !== '') {
      if (digits.length !== otherDigits.length) return digits.length - otherDigits.length;
      if (digits !== otherDigits) return digits < otherDigits ? -1 : 1;
      at += digits.length;
      otherAt += otherDigits.length;
      continue;
    }
    const [code, otherCode] = [one.codePointAt(at) ?? 0, other.codePointAt(otherAt) ?? 0];
    if (code !== otherCode) return code - otherCode;
    at += 1;
    otherAt += 1;
  }
  return Math.sign(one.length - at - (other.length - otherAt));
};

const digitsAt = (text: string, from: number): string => {
  let to = from;
  while (to < text.length && text.charCodeAt(to) >= 0x30 && text.charCodeAt(to) <= 0x39) to += 1;
  return text.slice(from, to);
};
