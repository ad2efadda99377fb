import {
  type BinaryOperator,
  bindingOf,
  DEFAULT_SYNTAX,
  type Expression,
  POWER,
  type SyntaxSettings,
} from './expression.ts';
import { type Parsed, ParseFailure, reading } from './parse-failure.ts';
import { type Token, tokensOf } from './tokens.ts';

/** Characters of an expression (API reference, MetricDataQuery.Expression). */
const MAX_EXPRESSION_LENGTH = 2048;
/** Levels of brackets, signs and calls; CloudWatch's own limit is not known. */
const MAX_DEPTH = 100;

type Cursor = { readonly tokens: readonly Token[]; readonly syntax: SyntaxSettings; index: number; depth: number };

/** Reads metric math; what the functions are and take is not looked at. The issue names the character and what may stand there. */
export function parseExpression(text: string, syntax: SyntaxSettings = DEFAULT_SYNTAX): Parsed<Expression> {
  return reading(() => {
    if (text.length > MAX_EXPRESSION_LENGTH) {
      const problem = `the expression has ${text.length} characters, CloudWatch takes ${MAX_EXPRESSION_LENGTH}`;
      throw new ParseFailure(`${problem}: move a part of it to a query of its own`, MAX_EXPRESSION_LENGTH);
    }
    const cursor: Cursor = { tokens: tokensOf(text), syntax, index: 0, depth: 0 };
    const expression = parseOperators(cursor, 0);
    const rest = peek(cursor);
    if (rest.kind !== 'end') throw afterOperand(rest, 'an operator or the end');
    return expression;
  });
}

const END: Token = { kind: 'end', text: '', at: 0 };

function peek({ tokens, index }: Cursor): Token {
  return tokens[index] ?? END;
}

function next(cursor: Cursor): Token {
  const token = peek(cursor);
  cursor.index += 1;
  return token;
}

function takes(cursor: Cursor, symbol: string): boolean {
  const { kind, text } = peek(cursor);
  if (kind !== 'symbol' || text !== symbol) return false;
  cursor.index += 1;
  return true;
}

function unexpected({ kind, text, at }: Token, wanted: string): ParseFailure {
  const found = kind === 'end' ? 'the expression ends' : kind === 'text' ? 'a text stands' : `"${text}" stands`;
  return new ParseFailure(`${found} where ${wanted} belongs`, at);
}

/** Something that follows an operand and is no operator. */
function afterOperand(token: Token, wanted: string): ParseFailure {
  const { kind, text, at } = token;
  if (kind === 'word' && /^(and|or)$/i.test(text)) {
    return new ParseFailure(`"${text}" is written in capitals: ${text.toUpperCase()}`, at);
  }
  const failure = unexpected(token, wanted);
  const isOperand = kind === 'word' || kind === 'number' || text === '(' || text === '[';
  return isOperand ? new ParseFailure(`${failure.message}; multiply with *`, at) : failure;
}

function parseOperators(cursor: Cursor, least: number): Expression {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) {
    throw new ParseFailure(`the expression is nested deeper than ${MAX_DEPTH} levels`, peek(cursor).at);
  }
  let left = parseOperand(cursor);
  for (;;) {
    const token = peek(cursor);
    const operator = operatorOf(token);
    if (operator === undefined) break;
    const binding = bindingOf(operator, cursor.syntax);
    if (binding < least) break;
    cursor.index += 1;
    const fromRight = operator === '^' && cursor.syntax.powerAssociativity === 'right';
    const right = parseOperators(cursor, fromRight ? binding : binding + 1);
    left = { kind: 'binary', operator, left, right, at: token.at };
  }
  cursor.depth -= 1;
  return left;
}

const OPERATORS: Readonly<Record<string, BinaryOperator>> = {
  ...{ '+': '+', '-': '-', '*': '*', '/': '/', '^': '^' },
  ...{ '==': '==', '!=': '!=', '<=': '<=', '>=': '>=', '<': '<', '>': '>' },
  ...{ '&&': 'AND', '||': 'OR', AND: 'AND', OR: 'OR' },
};

function operatorOf({ kind, text }: Token): BinaryOperator | undefined {
  return (kind === 'symbol' || kind === 'word') && Object.hasOwn(OPERATORS, text) ? OPERATORS[text] : undefined;
}

function parseOperand(cursor: Cursor): Expression {
  const token = next(cursor);
  const { kind, text, at } = token;
  if (kind === 'number') return { kind: 'number', value: readNumber(text, at), at };
  if (kind === 'text') return { kind: 'text', text, at };
  if (kind === 'word' && operatorOf(token) === undefined) return parseWord(cursor, token);
  if (text === '-' && kind === 'symbol') {
    const operand = parseOperators(cursor, cursor.syntax.negation === 'after-power' ? POWER : POWER + 1);
    return { kind: 'negate', operand, at };
  }
  if (text === '(' && kind === 'symbol') {
    const inner = parseOperators(cursor, 0);
    if (!takes(cursor, ')')) throw afterOperand(peek(cursor), 'an operator or )');
    return inner;
  }
  if (text === '[' && kind === 'symbol') return { kind: 'array', items: parseList(cursor, ']'), at };
  throw unexpected(token, 'a number, an Id, a function, (, [ or -');
}

function readNumber(text: string, at: number): number {
  const value = Number(text);
  if (!Number.isFinite(value)) throw new ParseFailure(`${text} is too large for a number`, at);
  return value;
}

function parseWord(cursor: Cursor, { text, at }: Token): Expression {
  const isCall = takes(cursor, '(');
  const isId = /^[a-z]/.test(text);
  if (isCall && !/^[A-Z][A-Z0-9_]*$/.test(text)) {
    throw new ParseFailure(`functions are written in capitals: ${text.toUpperCase()}(…)`, at);
  }
  if (isCall) return { kind: 'call', name: text, arguments: takes(cursor, ')') ? [] : parseList(cursor, ')'), at };
  return isId ? { kind: 'reference', id: text, at } : { kind: 'keyword', word: text, at };
}

function parseList(cursor: Cursor, closing: ')' | ']'): readonly Expression[] {
  const items = [parseOperators(cursor, 0)];
  while (takes(cursor, ',')) items.push(parseOperators(cursor, 0));
  if (!takes(cursor, closing)) throw afterOperand(peek(cursor), `an operator, a comma or ${closing}`);
  return items;
}
