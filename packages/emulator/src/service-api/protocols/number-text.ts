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
  for (const each of list) if (Number.isInteger(each) && Math.abs(each as number) < EXPONENT) whole += 1;
  if (whole === 0) return numbersText(list);
  return whole === list.length ? `[${list.join('.0,')}.0]` : undefined;
};
