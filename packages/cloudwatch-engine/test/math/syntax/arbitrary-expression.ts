import fc from 'fast-check';
import type { BinaryOperator, Expression } from '../../../src/math/syntax/expression.ts';

const operators: readonly BinaryOperator[] = ['+', '-', '*', '/', '^', '==', '!=', '<=', '>=', '<', '>', 'AND', 'OR'];
const at = 0;

/** Any tree of metric math, sense or none, with every position 0. */
export const arbitraryExpression: fc.Arbitrary<Expression> = fc.letrec<{ expression: Expression }>((tie) => ({
  expression: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    fc.record({
      kind: fc.constant('reference' as const),
      id: fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,6}$/),
      at: fc.constant(at),
    }),
    fc
      .double({ min: 0, noNaN: true, noDefaultInfinity: true })
      .map((value) => ({ kind: 'number' as const, value, at })),
    fc.stringMatching(/^[ a-zA-Z0-9{}'"=,/]*$/).map((text) => ({ kind: 'text' as const, text, at })),
    fc.constantFrom('REPEAT', 'DESC', 'SUM').map((word) => ({ kind: 'keyword' as const, word, at })),
    fc.record({
      kind: fc.constant('binary' as const),
      operator: fc.constantFrom(...operators),
      left: tie('expression'),
      right: tie('expression'),
      at: fc.constant(at),
    }),
    tie('expression').map((operand) => ({ kind: 'negate' as const, operand, at })),
    fc.array(tie('expression'), { minLength: 1, maxLength: 3 }).map((items) => ({ kind: 'array' as const, items, at })),
    fc.record({
      kind: fc.constant('call' as const),
      name: fc.constantFrom('SUM', 'FILL', 'IF', 'LOG10', 'DIFF_TIME'),
      arguments: fc.array(tie('expression'), { maxLength: 3 }),
      at: fc.constant(at),
    }),
  ),
})).expression;

/** The same tree with every position 0. */
export function withoutPositions(expression: Expression): Expression {
  switch (expression.kind) {
    case 'negate':
      return { ...expression, operand: withoutPositions(expression.operand), at };
    case 'array':
      return { ...expression, items: expression.items.map(withoutPositions), at };
    case 'call':
      return { ...expression, arguments: expression.arguments.map(withoutPositions), at };
    case 'binary':
      return { ...expression, left: withoutPositions(expression.left), right: withoutPositions(expression.right), at };
    case 'number':
    case 'text':
    case 'reference':
    case 'keyword':
      return { ...expression, at };
  }
}
