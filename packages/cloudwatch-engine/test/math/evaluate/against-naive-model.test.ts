import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printExpression } from '../../../src/math.ts';
import { answers } from '../query/ask.ts';
import { arbitraryArray, arbitrarySeries } from './arbitrary-typed.ts';
import { naive } from './naive-model.ts';

const LENGTH = 12;
const column = fc.array(fc.option(fc.integer({ min: -3, max: 9 })), { minLength: LENGTH, maxLength: LENGTH });

describe('evaluation', () => {
  it('gives what a naive reading of the user guide gives, for any expression over any series', () => {
    const metrics = fc.record({ a: column, b: column, c: column });
    fc.assert(
      fc.property(fc.oneof(arbitrarySeries, arbitraryArray), metrics, (expression, columns) => {
        const text = printExpression(expression);
        fc.pre(text.length <= 2048);
        const maps = new Map(
          Object.entries(columns).map(([id, values]) => [
            id,
            new Map(values.flatMap((value, minute) => (value === null ? [] : [[minute, value] as const]))),
          ]),
        );
        const found = naive(expression, maps, LENGTH);
        const expected = (Array.isArray(found) ? found : [found]).map((each) =>
          Array.from({ length: LENGTH }, (_, minute) => each.get(minute) ?? null),
        );
        expect(positiveZeros(answers({ metrics: columns, expression: text, minutes: LENGTH }))).toEqual(
          positiveZeros(expected),
        );
      }),
      { numRuns: 1000 },
    );
  });

  it('gives the standard deviation to nine digits, also of large numbers', () => {
    fc.assert(
      fc.property(column, fc.integer({ min: -1_000_000, max: 1_000_000 }), (a, far) => {
        const values = a.flatMap((value) => (value === null ? [] : [value + far]));
        fc.pre(values.length > 0);
        const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
        const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
        const [found] = answers({ metrics: { a }, expression: `TIME_SERIES(STDDEV(a + (${far})))` });
        expect(found?.[0]).toBeCloseTo(Math.sqrt(variance), 9);
      }),
    );
  });
});

type Columns = readonly (readonly (number | null)[])[];

const positiveZeros = (columns: Columns): Columns =>
  columns.map((each) => each.map((value) => (value === null ? null : value + 0)));
