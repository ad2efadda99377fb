import { problemOfArguments, problemOfFunction } from './check-call.ts';
import { expectFieldName, takeMembers } from './field-name.ts';
import type { BinaryOperator, Expression } from './query.ts';
import { takePeriod } from './query-period.ts';
import {
  deeper,
  expectSymbol,
  expectText,
  LogQueryError,
  peekMatch,
  type QueryReader,
  skipBlank,
  takeMatch,
  takeRegex,
  takesSymbol,
  takesWord,
  takeText,
} from './query-reader.ts';

/** Reads an expression: `or`, then `and`, `not`, comparisons, sums, products, powers. @throws LogQueryError. */
export const readExpression = (reader: QueryReader): Expression => deeper(reader, () => readOr(reader));

const binary = (operator: BinaryOperator, left: Expression, right: Expression): Expression => ({
  kind: 'binary',
  operator,
  left,
  right,
});

const readOr = (reader: QueryReader): Expression => {
  let left = readAnd(reader);
  while (takesWord(reader, 'or')) left = binary('or', left, readAnd(reader));
  return left;
};

const readAnd = (reader: QueryReader): Expression => {
  let left = readNot(reader);
  while (takesWord(reader, 'and')) left = binary('and', left, readNot(reader));
  return left;
};

const readNot = (reader: QueryReader): Expression =>
  takesWord(reader, 'not')
    ? { kind: 'unary', operator: 'not', operand: deeper(reader, () => readNot(reader)) }
    : readComparison(reader);

const readComparison = (reader: QueryReader): Expression => {
  const left = readSum(reader);
  const from = reader.at;
  const negated = takesWord(reader, 'not');
  if (takesWord(reader, 'like')) return readLike(reader, left, negated);
  if (takesWord(reader, 'in')) return { kind: 'in', negated, operand: left, list: readList(reader) };
  if (negated) {
    reader.at = from;
    return left;
  }
  if (takesSymbol(reader, '=~')) return readLike(reader, left, false);
  const operator = takeMatch(reader, /!=|<=|>=|==?|<|>/y);
  if (operator === undefined) return left;
  return binary(operator === '==' ? '=' : (operator as BinaryOperator), left, readSum(reader));
};

const readLike = (reader: QueryReader, operand: Expression, negated: boolean): Expression => {
  const regex = takeRegex(reader);
  if (regex !== undefined) return { kind: 'like', negated, operand, pattern: regex };
  const value = expectText(reader, 'a text in quotes or an expression between slashes');
  return { kind: 'like', negated, operand, pattern: { kind: 'text', value } };
};

const readList = (reader: QueryReader): readonly Expression[] => {
  const subquery = peekMatch(reader, /\(/y);
  if (subquery !== undefined) {
    throw new LogQueryError('subqueries are not emulated: in takes a list in [ and ]', reader.at);
  }
  expectSymbol(reader, '[');
  const list: Expression[] = [];
  if (takesSymbol(reader, ']')) return list;
  do list.push(readExpression(reader));
  while (takesSymbol(reader, ','));
  expectSymbol(reader, ']');
  return list;
};

const readSum = (reader: QueryReader): Expression => {
  let left = readProduct(reader);
  for (;;) {
    const operator = takeMatch(reader, /[+-]/y);
    if (operator === undefined) return left;
    left = binary(operator as BinaryOperator, left, readProduct(reader));
  }
};

const readProduct = (reader: QueryReader): Expression => {
  let left = readPower(reader);
  for (;;) {
    const operator = takeMatch(reader, /[*/%]/y);
    if (operator === undefined) return left;
    left = binary(operator as BinaryOperator, left, readPower(reader));
  }
};

const readPower = (reader: QueryReader): Expression => {
  let left = readUnary(reader);
  while (takesSymbol(reader, '^')) left = binary('^', left, readUnary(reader));
  return left;
};

const readUnary = (reader: QueryReader): Expression => {
  if (takesSymbol(reader, '-')) {
    return { kind: 'unary', operator: '-', operand: deeper(reader, () => readUnary(reader)) };
  }
  return readPrimary(reader);
};

/** Reads a field, a literal, a call or an expression in brackets. */
export const readPrimary = (reader: QueryReader): Expression => {
  if (takesSymbol(reader, '(')) {
    const inner = readExpression(reader);
    expectSymbol(reader, ')');
    return inner;
  }
  const period = takePeriod(reader);
  if (period !== undefined) return { kind: 'period', period };
  const number = takeMatch(reader, /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y);
  if (number !== undefined) return { kind: 'number', value: finiteNumber(reader, number) };
  const text = takeText(reader);
  if (text !== undefined) return { kind: 'text', value: text };
  const boolean = peekMatch(reader, /(?:true|false)\b/iy);
  if (boolean !== undefined) {
    reader.at += boolean.length;
    return { kind: 'boolean', value: boolean.toLowerCase() === 'true' };
  }
  return readNamed(reader);
};

const finiteNumber = (reader: QueryReader, text: string): number => {
  const value = Number(text);
  if (Number.isFinite(value)) return value;
  throw new LogQueryError(`${text} is larger than any number here: 1.8e308`, reader.at - text.length, reader.at);
};

const readNamed = (reader: QueryReader): Expression => {
  skipBlank(reader);
  const from = reader.at;
  const call = peekMatch(reader, /[A-Za-z_]\w*\s*\(/y);
  if (call !== undefined) {
    reader.at += call.length;
    const operand = readCall(reader, call.slice(0, -1).trim(), from);
    const path = takeMembers(reader);
    return path.length === 0 ? operand : { kind: 'member', operand, path };
  }
  return { kind: 'field', name: expectFieldName(reader, 'a field, a number, a text or a function') };
};

const readCall = (reader: QueryReader, written: string, from: number): Expression => {
  const unknown = problemOfFunction(written);
  if (unknown !== undefined) throw new LogQueryError(unknown, from, from + written.length);
  const args: Expression[] = [];
  if (!takesSymbol(reader, ')')) {
    do args.push(takesSymbol(reader, '*') ? { kind: 'star' } : readExpression(reader));
    while (takesSymbol(reader, ','));
    expectSymbol(reader, ')');
  }
  const problem = problemOfArguments(written, args);
  if (problem !== undefined) throw new LogQueryError(problem, from, reader.at);
  return { kind: 'call', name: written.toLowerCase(), args };
};
