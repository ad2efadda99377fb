import { isAggregate } from './function-table.ts';
import type { Expression } from './query.ts';

type Call = Extract<Expression, { kind: 'call' }>;

/** What an expression is made of, from the left. */
export const partsOf = (expression: Expression): readonly Expression[] => {
  switch (expression.kind) {
    case 'call':
      return expression.args;
    case 'unary':
    case 'member':
    case 'like':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.list];
    case 'field':
    case 'number':
    case 'text':
    case 'boolean':
    case 'period':
    case 'star':
      return [];
  }
};

const isAggregateCall = (expression: Expression): expression is Call =>
  expression.kind === 'call' && isAggregate(expression.name);

/** The calls of functions of many events in an expression, from the left. */
export const aggregatesIn = (expression: Expression): readonly Call[] =>
  isAggregateCall(expression) ? [expression] : partsOf(expression).flatMap(aggregatesIn);

/** The fields of an expression, from the left, but for those within functions of many events. */
export const fieldsIn = (expression: Expression): readonly string[] => {
  if (expression.kind === 'field') return [expression.name];
  return isAggregateCall(expression) ? [] : partsOf(expression).flatMap(fieldsIn);
};
