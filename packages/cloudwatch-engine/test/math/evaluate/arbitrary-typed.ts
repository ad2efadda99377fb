import fc from 'fast-check';
import type { Expression } from '../../../src/math.ts';

const at = 0;
const call = (name: string, ...given: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  at,
});
const operator = fc.constantFrom('+', '-', '*', '/', '^', '==', '!=', '<=', '>=', '<', '>', 'AND', 'OR' as const);

/** Expressions of metrics a, b and c that have a type. */
const typed = fc.letrec<{ scalar: Expression; series: Expression; array: Expression }>((tie) => {
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

export const arbitrarySeries = typed.series;
export const arbitraryArray = typed.array;
