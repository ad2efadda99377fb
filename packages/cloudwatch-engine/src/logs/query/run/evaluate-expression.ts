import { isScalar } from '../syntax/function-table.ts';
import { printExpression } from '../syntax/print-query.ts';
import type { BinaryOperator, Expression } from '../syntax/query.ts';
import { fieldOf, type QueryRecord } from './query-record.ts';
import { areEqual, compareValues, isTrue, numberOf, type QueryValue, textOf } from './query-value.ts';
import { ceilTo, finite, floorTo, scalarRuns } from './scalar-functions.ts';

/** What an expression is of. */
export type Scope = {
  readonly record: QueryRecord;
  /** When the query began, epoch milliseconds. */
  readonly now: number;
  /** Values of calls that were evaluated before: functions of many events. */
  readonly known?: ReadonlyMap<Expression, QueryValue>;
};

/** The value of an expression for one record. A function or operator of what is missing is missing. */
export const evaluate = (expression: Expression, scope: Scope): QueryValue => {
  switch (expression.kind) {
    case 'field':
      return fieldOf(scope.record, expression.name);
    case 'number':
    case 'text':
    case 'boolean':
      return expression.value;
    case 'period':
    case 'star':
      return undefined;
    case 'call':
      return knownCall(expression, scope) ?? call(expression, scope);
    case 'unary': {
      const operand = evaluate(expression.operand, scope);
      if (expression.operator === 'not') return !isTrue(operand);
      const number = numberOf(operand);
      return number === undefined ? undefined : -number;
    }
    case 'binary':
      return binary(expression.operator, expression.left, expression.right, scope);
    case 'in': {
      const operand = evaluate(expression.operand, scope);
      const isIn = expression.list.some((each) => areEqual(operand, evaluate(each, scope)));
      return isIn !== expression.negated;
    }
    case 'like': {
      const text = textOf(evaluate(expression.operand, scope));
      const { pattern } = expression;
      const isLike =
        text !== undefined && (pattern.kind === 'regex' ? pattern.regex.test(text) : text.includes(pattern.value));
      return isLike !== expression.negated;
    }
  }
};

/** Behind `stats` a call may name the column that it made: `sort bin(5m)`. */
const knownCall = (expression: Extract<Expression, { kind: 'call' }>, { known, record }: Scope): QueryValue => {
  if (known?.has(expression)) return known.get(expression);
  return record.event === undefined ? record.named.get(printExpression(expression)) : undefined;
};

const call = ({ name, args }: Extract<Expression, { kind: 'call' }>, scope: Scope): QueryValue => {
  if (!isScalar(name)) return undefined;
  switch (name) {
    case 'now':
      return Math.floor(scope.now / 1000);
    case 'bin':
      return rounded(fieldOf(scope.record, '@timestamp'), args[0], floorTo);
    case 'datefloor':
      return rounded(evaluateArg(args[0], scope), args[1], floorTo);
    case 'dateceil':
      return rounded(evaluateArg(args[0], scope), args[1], ceilTo);
    default:
      return scalarRuns[name](args.map((arg) => evaluate(arg, scope)));
  }
};

const evaluateArg = (arg: Expression | undefined, scope: Scope): QueryValue =>
  arg === undefined ? undefined : evaluate(arg, scope);

const rounded = (value: QueryValue, period: Expression | undefined, round: typeof floorTo): QueryValue => {
  const instant = numberOf(value);
  if (instant === undefined || period?.kind !== 'period') return undefined;
  return { instant: round(instant, period.period) };
};

const binary = (operator: BinaryOperator, left: Expression, right: Expression, scope: Scope): QueryValue => {
  const one = evaluate(left, scope);
  if (operator === 'and') return isTrue(one) && isTrue(evaluate(right, scope));
  if (operator === 'or') return isTrue(one) || isTrue(evaluate(right, scope));
  const other = evaluate(right, scope);
  if (operator === '=') return areEqual(one, other);
  if (operator === '!=') return !areEqual(one, other);
  if (operator === '<' || operator === '<=' || operator === '>' || operator === '>=') {
    return one !== undefined && other !== undefined && isOrdered(operator, compareValues(one, other));
  }
  const [a, b] = [numberOf(one), numberOf(other)];
  return a === undefined || b === undefined ? undefined : finite(calculate(operator, a, b));
};

const isOrdered = (operator: '<' | '<=' | '>' | '>=', order: number): boolean => {
  switch (operator) {
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
};

const calculate = (operator: '+' | '-' | '*' | '/' | '%' | '^', a: number, b: number): number => {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '^':
      return a ** b;
  }
};
