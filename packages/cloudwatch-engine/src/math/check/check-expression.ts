import type { Expression } from '../syntax/expression.ts';
import {
  FUNCTIONS,
  type FunctionName,
  isFunction,
  type Parameter,
  REFUSED,
  type Signature,
  type ValueKind,
} from './function-table.ts';
import { nearest } from './nearest.ts';

/** What is wrong with an expression that reads well; `at` is the index of the character it is about. */
export type ExpressionIssue = {
  /**
   * `reference`: no query has that Id; `function`: there is none; `argument`: a function does not take it; `type`: an
   * operator does not; `refused`: the function exists and is not emulated; `text`: a quoted text is wrong in itself.
   */
  readonly code: 'reference' | 'function' | 'argument' | 'type' | 'refused' | 'text';
  readonly at: number;
  readonly message: string;
};

/** What the Ids of a request stand for, and how a quoted argument is checked. */
export type Scope = {
  /** `metric` is a series as stored; `undefined` where no query has the Id. */
  readonly kindOf: (id: string) => ValueKind | 'metric' | 'broken' | undefined;
  readonly ids: readonly string[];
  /** Issues of the quoted arguments of a call. */
  readonly checkTexts: (name: FunctionName, texts: readonly (Expression | undefined)[]) => readonly ExpressionIssue[];
};

type Check = { readonly scope: Scope; readonly issues: ExpressionIssue[] };

/** The kind of its value, `undefined` where an issue leaves it open, and all issues. */
export function checkExpression(
  expression: Expression,
  scope: Scope,
): { readonly kind: ValueKind | undefined; readonly issues: readonly ExpressionIssue[] } {
  const check: Check = { scope, issues: [] };
  return { kind: kindOf(expression, check), issues: check.issues };
}

function report(check: Check, code: ExpressionIssue['code'], at: number, message: string): undefined {
  check.issues.push({ code, at, message: `${message} (at character ${at + 1})` });
}

function kindOf(expression: Expression, check: Check): ValueKind | undefined {
  switch (expression.kind) {
    case 'number':
      return 'scalar';
    case 'text':
      return report(
        check,
        'type',
        expression.at,
        'a text is an argument of METRICS, SEARCH or INSIGHT_RULE_METRIC only',
      );
    case 'keyword':
      return keywordAlone(expression.word, expression.at, check);
    case 'reference':
      return referenced(expression.id, expression.at, check);
    case 'negate':
      return kindOf(expression.operand, check);
    case 'array':
      return arrayOf(expression.items, check);
    case 'binary':
      return combined(expression, check);
    case 'call':
      return called(expression, check);
  }
}

function keywordAlone(word: string, at: number, check: Check): undefined {
  if (word === 'NOT') return report(check, 'function', at, 'metric math has no NOT: compare with == 0');
  const isKnown = isFunction(word) || Object.hasOwn(REFUSED, word);
  const fix = isKnown ? `${word} is a function: write ${word}(…)` : 'Ids begin with a small letter';
  return report(check, isKnown ? 'function' : 'reference', at, `"${word}" stands alone; ${fix}`);
}

function referenced(id: string, at: number, check: Check): ValueKind | undefined {
  const kind = check.scope.kindOf(id);
  if (kind === undefined) {
    const { ids } = check.scope;
    const known = ids.length === 0 ? 'there is no other query' : `there are ${ids.slice(0, 10).join(', ')}`;
    return report(check, 'reference', at, `no query has the Id "${id}"${nearest(id, ids)}; ${known}`);
  }
  if (kind === 'broken') return undefined;
  return kind === 'metric' ? 'series' : kind;
}

function arrayOf(items: readonly Expression[], check: Check): ValueKind {
  for (const item of items) {
    if (kindOf(item, check) === 'scalar') report(check, 'type', item.at, 'an array holds time series, not numbers');
  }
  return 'array';
}

function combined(node: Extract<Expression, { kind: 'binary' }>, check: Check): ValueKind | undefined {
  const left = kindOf(node.left, check);
  const right = kindOf(node.right, check);
  if (left === 'array' && right === 'array') {
    const fix = 'reduce one with SUM, AVG, MAX or MIN, or take one of its series with FIRST or LAST';
    return report(check, 'type', node.at, `"${node.operator}" stands between two arrays of time series: ${fix}`);
  }
  if (left === undefined || right === undefined) return undefined;
  if (left === 'array' || right === 'array') return 'array';
  return left === 'series' || right === 'series' ? 'series' : 'scalar';
}

