import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, printExpression } from '../../../src/math.ts';
import { answers } from '../query/ask.ts';
import { naive } from './naive-model.ts';

const at = 0;
const LENGTH = 12;
const call = (name: string, ...given: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  at,
});
const operator = fc.constantFrom('+', '-', '*', '/', '^', '==', '!=', '<=', '>=', '<', '>', 'AND', 'OR' as const);

/** Expressions of metrics a, b and c that have a type. */
const { series, array } = fc.letrec<{ scalar: Expression; series: Expression; array: Expression }>((tie) => {
  const binary = (left: fc.Arbitrary<Expression>, right: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
    fc
      .tuple(operator, left, right)
      .map(([each, a, b]) => ({ kind: 'binary', operator: each, left: a, right: b, at }) as Expression);
  const pointwise = fc.constantFrom('ABS', 'CEIL', 'FLOOR', 'LOG', 'LOG10', 'DIFF', 'DIFF_TIME', 'RATE');
  const reducer = fc.constantFrom('AVG', 'MAX', 'MIN', 'SUM', 'DATAPOINT_COUNT');
  const number: fc.Arbitrary<Expression> = fc
    .integer({ min: 0, max: 5 })
    .map((value) => ({ kind: 'number', value, at }));
  const of = (names: fc.Arbitrary<string>, what: fc.Arbitrary<Expression>) =>
    fc.tuple(names, what).map(([name, argument]) => call(name, argument));
  return {
    scalar: fc.oneof({ maxDepth: 4 }, number, of(reducer, tie('series')), binary(tie('scalar'), tie('scalar'))),
    series: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom('a', 'b', 'c').map((id) => ({ kind: 'reference' as const, id, at })),
      binary(tie('series'), tie('scalar')),
      binary(tie('scalar'), tie('series')),
      binary(tie('series'), tie('series')),
      tie('series').map((operand): Expression => ({ kind: 'negate', operand, at })),
      of(pointwise, tie('series')),
      of(reducer, tie('array')),
      fc
        .tuple(tie('series'), fc.oneof(tie('scalar'), tie('series')))
        .map(([first, second]) => call('FILL', first, second)),
      fc
        .tuple(
          tie('series'),
          fc.oneof(tie('scalar'), tie('series')),
          fc.option(fc.oneof(tie('scalar'), tie('series')), { nil: undefined }),
        )
        .map(([condition, yes, no]) => call('IF', condition, yes, ...(no ? [no] : []))),
    ),
    array: fc.oneof(
      { maxDepth: 4 },
      fc
        .array(tie('series'), { minLength: 1, maxLength: 3 })
        .map((items): Expression => ({ kind: 'array', items, at })),
      binary(tie('array'), fc.oneof(tie('scalar'), tie('series'))),
      binary(fc.oneof(tie('scalar'), tie('series')), tie('array')),
      of(pointwise, tie('array')),
    ),
  };
});

const column = fc.array(fc.option(fc.integer({ min: -3, max: 9 })), { minLength: LENGTH, maxLength: LENGTH });

describe('evaluation', () => {
  it('gives what a naive reading of the user guide gives, for any expression over any series', () => {
    const metrics = fc.record({ a: column, b: column, c: column });
    fc.assert(
      fc.property(fc.oneof(series, array), metrics, (expression, columns) => {
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
