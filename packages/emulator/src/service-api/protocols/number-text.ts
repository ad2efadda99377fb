/** What is no finite number is a text, as in AWS JSON. */
export const numberText = (value: number): string => (Number.isFinite(value) ? String(value) : `"${value}"`);

/** Beyond this a number is written with an exponent, and so is a double as it is. */
const EXPONENT = 1e21;

/** With a point where the number is whole, as AWS writes doubles: `30.0`. */
export const doubleText = (value: number): string =>
  Number.isInteger(value) && Math.abs(value) < EXPONENT ? `${value}.0` : numberText(value);

/** A list of nothing but finite numbers at once; `undefined` for another: the rest are null, or have one of the marks. */
export const numbersText = (list: readonly unknown[]): string | undefined => {
  if (typeof list[0] !== 'number') return undefined;
  const text = JSON.stringify(list);
  return text.includes('null') || text.includes('"') || text.includes('{') || text.includes('[', 1) ? undefined : text;
};

/** The same for doubles. Of datapoints there are many, and mostly all are whole numbers or none is. */
export const doublesText = (list: readonly unknown[]): string | undefined => {
  const small = smallDoublesText(list);
  if (small !== undefined) return small;
  const whole = list.reduce((count: number, each) => count + (isWhole(each) ? 1 : 0), 0);
  if (whole === 0) return numbersText(list);
  return whole === list.length ? `[${list.join('.0,')}.0]` : undefined;
};

const isWhole = (value: unknown): boolean => Number.isInteger(value) && Math.abs(value as number) < EXPONENT;

/** `-2147483648.0,` */
const LONGEST = 14;
const [MINUS, POINT, ZERO, COMMA, OPEN, CLOSE] = [0x2d, 0x2e, 0x30, 0x2c, 0x5b, 0x5d];

/** Kept for the next list: an answer has hundreds, and the memory of each would have to be collected. */
let scratch = Buffer.alloc(0);

const MOST_KEPT = 2 ** 20;

const scratchOf = (length: number): Buffer => {
  if (length > MOST_KEPT) return Buffer.allocUnsafe(length);
  if (scratch.length < length) scratch = Buffer.allocUnsafeSlow(length);
  return scratch;
};

/**
 * Whole numbers of 32 bits, digit by digit: to join so many texts takes three times as long. `undefined` for a list with
 * anything else in it.
 */
const smallDoublesText = (list: readonly unknown[]): string | undefined => {
  if (list.length === 0) return undefined;
  const bytes = scratchOf(LONGEST * list.length + 1);
  bytes[0] = OPEN;
  let at = 1;
  for (let index = 0; index < list.length; index += 1) {
    const value = list[index];
    if (typeof value !== 'number' || (value | 0) !== value) return undefined;
    const digits = Math.abs(value | 0);
    if (value < 0) bytes[at++] = MINUS;
    if (digits < 100) {
      const tens = (digits / 10) | 0;
      if (tens > 0) bytes[at++] = ZERO + tens;
      bytes[at++] = ZERO + digits - 10 * tens;
    } else {
      at = writeDigits(bytes, digits, at);
    }
    bytes[at] = POINT;
    bytes[at + 1] = ZERO;
    bytes[at + 2] = COMMA;
    at += 3;
  }
  bytes[at - 1] = CLOSE;
  return bytes.toString('latin1', 0, at);
};

/** Gives back where they end. */
const writeDigits = (bytes: Buffer, digits: number, at: number): number => {
  let end = at + 1;
  for (let power = 10; power <= digits; power *= 10) end += 1;
  let rest = digits;
  for (let place = end - 1; place >= at; place -= 1) {
    const tens = Math.floor(rest / 10);
    bytes[place] = ZERO + rest - 10 * tens;
    rest = tens;
  }
  return end;
};
