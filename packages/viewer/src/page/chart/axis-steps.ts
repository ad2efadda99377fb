/** 1, 2 and 5 times the powers of ten; read as text, since 0.1 ** 3 is not 0.001. */
const tens = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index).flatMap((exponent) =>
    [1, 2, 5].map((factor) => Number(`${factor}e${exponent}`)),
  );

/** Below a second as numbers go, above it as clocks and calendars do. */
const SPANS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200];
const DAYS = tens(0, 9).map((days) => days * 86_400);
const BYTES = Array.from({ length: 70 }, (_, exponent) => 2 ** exponent);

const EXPONENTS = { Seconds: 0, Milliseconds: 3, Microseconds: 6 } as const;

/** How far the marks of an axis may be apart, for units in which people do not count by tens; undefined for others. */
export function axisSteps(unit: string | undefined): number[] | undefined {
  if (unit === 'Bytes' || unit === 'Bytes/Second') return [...tens(-6, -1), ...BYTES];
  if (unit !== 'Seconds' && unit !== 'Milliseconds' && unit !== 'Microseconds') return undefined;
  const exponent = EXPONENTS[unit];
  return [...tens(exponent - 12, exponent - 1), ...[...SPANS, ...DAYS].map((seconds) => seconds * 10 ** exponent)];
}
