import { metricKey } from '../../series/metric.ts';
import type { MetricSource } from '../../series/metric-source.ts';
import type { AlarmInput } from '../config/alarm-input.ts';
import type { StateValue } from '../evaluation/alarm-state.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import { type Expectation, type ExpectedStates, mismatches, printMismatch, readExpectations } from './expectations.ts';
import { parseDuration, printDuration } from './moments.ts';
import { metricNamed, metricsRead, selectsMetrics } from './name-metric.ts';
import { drawReplay } from './picture/draw-replay.ts';
import { identityOf, readAlarms } from './read-alarms.ts';
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
  const sampled = readSeries(test, { start, step }, issues);
  const expectations = readExpected(test, step, issues);
  const longest = Math.max(0, ...sampled.map(({ values }) => values.length * step));
  const seconds = test.length === undefined ? longest : durationOf(test.length, 'length', issues);
  // Of a test whose series or length is wrong nobody knows where it would end.
  if (issues.length === 0) issues.push(...afterTheEnd(expectations, seconds));
  const [first, ...more] = issues;
  if (first) return { kind: 'invalid', issues: [first, ...more], message: printIssues(issues) };
  const source = sampleSource(sampled);
  const replayed = replayAlarms(alarms, source, {
    ...{ start, seconds, identity: identityOf(test.alarms) },
    ...(test.settings && { settings: test.settings }),
  });
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

type Expectations = ReadonlyMap<string, readonly Expectation[]>;

function readExpected({ alarms, expect }: AlarmTest, step: number, issues: TestIssue[]): Expectations {
  const names = alarms.map(({ AlarmName }) => AlarmName);
  const read = Object.entries(expect).map(([name, expected]) => {
    const { expectations, issues: found } = readExpectations(expected, name, step);
    issues.push(...found);
    return [name, expectations] as const;
  });
  for (const [name] of read) {
    if (names.includes(name)) continue;
    const message = `is no alarm of the test: they are ${names.join(', ') || 'none'}`;
    issues.push({ code: 'alarm-unknown', where: `expect ${name}`, message });
  }
  return new Map(read);
}

function afterTheEnd(expectations: Expectations, seconds: number): readonly TestIssue[] {
  return [...expectations].flatMap(([name, each]) => {
    const late = each.find(({ to }) => to > seconds);
    if (late === undefined) return [];
    const message = `expects something at ${printDuration(late.to)}, and the test ends at ${printDuration(seconds)}: lengthen a series, or set length`;
    return [{ code: 'after-the-end', where: `expect ${name}`, message }];
  });
}

function readSeries(
  { alarms, series }: AlarmTest,
  { start, step }: { readonly start: number; readonly step: number },
  issues: TestIssue[],
): readonly SampledMetric[] {
  const read = metricsRead(alarms);
  const names = new Map<string, string>();
  return Object.entries(series).flatMap(([name, text]) => {
    const where = `series "${name}"`;
    const metric = metricNamed(name, read, alarms.some(selectsMetrics));
    const parsed = parseSeries(text);
    if (!parsed.ok) issues.push({ code: parsed.issue.code, where, message: parsed.issue.message });
    if ('code' in metric) {
      issues.push(metric);
      return [];
    }
    const same = names.get(metricKey(metric));
    names.set(metricKey(metric), name);
    if (same !== undefined) {
      issues.push({ code: 'metric-twice', where, message: `is the same metric as "${same}": give it one series` });
    }
    return parsed.ok ? [{ metric, start, stepSeconds: step, values: parsed.values }] : [];
  });
}

function differences(
  replayed: readonly ReplayedAlarm[],
  source: MetricSource,
  expectations: Expectations,
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
