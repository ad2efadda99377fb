/** A number from 0 (included) to 1 (excluded), as `Math.random` gives it. */
export type Random = () => number;

const hexDigits = (digits: number, random: Random): string => {
  let text = '';
  while (text.length < digits) {
    text += Math.floor(random() * 0x10000)
      .toString(16)
      .padStart(4, '0');
  }
  return text.slice(0, digits);
};

/** `1-<8 hex: seconds since 1970>-<24 hex>`; `now` is epoch milliseconds. */
export const newTraceId = (now: number, random: Random): string =>
  `1-${Math.floor(now / 1000)
    .toString(16)
    .padStart(8, '0')}-${hexDigits(24, random)}`;

/** 16 hex digits. */
export const newEntityId = (random: Random): string => hexDigits(16, random);
