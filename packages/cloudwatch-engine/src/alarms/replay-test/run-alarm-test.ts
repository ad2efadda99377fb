import type { MetricSource } from '../../series/metric-source.ts';
import { unknownChildren } from '../composite/unknown-children.ts';
import type { Alarm } from '../config/alarm.ts';
import { DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import { type AlarmInput, isComposite } from '../config/alarm-input.ts';
import { validateAlarm } from '../config/validate-alarm.ts';
import type { StateValue } from '../evaluation/alarm-state.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import { drawReplay } from './draw-replay.ts';
import { type ExpectedStates, mismatches, printMismatch, readExpectations } from './expectations.ts';
import { parseDuration } from './moments.ts';
import { metricNamed, metricsRead } from './name-metric.ts';
import { type ReplayedAlarm, replayAlarms, statesOf } from './replay-alarms.ts';
import { type SampledMetric, sampleSource } from './sample-source.ts';
import { parseSeries } from './series-notation.ts';
import type { TestIssue } from './test-issue.ts';

export type AlarmTest = {
  /** As PutMetricAlarm and PutCompositeAlarm take them; what a composite alarm names must be among them. */
  readonly alarms: readonly AlarmInput[];
  /** Samples by metric: `{ AnsweredCalls: '0x5 12x3 _x2' }`; see `parseSeries` and `metricNamed`. */
  readonly series: Readonly<Record<string, string>>;
  /** Between two samples, and of the steps of states; default `1m`. The first sample is taken as the alarms are created. */
  readonly interval?: string;
  /** Default: as long as the longest series. */
  readonly length?: string;
  /** When the alarms are created, in seconds since 1970; default Monday, 5 January 2026, 00:00 UTC. */
  readonly start?: number;
  /** By alarm; alarms that are not named may do what they want. */
  readonly expect: Readonly<Record<string, ExpectedStates>>;
  readonly settings?: Partial<EvaluationSettings>;
};

export type AlarmTestOutcome =
  | { readonly kind: 'passed'; readonly replayed: readonly ReplayedAlarm[]; readonly seconds: number }
  /** `message`: what differs, each alarm with a picture of its series, threshold and states. */
  | { readonly kind: 'failed'; readonly replayed: readonly ReplayedAlarm[]; readonly message: string }
  | { readonly kind: 'invalid'; readonly issues: readonly [TestIssue, ...TestIssue[]]; readonly message: string };

const MONDAY = 1_767_571_200;

/**
 * Replays alarms over series, and compares their states with those expected. A state at 5m is that after the evaluation
 * at 5m, which has seen the samples of the first five minutes; at 0m every alarm is in INSUFFICIENT_DATA.
 */
export function runAlarmTest(test: AlarmTest): AlarmTestOutcome {
  const issues: TestIssue[] = [];
  const step = durationOf(test.interval ?? '1m', 'interval', issues) || 60;
  const start = test.start ?? MONDAY;
  const alarms = readAlarms(test.alarms, issues);
  const sampled = readSeries(test, alarms, { start, step }, issues);
  const expectations = new Map(
    Object.entries(test.expect).map(([name, expected]) => {
      const read = readExpectations(expected, name, step);
      issues.push(...read.issues);
      return [name, read.expectations];
    }),
  );
  const names = alarms.map(({ name }) => name);
  for (const name of expectations.keys()) {
    if (names.includes(name)) continue;
    const message = `is no alarm of the test: they are ${names.join(', ') || 'none'}`;
    issues.push({ code: 'alarm-unknown', where: `expect ${name}`, message });
  }
  const longest = Math.max(0, ...sampled.map(({ values }) => values.length * step));
  const seconds = test.length === undefined ? longest : durationOf(test.length, 'length', issues);
  for (const [name, each] of expectations) {
    if (each.every(({ to }) => to <= seconds)) continue;
    const message = `expects something after the end of the test at ${seconds} s: lengthen a series, or set length`;
    issues.push({ code: 'after-the-end', where: `expect ${name}`, message });
  }
  const [first, ...more] = issues;
  if (first) return { kind: 'invalid', issues: [first, ...more], message: printIssues(issues) };
  const source = sampleSource(sampled);
  const replayed = replayAlarms(alarms, source, { start, seconds, ...(test.settings && { settings: test.settings }) });
  const message = differences(replayed, source, expectations, { start, seconds });
  return message === '' ? { kind: 'passed', replayed, seconds } : { kind: 'failed', replayed, message };
}

/**
 * What one alarm makes of series: its states minute by minute, from that after the first sample on, and every change with
 * its reason. @throws RangeError with everything that is wrong with the alarm or the series.
 */
export function replayAlarm(
  alarm: AlarmInput,
  series: AlarmTest['series'],
  options: Pick<AlarmTest, 'interval' | 'length' | 'start' | 'settings'> = {},
): ReplayedAlarm & { readonly states: readonly StateValue[] } {
  const outcome = runAlarmTest({ ...options, alarms: [alarm], series, expect: {} });
  const [replayed] = outcome.kind === 'passed' ? outcome.replayed : [];
  if (outcome.kind !== 'passed' || !replayed) throw new RangeError(outcome.kind === 'invalid' ? outcome.message : '');
  return { ...replayed, states: statesOf(replayed, outcome.seconds) };
}

function printIssues(issues: readonly TestIssue[]): string {
  return issues.map(({ where, message }) => `${where}: ${message}`).join('\n');
}

function durationOf(text: string, where: string, issues: TestIssue[]): number {
  const seconds = parseDuration(text);
  if (seconds !== undefined && seconds > 0) return seconds;
  issues.push({ code: 'duration', where, message: `"${text}" is no duration: write 10s, 1m, 1h30m` });
  return 0;
}

function readAlarms(inputs: readonly AlarmInput[], issues: TestIssue[]): readonly Alarm[] {
  const names = new Set(inputs.map(({ AlarmName }) => AlarmName));
  return inputs.flatMap((input) => {
    const where = `alarm ${input.AlarmName ?? 'without a name'}`;
    const validated = validateAlarm(input);
    if (!validated.ok) {
      for (const { code, path, message, fix } of validated.issues) {
        issues.push({ code, where: `${where}, ${path}`, message: `${message} (${fix})` });
      }
      return [];
    }
    if (isComposite(input) && validated.alarm.kind === 'composite') {
      for (const { code, message } of unknownChildren(validated.alarm, (name) => names.has(name), DEFAULT_IDENTITY)) {
        issues.push({ code, where, message });
      }
    }
    return [validated.alarm];
  });
}

function readSeries(
  { series }: AlarmTest,
  alarms: readonly Alarm[],
  { start, step }: { readonly start: number; readonly step: number },
  issues: TestIssue[],
): readonly SampledMetric[] {
  const read = metricsRead(alarms);
  const selecting = alarms.some(
    (alarm) => alarm.kind === 'metric' && alarm.watched.kind !== 'metric' && alarm.watched.queries.some(isSelecting),
  );
  return Object.entries(series).flatMap(([name, text]) => {
    const metric = metricNamed(name, read, selecting);
    const parsed = parseSeries(text);
    if (!parsed.ok) issues.push({ code: parsed.issue.code, where: `series "${name}"`, message: parsed.issue.message });
    if ('code' in metric) issues.push(metric);
    return parsed.ok && !('code' in metric) ? [{ metric, start, stepSeconds: step, values: parsed.values }] : [];
  });
}

function isSelecting({ Expression }: { readonly Expression?: string | undefined }): boolean {
  return /^\s*SELECT\s/i.test(Expression ?? '');
}

function differences(
  replayed: readonly ReplayedAlarm[],
  source: MetricSource,
  expectations: ReadonlyMap<string, ReturnType<typeof readExpectations>['expectations']>,
  { start, seconds }: { readonly start: number; readonly seconds: number },
): string {
  const texts = replayed.flatMap((each) => {
    const wanted = expectations.get(each.alarm.name) ?? [];
    const found = mismatches(each, wanted);
    const [first] = found;
    if (!first) return [];
    const picture = drawReplay(each, source, { start, seconds, expectations: wanted, focus: first.at });
    return [`${picture}\n${found.map((mismatch) => printMismatch(each, mismatch)).join('\n')}`];
  });
  return texts.join('\n\n');
}
