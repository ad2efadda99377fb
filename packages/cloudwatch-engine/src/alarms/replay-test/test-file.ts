import { parseInstant } from '../../utc-calendar.ts';
import { valueText } from '../../value-text.ts';
import { isMembers, type Members } from '../documents/alarm-members.ts';
import type { DocumentOptions } from '../documents/alarms-of-document.ts';
import type { AlarmTest } from './run-alarm-test.ts';
import type { TestIssue } from './test-issue.ts';

/** A test of a file: all but its alarms, which the file has for all of its tests. */
export type AlarmTestCase = Omit<AlarmTest, 'alarms'> & { readonly name: string };

export type AlarmTestFile = {
  /** Where the alarms are: paths of documents, and documents that stand in the file. */
  readonly alarms: readonly (string | Members)[];
  readonly values: NonNullable<DocumentOptions['values']>;
  readonly tests: readonly AlarmTestCase[];
};

export type ReadTestFile =
  | { readonly ok: true; readonly file: AlarmTestFile }
  | { readonly ok: false; readonly issues: readonly [TestIssue, ...TestIssue[]] };

const FILE = ['alarms', 'values', 'tests'];
const TEST = ['name', 'interval', 'length', 'start', 'series', 'expect'];

/** Reads a parsed file of tests, `{ alarms, values?, tests: [{ name, series, expect, interval?, length?, start? }] }`. */
export function readAlarmTestFile(document: unknown): ReadTestFile {
  const issues: TestIssue[] = [];
  const root = membersOf(document, 'file', FILE, issues);
  const alarms = [root.alarms].flat().filter((each) => typeof each === 'string' || isMembers(each));
  if (alarms.length === 0) {
    issues.push({ code: 'alarms', where: 'alarms', message: 'is missing: name a file of alarms, or list them' });
  }
  const tests = Array.isArray(root.tests) ? root.tests : [];
  if (tests.length === 0) issues.push({ code: 'tests', where: 'tests', message: 'is missing: list at least one' });
  const read = tests.map((test, index) => readTest(test, `tests[${index}]`, issues));
  const values = Object.fromEntries(Object.entries(textsOf(root.values ?? {}, 'values', issues)));
  const [first, ...more] = issues;
  if (first) return { ok: false, issues: [first, ...more] };
  return { ok: true, file: { alarms: alarms as AlarmTestFile['alarms'], values, tests: read } };
}

function readTest(document: unknown, place: string, issues: TestIssue[]): AlarmTestCase {
  const test = membersOf(document, place, TEST, issues);
  const name = ['string', 'number'].includes(typeof test.name) ? String(test.name) : place;
  const where = `${place} ${JSON.stringify(name)}`;
  const expect = isMembers(test.expect) ? test.expect : {};
  if (Object.keys(expect).length === 0) {
    issues.push({ code: 'expect', where, message: 'expects nothing: give states by alarm, as in low: { 5m: ALARM }' });
  }
  const start = test.start === undefined ? undefined : instantOf(test.start, where, issues);
  return {
    name,
    series: textsOf(test.series ?? {}, `${where}, series`, issues),
    expect: Object.fromEntries(
      Object.entries(expect).map(([alarm, states]) => [
        alarm,
        isMembers(states) ? textsOf(states, `${where}, expect ${alarm}`, issues) : valueText(states),
      ]),
    ),
    ...(test.interval === undefined ? {} : { interval: valueText(test.interval) }),
    ...(test.length === undefined ? {} : { length: valueText(test.length) }),
    ...(start === undefined ? {} : { start }),
  };
}

function membersOf(value: unknown, where: string, known: readonly string[], issues: TestIssue[]): Members {
  if (!isMembers(value)) {
    issues.push({ code: 'object', where, message: `is no object with ${known.join(', ')}` });
    return {};
  }
  for (const key of Object.keys(value)) {
    if (known.includes(key)) continue;
    issues.push({ code: 'unknown-member', where, message: `has no "${key}": there are ${known.join(', ')}` });
  }
  return value;
}

/** Texts by name; a number is one too, as `AnsweredCalls: 7` in YAML. */
function textsOf(value: unknown, where: string, issues: TestIssue[]): Readonly<Record<string, string>> {
  if (!isMembers(value)) {
    issues.push({ code: 'object', where, message: 'is no object of texts' });
    return {};
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (typeof each === 'string' || typeof each === 'number') return [key, String(each)];
      issues.push({ code: 'text', where, message: `${key} is no text` });
      return [key, ''];
    }),
  );
}

/** Seconds since 1970 of `2026-01-05T09:30Z`. */
function instantOf(value: unknown, where: string, issues: TestIssue[]): number | undefined {
  const text = valueText(value);
  const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.0+)?)?Z$/.test(text) ? parseInstant(text) : undefined;
  if (instant === undefined) {
    issues.push({ code: 'start', where, message: `start is no moment of the form 2026-01-05T09:30Z` });
  }
  return instant;
}