function called(
  { name, arguments: given, at }: Extract<Expression, { kind: 'call' }>,
  check: Check,
): ValueKind | undefined {
  if (!isFunction(name)) {
    for (const argument of given) kindOf(argument, check);
    if (name === 'NOT') return keywordAlone(name, at, check);
    const refusal = Object.hasOwn(REFUSED, name) ? REFUSED[name] : undefined;
    if (refusal !== undefined) return report(check, 'refused', at, `${name} is not emulated: ${refusal}`);
    return report(check, 'function', at, `metric math has no function ${name}${nearest(name, Object.keys(FUNCTIONS))}`);
  }
  const signature: Signature = FUNCTIONS[name];
  const kinds = given.map((argument, index) =>
    checkArgument(name, argument, signature.parameters[index], index, check),
  );
  const needed = signature.parameters.filter(({ optional }) => !optional).length;
  const most = signature.parameters.length;
  if (given.length < needed || given.length > most) {
    const count = needed === most ? `${most}` : `${needed} to ${most}`;
    const hint = signature.returns === 'reduced' && given.length > 1 ? `: write ${name}([…]) for an array` : '';
    return report(
      check,
      'argument',
      at,
      `${name} takes ${count} argument${most === 1 ? '' : 's'}, not ${given.length}${hint}`,
    );
  }
  check.issues.push(...check.scope.checkTexts(name, given));
  if (name === 'IF') return ifKind(kinds, at, check);
  if (signature.returns === 'same') return kinds[0];
  if (signature.returns !== 'reduced') return signature.returns;
  return kinds[0] === undefined ? undefined : kinds[0] === 'array' ? 'series' : 'scalar';
}

/** "For each of these syntaxes, the output is a single time series" (user guide, "Using IF expressions"). */
function ifKind(kinds: readonly (ValueKind | undefined)[], at: number, check: Check): ValueKind {
  const [condition, ...branches] = kinds;
  if (condition === 'scalar' && branches.includes('scalar')) {
    const fix = 'compare a time series, or write TIME_SERIES(…) around the number';
    report(check, 'argument', at, `IF with a number as its condition takes time series as its values: ${fix}`);
  }
  return 'series';
}

function checkArgument(
  name: FunctionName,
  argument: Expression,
  parameter: Parameter | undefined,
  index: number,
  check: Check,
): ValueKind | undefined {
  const { takes = [], words = [] } = parameter ?? { takes: ['scalar', 'series', 'array', 'text'] as const };
  if (argument.kind === 'keyword' && words.length > 0 && words.includes(argument.word)) return undefined;
  if (argument.kind === 'text' && takes.includes('text')) return undefined;
  if (argument.kind === 'keyword' || argument.kind === 'text') return wrong(name, argument.at, parameter, index, check);
  if (takes.includes('metric')) {
    const isMetric = argument.kind === 'reference' && check.scope.kindOf(argument.id) === 'metric';
    if (!isMetric && kindOf(argument, check) !== undefined) wrong(name, argument.at, parameter, index, check);
    return 'series';
  }
  const kind = kindOf(argument, check);
  if (kind !== undefined && parameter && !takes.includes(kind)) wrong(name, argument.at, parameter, index, check, kind);
  return kind;
}

const KINDS: Readonly<Record<Parameter['takes'][number], string>> = {
  scalar: 'a number',
  series: 'a time series',
  array: 'an array of time series',
  metric: 'the Id of a metric',
  text: 'a text in quotes',
};

function wrong(
  name: string,
  at: number,
  parameter: Parameter | undefined,
  index: number,
  check: Check,
  kind?: ValueKind,
): undefined {
  const allowed = [...(parameter?.takes ?? []).map((each) => KINDS[each]), ...(parameter?.words ?? [])];
  const list =
    allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')} or ${allowed.at(-1)}` : (allowed[0] ?? 'nothing');
  const found = kind === undefined ? '' : `, not ${KINDS[kind]}`;
  return report(check, 'argument', at, `argument ${index + 1} of ${name} is ${list}${found}`);
}
