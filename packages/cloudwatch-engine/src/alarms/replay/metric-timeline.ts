import type { MetricSource } from '../../series/metric-source.ts';
import type { MetricAlarm } from '../config/alarm.ts';
import type { AlarmMath } from '../evaluation/alarm-math.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';
import { type ContributorChange, evaluateContributors } from '../evaluation/contributors.ts';
import { classify, type Datapoints } from '../evaluation/datapoint.ts';
import { decide } from '../evaluation/decide.ts';
import { evaluateAlarm, explainState } from '../evaluation/evaluate-alarm.ts';
import { type EvaluationSettings, evaluationInterval, evaluationWindow } from '../evaluation/evaluation-settings.ts';
import { loadDatapoints, type Range, sampleCounts } from '../evaluation/load-datapoints.ts';

/** A state that an alarm came to at `at`; `changes` are those of its contributors. */
export type TimelineEntry = {
  readonly at: number;
  readonly state: AlarmState;
  readonly changes?: readonly ContributorChange[];
};

export type TimelineInput = {
  readonly source: MetricSource;
  readonly math: AlarmMath;
  readonly settings: EvaluationSettings;
  /** Seconds since 1970: evaluations after `from` up to and with `to`. */
  readonly from: number;
  readonly to: number;
};

/** Every state that a metric alarm comes to, oldest first, when it is evaluated at each whole interval since 1970. */
export function metricTimeline(alarm: MetricAlarm, state: AlarmState, input: TimelineInput): readonly TimelineEntry[] {
  const interval = evaluationInterval(alarm);
  const first = (Math.floor(input.from / interval) + 1) * interval;
  const count = Math.floor((input.to - first) / interval) + 1;
  if (count <= 0) return NOTHING;
  const timeline = { alarm, state, input, first, interval, count };
  if (count === 1) return readEachTime(timeline);
  const shared =
    alarm.watched.kind === 'metric' || (alarm.watched.kind === 'math' && input.math.pointwise(alarm.watched.queries));
  if (shared && alarm.periodSeconds % interval === 0) return readOnce(timeline);
  return readEachTime(timeline);
}

type Timeline = {
  readonly alarm: MetricAlarm;
  readonly state: AlarmState;
  readonly input: TimelineInput;
  readonly first: number;
  readonly interval: number;
  readonly count: number;
};

/** The datapoints of all evaluations whose windows begin on the same grid: one reading instead of one for each. */
type Phase = { readonly datapoints: Datapoints; readonly codes: Uint8Array };

function readOnce({ alarm, state: initial, input, first, interval, count }: Timeline): readonly TimelineEntry[] {
  const phases = Math.min(alarm.periodSeconds / interval, count);
  const range = input.settings.evaluationRange(alarm);
  const read: Phase[] = [];
  for (let phase = 0; phase < phases; phase += 1) {
    const evaluations = Math.floor((count - 1 - phase) / phases);
    const { start, end } = evaluationWindow(alarm, first + phase * interval, input.settings);
    const whole = { start, end: end + evaluations * alarm.periodSeconds };
    const datapoints = loadDatapoints(alarm, input.source, input.math, whole);
    read.push({ datapoints, codes: classify(alarm, datapoints) });
  }
  const entries: TimelineEntry[] = [];
  let state = initial;
  for (let index = 0; index < count; index += 1) {
    const { datapoints, codes } = read[index % phases] as Phase;
    const place = Math.floor(index / phases);
    const value = decide(alarm, codes, place, place + range);
    if (value === undefined || value === state.value) continue;
    const at = first + index * interval;
    const part = slice(datapoints, place, range, alarm.periodSeconds);
    const counts = sampleCounts(alarm, input.source, part.start);
    state = explainState(alarm, value, part, codes.subarray(place, place + range), at, counts);
    entries.push({ at, state });
  }
  return entries;
}

const NOTHING: readonly TimelineEntry[] = [];

function readEachTime({ alarm, state: initial, input, first, interval, count }: Timeline): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let state = initial;
  for (let index = 0; index < count; index += 1) {
    const at = first + index * interval;
    const window = evaluationWindow(alarm, at, input.settings);
    const { state: next, changes } = evaluateOnce(alarm, state, input, window, at);
    if (next === state) continue;
    if (next.value !== state.value || next.reason !== state.reason || changes.length > 0) {
      entries.push({ at, state: next, ...(changes.length > 0 ? { changes } : {}) });
    }
    state = next;
  }
  return entries;
}

function evaluateOnce(
  alarm: MetricAlarm,
  state: AlarmState,
  { source, math }: TimelineInput,
  window: Range,
  at: number,
) {
  if (alarm.watched.kind === 'contributors') {
    const id = alarm.watched.id;
    const series = math.evaluate(alarm.watched.queries, source, window).filter((each) => each.id === id);
    return evaluateContributors(alarm, state, series, window, at);
  }
  const datapoints = loadDatapoints(alarm, source, math, window);
  const next = evaluateAlarm(alarm, state, datapoints, at, sampleCounts(alarm, source, window.start));
  return { state: next, changes: [] };
}

function slice(
  { start, values, lower, upper }: Datapoints,
  from: number,
  length: number,
  periodSeconds: number,
): Datapoints {
  return {
    start: start + from * periodSeconds,
    values: values.subarray(from, from + length),
    ...(lower ? { lower: lower.subarray(from, from + length) } : {}),
    ...(upper ? { upper: upper.subarray(from, from + length) } : {}),
  };
}
