import { STATE_VALUES, type StateValue } from '../evaluation/alarm-state.ts';
import type { AlarmRule } from './rule.ts';
import { type RuleToken, ruleTokens, unquote } from './rule-tokens.ts';

/** What is wrong with a rule, in the service's words; `at` is the index of the first character that is. */
type RuleIssue = { readonly code: 'rule'; readonly at: number; readonly message: string };
export type ParsedRule =
  | { readonly ok: true; readonly rule: AlarmRule }
  | { readonly ok: false; readonly issue: RuleIssue };

const STATES = 'ALARM, OK, or INSUFFICIENT_DATA';
const OPERAND = `'(', 'NOT', AT_LEAST, TRUE or FALSE, ${STATES}`;
const COUNT = 'NUMBER, PERCENTAGE NUMBER';
const NAME = `'NOT', 'AND', 'OR', 'AT_LEAST', ${COUNT}, TRUE or FALSE, ${STATES}, unquoted alarm name, quoted alarm name`;
/** Deeper than the 500 elements that a rule may have, and shallow enough for the stack. */
const MAX_DEPTH = 600;

type Cursor = { readonly tokens: readonly RuleToken[]; at: number; depth: number };
class Broken extends Error {
  readonly at: number;
  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }
}

/**
 * Reads the rule of a composite alarm (user guide, "Composite alarms"; messages as recorded from the service). Keywords
 * are in capitals. NOT binds tighter than AND, AND tighter than OR: AWS does not say which, `printAlarmRule` writes
 * parentheses around both.
 */
export function parseAlarmRule(text: string): ParsedRule {
  const cursor: Cursor = { tokens: ruleTokens(text), at: 0, depth: 0 };
  try {
    const rule = readOr(cursor);
    const rest = peek(cursor);
    if (rest.kind !== 'end') {
      const last = cursor.tokens[cursor.at + 1]?.kind === 'end';
      throw unsupported(rest, last ? '<EOF>' : "<EOF>, 'AND', 'OR'");
    }
    return { ok: true, rule };
  } catch (error) {
    if (!(error instanceof Broken)) throw error;
    return { ok: false, issue: { code: 'rule', at: error.at, message: `Error in AlarmRule [${error.message}]` } };
  }
}

function readOr(cursor: Cursor): AlarmRule {
  let left = readAnd(cursor);
  while (isWord(peek(cursor), 'OR')) {
    cursor.at += 1;
    left = { kind: 'or', of: [left, readAnd(cursor)] };
  }
  return left;
}

function readAnd(cursor: Cursor): AlarmRule {
  let left = readNot(cursor);
  while (isWord(peek(cursor), 'AND')) {
    cursor.at += 1;
    left = { kind: 'and', of: [left, readNot(cursor)] };
  }
  return left;
}

function readNot(cursor: Cursor): AlarmRule {
  if (!isWord(peek(cursor), 'NOT')) return readOperand(cursor);
  cursor.at += 1;
  return deeper(cursor, () => ({ kind: 'not', of: readNot(cursor) }));
}

function readOperand(cursor: Cursor): AlarmRule {
  const token = peek(cursor);
  cursor.at += 1;
  if (token.kind === '(') {
    const inner = deeper(cursor, () => readOr(cursor));
    take(cursor, ')', "')'");
    return inner;
  }
  if (isWord(token, 'TRUE') || isWord(token, 'FALSE')) return { kind: 'constant', value: token.text === 'TRUE' };
  if (isWord(token, 'AT_LEAST')) return readAtLeast(cursor);
  const state = token.kind === 'word' ? stateOf(token.text) : undefined;
  if (state === undefined) throw unsupported(token, OPERAND);
  take(cursor, '(', "'('");
  const alarm = readName(cursor, NAME);
  take(cursor, ')', "')'");
  return { kind: 'state', state, alarm };
}

function readAtLeast(cursor: Cursor): AlarmRule {
  take(cursor, '(', "'('");
  const threshold = peek(cursor);
  const [, digits, sign] = /^(\d+)(%?)$/.exec(threshold.kind === 'word' ? threshold.text : '') ?? [];
  if (digits === undefined) throw unsupported(threshold, COUNT);
  cursor.at += 1;
  take(cursor, ',', "','");
  const negated = isWord(peek(cursor), 'NOT');
  if (negated) cursor.at += 1;
  const word = peek(cursor);
  const state = word.kind === 'word' ? stateOf(word.text) : undefined;
  if (state === undefined) throw unsupported(word, negated ? STATES : `'NOT', ${STATES}`);
  cursor.at += 1;
  take(cursor, ',', "','");
  const alarms = readNames(cursor);
  take(cursor, ')', "')'");
  return atLeast(
    { count: Number(digits), unit: sign === '%' ? 'percent' : 'alarms', negated, state, alarms },
    threshold.at,
  );
}

function atLeast(rule: Omit<Extract<AlarmRule, { kind: 'at-least' }>, 'kind'>, at: number): AlarmRule {
  if (rule.unit === 'percent' && (rule.count < 1 || rule.count > 100)) {
    throw new Broken(at, 'AT_LEAST percentage threshold must be between 1 and 100');
  }
  if (rule.unit === 'alarms' && (rule.count < 1 || rule.count > rule.alarms.length)) {
    throw new Broken(at, `AT_LEAST absolute threshold must be between 1 and number of alarms (${rule.alarms.length})`);
  }
  return { kind: 'at-least', ...rule };
}

function readNames(cursor: Cursor): readonly string[] {
  take(cursor, '(', "'('");
  const names = [readName(cursor, NAME)];
  while (peek(cursor).kind === ',') {
    cursor.at += 1;
    names.push(readName(cursor, NAME));
  }
  take(cursor, ')', "',', ')'");
  return names;
}

function readName(cursor: Cursor, must: string): string {
  const token = peek(cursor);
  if (token.kind !== 'word' && token.kind !== 'quoted') {
    // The service shows closing parentheses that follow each other as one piece.
    const next = cursor.tokens[cursor.at + 1];
    throw unsupported(token.kind === ')' && next?.kind === ')' ? { ...token, text: '))' } : token, must);
  }
  if (token.text.startsWith('"') && token.kind === 'word') throw unsupported(token, "a closing '\"'");
  cursor.at += 1;
  return token.kind === 'quoted' ? unquote(token.text) : token.text;
}

function peek(cursor: Cursor): RuleToken {
  return cursor.tokens[cursor.at] as RuleToken;
}

function take(cursor: Cursor, kind: RuleToken['kind'], must: string): void {
  const token = peek(cursor);
  if (token.kind !== kind) throw unsupported(token, must);
  cursor.at += 1;
}

function isWord(token: RuleToken, word: string): boolean {
  return token.kind === 'word' && token.text === word;
}

function stateOf(word: string): StateValue | undefined {
  return STATE_VALUES.find((each) => each === word);
}

function deeper<T>(cursor: Cursor, read: () => T): T {
  cursor.depth += 1;
  if (cursor.depth > MAX_DEPTH) throw new Broken(peek(cursor).at, 'An alarm rule can have at most 500 elements');
  const result = read();
  cursor.depth -= 1;
  return result;
}

function unsupported(token: RuleToken, must: string): Broken {
  return new Broken(token.at, `Unsupported token '${token.text}' at char ${token.at}, must be: ${must}`);
}
