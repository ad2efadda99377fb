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
  let whole = 0;
  let small = 0;
  for (const each of list) {
    if (!Number.isInteger(each) || Math.abs(each as number) >= EXPONENT) continue;
    whole += 1;
    if (Math.abs(each as number) < SMALL) small += 1;
  }
  if (whole === 0) return numbersText(list);
  if (small === list.length) return smallDoublesText(list as readonly number[]);
  return whole === list.length ? `[${list.join('.0,')}.0]` : undefined;
};

/** Below this a whole number is one of the machine's own. */
const SMALL = 2 ** 31;
/** `-2147483647.0,` */
const LONGEST = 14;
const [MINUS, POINT, ZERO, COMMA] = [0x2d, 0x2e, 0x30, 0x2c];

/** Kept for the next list: an answer has hundreds, and the memory of each would have to be collected. */
let scratch = Buffer.alloc(0);

const MOST_KEPT = 2 ** 20;

const scratchOf = (length: number): Buffer => {
  if (length > MOST_KEPT) return Buffer.allocUnsafe(length);
  if (scratch.length < length) scratch = Buffer.allocUnsafeSlow(length);
  return scratch;
};

/** Digit by digit: to join so many texts takes three times as long. */
const smallDoublesText = (list: readonly number[]): string => {
  const bytes = scratchOf(LONGEST * list.length + 1);
  let at = 1;
  for (const value of list) {
    let rest = Math.abs(value) | 0;
    if (value < 0) bytes[at++] = MINUS;
    let length = 1;
    for (let power = 10; power <= rest; power *= 10) length += 1;
    for (let place = at + length - 1; place >= at; place -= 1) {
      const tens = (rest / 10) | 0;
      bytes[place] = ZERO + rest - 10 * tens;
      rest = tens;
    }
    at += length;
    bytes[at] = POINT;
    bytes[at + 1] = ZERO;
    bytes[at + 2] = COMMA;
    at += 3;
  }
  bytes[0] = 0x5b;
  bytes[at - 1] = 0x5d;
  return bytes.toString('latin1', 0, at);
};
