import { compileRegex, type LinearRegex } from '../../../linear-regex.ts';
import { isScalar } from '../syntax/function-table.ts';
import { printExpression } from '../syntax/print-query.ts';
import type { BinaryOperator, Expression } from '../syntax/query.ts';
import { functionBytes } from './functions/function-bytes.ts';
import { ceilTo, floorTo } from './functions/rounded-instant.ts';
import { scalarRuns } from './functions/scalar-functions.ts';
import { type QueryMemory, spend, valueBytes } from './query-memory.ts';
import { fieldOf, has, type QueryRecord } from './query-record.ts';
import {
  areEqual,
  type ComparisonOperator,
  finite,
  holds,
  isTrue,
  memberOf,
  numberOf,
  type QueryValue,
  textOf,
} from './query-value.ts';

/** Epoch milliseconds. */
export type QueryTimes = {
  /** Of the first events, inclusive. */
  readonly start: number;
  /** Of the last, inclusive. */
  readonly end: number;
  /** When the query runs. */
  readonly now: number;
};

/** What a query runs with. */
export type QueryRun = QueryTimes & { readonly memory: QueryMemory };

/** What an expression is of. */
export type Scope = {
  readonly record: QueryRecord;
  readonly run: QueryRun;
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
    case 'member':
      return memberOf(evaluate(expression.operand, scope), expression.path);
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

const placeBytes = 24;

/** What the value of an expression takes that stays: no more than its place where the record has it already. */
export const keptBytes = (expression: Expression, value: QueryValue, record: QueryRecord): number =>
  expression.kind === 'field' && has(record, expression.name) ? placeBytes : placeBytes + valueBytes(value);

/** The value of an expression that stays until the command is through. @throws LogQueryLimitError. */
export const evaluateKept = (expression: Expression, scope: Scope): QueryValue => {
  const { memory } = scope.run;
  const before = memory.working;
  const value = evaluate(expression, scope);
  memory.working = before;
  spend(memory, keptBytes(expression, value, scope.record));
  return value;
};

/** Behind `stats` a call may name the column that it made: `sort bin(5m)`. */
const knownCall = (expression: Extract<Expression, { kind: 'call' }>, { known, record }: Scope): QueryValue => {
  if (known?.has(expression)) return known.get(expression);
  return record.event === undefined ? record.named.get(printExpression(expression)) : undefined;
};

const call = (expression: Extract<Expression, { kind: 'call' }>, scope: Scope): QueryValue => {
  const { name, args } = expression;
  const { start, end, now, memory } = scope.run;
  if (!isScalar(name)) return undefined;
  switch (name) {
    case 'now':
      return Math.floor(now / 1000);
    case 'querystarttime':
      return start;
    case 'queryendtime':
      return end;
    case 'querytimerange':
      return end - start;
    case 'bin':
      return rounded(fieldOf(scope.record, '@timestamp'), args[0], floorTo);
    case 'datefloor':
      return rounded(evaluateArg(args[0], scope), args[1], floorTo);
    case 'dateceil':
      return rounded(evaluateArg(args[0], scope), args[1], ceilTo);
    case 'if':
    case 'case':
      return firstBranch(args, scope);
    case 'regexreplace':
      return regexReplaced(expression, scope);
    default: {
      const values = args.map((arg) => evaluate(arg, scope));
      const bytes = functionBytes[name];
      if (bytes !== undefined) spend(memory, bytes(values));
      return scalarRuns[name](values);
    }
  }
};

/** Conditions and their values in turn; one value without a condition is for what none holds of. */
const firstBranch = (args: readonly Expression[], scope: Scope): QueryValue => {
  for (let index = 0; index + 1 < args.length; index += 2) {
    if (isTrue(evaluateArg(args[index], scope))) return evaluateArg(args[index + 1], scope);
  }
  return args.length % 2 === 1 ? evaluateArg(args.at(-1), scope) : undefined;
};

const regexes = new WeakMap<Expression, LinearRegex>();

const regexReplaced = (expression: Extract<Expression, { kind: 'call' }>, scope: Scope): QueryValue => {
  const [value, pattern, replacement] = expression.args;
  const text = textOf(evaluateArg(value, scope));
  const instead = textOf(evaluateArg(replacement, scope));
  if (text === undefined || instead === undefined || pattern?.kind !== 'text') return undefined;
  spend(scope.run.memory, 2 * text.length);
  return regexOf(expression, pattern.value)?.replaceAll(text, () => {
    spend(scope.run.memory, bytesOfMatch + 2 * instead.length);
    return instead;
  });
};

/** A piece of the text that is put together, until it is whole. */
const bytesOfMatch = 96;

const regexOf = (expression: Expression, source: string): LinearRegex | undefined => {
  const known = regexes.get(expression);
  if (known !== undefined) return known;
  const compiled = compileRegex(source);
  if (!compiled.ok) return undefined;
  regexes.set(expression, compiled.regex);
  return compiled.regex;
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
  if (isComparison(operator)) return holds(operator, one, other);
  const [a, b] = [numberOf(one), numberOf(other)];
  return a === undefined || b === undefined ? undefined : finite(calculate(operator, a, b));
};

const isComparison = (operator: BinaryOperator): operator is ComparisonOperator =>
  ['=', '!=', '<', '<=', '>', '>='].includes(operator);

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
