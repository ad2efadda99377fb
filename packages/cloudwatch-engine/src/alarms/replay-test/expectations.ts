import { STATE_VALUES, type StateValue } from '../evaluation/alarm-state.ts';
import { parseMoments, printDuration } from './moments.ts';
import { type ReplayedAlarm, stateAt } from './replay-alarms.ts';
import type { TestIssue } from './test-issue.ts';

/**
 * What state an alarm is to have: at moments and from one moment to another (`{ '5m': 'OK', '6m..8m': 'ALARM' }`), or step
 * by step from the first evaluation on (`'OKx5 ALARMx3 _x2'`, where `_` is any).
 */
export type ExpectedStates = string | Readonly<Record<string, string>>;

/** A state that is wanted from one moment to another, both included, in seconds since the test began. */
export type Expectation = { readonly from: number; readonly to: number; readonly state: StateValue };

/** An expectation that was not met first at `at`. */
export type Mismatch = { readonly at: number; readonly expected: StateValue; readonly actual: StateValue };

const SHORT: Readonly<Record<string, StateValue>> = { O: 'OK', A: 'ALARM', I: 'INSUFFICIENT_DATA' };

/** Reads what is expected of one alarm; every issue at once. Steps take `stepSeconds`. */
export function readExpectations(
  expected: ExpectedStates,
  alarm: string,
  stepSeconds: number,
): { readonly expectations: readonly Expectation[]; readonly issues: readonly TestIssue[] } {
  const issues: TestIssue[] = [];
  const refuse = (code: string, message: string) => issues.push({ code, where: `expect ${alarm}`, message });
  const nothing = typeof expected === 'string' ? expected.trim() === '' : Object.keys(expected).length === 0;
  if (nothing) refuse('nothing', 'expects nothing: give states, as in OKx5 or { 5m: ALARM }');
  const expectations =
    typeof expected === 'string' ? readSteps(expected, stepSeconds, refuse) : readMoments(expected, refuse);
  return { expectations, issues };
}

type Refuse = (code: string, message: string) => void;

function readSteps(text: string, stepSeconds: number, refuse: Refuse): readonly Expectation[] {
  const expectations: Expectation[] = [];
  let step = 0;
  for (const item of text.split(/\s+/).filter((each) => each !== '')) {
    const [, word = '', times = '1'] = /^([A-Z_]+?)(?:x(\d+))?$/.exec(item) ?? [];
    const state = readState(word);
    if (state === undefined && word !== '_') refuse('state', `"${item}" is none of ${STATES}, _, or one of them xN`);
    const count = Number(times);
    const to = (step + count) * stepSeconds;
    if (state !== undefined && count > 0) expectations.push({ from: (step + 1) * stepSeconds, to, state });
    step += count;
  }
  return expectations;
}

function readMoments(expected: Readonly<Record<string, string>>, refuse: Refuse): readonly Expectation[] {
  const expectations: Expectation[] = [];
  for (const [key, word] of Object.entries(expected)) {
    const [moments, state] = [parseMoments(key), readState(word)];
    if (!moments) refuse('moment', `"${key}" is no moment: write 5m, 1h30m, or 5m..8m`);
    if (!state) refuse('state', `"${word}" at ${key} is none of ${STATES}`);
    if (!moments || !state) continue;
    const { from, to } = moments;
    const other = expectations.find((each) => each.state !== state && each.from <= to && from <= each.to);
    if (other) {
      const at = printDuration(Math.max(from, other.from));
      refuse('contradiction', `expects both ${other.state} and ${state} at ${at}: take one of them away`);
    }
    expectations.push({ from, to, state });
  }
  return expectations;
}

const STATES = STATE_VALUES.join(', ');

function readState(word: string): StateValue | undefined {
  return STATE_VALUES.find((state) => state === word) ?? SHORT[word];
}

/** The first moment at which each expectation fails, oldest first. */
export function mismatches(replayed: ReplayedAlarm, expectations: readonly Expectation[]): readonly Mismatch[] {
  const found = expectations.flatMap(({ from, to, state }): Mismatch[] => {
    const moments = [from, ...replayed.changes.map(({ at }) => at).filter((at) => at > from && at <= to)];
    const at = moments.find((moment) => stateAt(replayed, moment) !== state);
    if (at === undefined) return [];
    return [{ at, expected: state, actual: stateAt(replayed, at) }];
  });
  return found.toSorted((a, b) => a.at - b.at);
}

/** `at 14m: expected OK, was ALARM since 12m: Threshold Crossed: …` */
export function printMismatch(replayed: ReplayedAlarm, { at, expected, actual }: Mismatch): string {
  const change = replayed.changes.findLast((each) => each.at <= at);
  const why = change ? ` since ${printDuration(change.at)}: ${change.reason}` : ', as it was created';
  return `at ${printDuration(at)}: expected ${expected}, was ${actual}${why}`;
}
