import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MetricSource } from '@voice-campaign/cloudwatch-engine';
import { type ReplayedAlarm, replayAlarms } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import {
  type Alarm,
  type AlarmInput,
  type MetricAlarm,
  STATE_VALUES,
  type StateValue,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { DEFAULT_MATH_SETTINGS } from '@voice-campaign/cloudwatch-engine/math';
import { createHistory } from './history-source.ts';
import { readHistory } from './read-history.ts';
import { alarmsWithData, askedSeries, type SkippedAlarm, testableAlarms, unreadAlarms } from './testable-alarms.ts';

/** From when to when an alarm was in ALARM, seconds since 1970; without `to` it still is at the end. */
export type Episode = { readonly from: number; readonly to?: number; readonly reason: string };

export type BacktestedAlarm = {
  readonly name: string;
  readonly episodes: readonly Episode[];
  readonly secondsIn: Readonly<Record<StateValue, number>>;
  /** Without any it says nothing of the alarm that it did not go off: what it reads may have another name. */
  readonly hasData: boolean;
  /** How often the actions of ALARM would have run. */
  readonly notifications: number;
  readonly approximations: readonly string[];
  /** To be drawn with `drawReplay`: its moments are seconds since `from`. */
  readonly replayed: ReplayedAlarm;
};

export type Backtest = {
  /** Seconds since 1970. */
  readonly from: number;
  readonly to: number;
  /** In the order given. */
  readonly alarms: readonly BacktestedAlarm[];
  readonly skipped: readonly SkippedAlarm[];
  /** Metrics that GetMetricData was asked for, which is what AWS bills. */
  readonly metricsAsked: number;
  readonly source: MetricSource;
};

export type BacktestOptions = {
  readonly client: CloudWatchClient;
  /** As PutMetricAlarm and PutCompositeAlarm take them, or as `plan` makes them. */
  readonly alarms: readonly AlarmInput[];
  /** Days back, more than 0 and at most 15, as long as CloudWatch keeps minutes; of those the first hour is not tested. Default 14. */
  readonly days?: number;
  /** Epoch milliseconds; default the real time. */
  readonly now?: () => number;
};

/** A stretch of time that cannot be tested. */
export class BacktestError extends Error {
  override readonly name = 'BacktestError';
}

const mostDays = 15;
const daySeconds = 86_400;
// What was sent in the last minutes has not all come: alarms on too little would be told to be in ALARM now.
const lateSeconds = 180;
// Of a request that begins a second before the 15 days CloudWatch may give no minutes at all (GetMetricData).
const keptSeconds = mostDays * daySeconds - 300;
const mostSeconds = keptSeconds - 3600;

/**
 * Replays alarms over what an account's metrics were, as if they had been created then, up to three minutes ago. Data
 * count as if they had come in time, which CloudWatch does not say; metrics of one unit alone, where an alarm names none.
 * @throws BacktestError for a number of days that CloudWatch does not keep.
 */
export const backtest = async (options: BacktestOptions): Promise<Backtest> => {
  const { client, days = 14, now = Date.now } = options;
  if (!(days > 0 && days <= mostDays)) {
    throw new BacktestError(`${days} days back cannot be tested: CloudWatch keeps minutes for ${mostDays} days`);
  }
  const { taken, refused } = validated(options.alarms);
  const alarms = testableAlarms(taken, refused).testable.map(({ alarm }) => alarm);
  const { from, to, start } = stretchOf(now() / 1000, days, Math.max(0, ...alarms.map(warmUp)));
  const range = { start, end: to };
  const history = createHistory(range);
  const { asked: metricsAsked, lacking } = await readHistory(client, history, askedSeries(alarms), range);
  const { source } = history;
  const { testable, skipped } = testableAlarms(taken, new Map([...refused, ...unreadAlarms(alarms, lacking)]));
  const tested = testable.map(({ alarm }) => alarm);
  const withData = alarmsWithData(tested, history.has);
  const replayed = replayAlarms(tested, source, { start: from, seconds: to - from });
  const outcomes = replayed.map((each, index) => ({
    ...outcomeOf(each, from, to),
    hasData: withData.has(each.alarm.name),
    approximations: [...(testable[index]?.approximations ?? []), ...cutOff(each.alarm, from - start)],
  }));
  return { from, to, alarms: outcomes, skipped, metricsAsked, source };
};

/** An account has alarms that are not understood here, and the others are to be tested all the same. */
const validated = (inputs: readonly AlarmInput[]) => {
  const taken: Alarm[] = [];
  const refused = new Map<string, string>();
  for (const input of inputs) {
    const read = validateAlarm(input);
    if (read.ok) taken.push(read.alarm);
    else {
      const reasons = read.issues.map(({ path, message }) => `${path} ${message}`).join('; ');
      refused.set(input.AlarmName ?? 'an alarm without a name', `is not taken: ${reasons}`);
    }
  }
  return { taken, refused };
};

/** From when to when alarms are tested, and from when metrics are read; whole minutes, in seconds since 1970. */
const stretchOf = (now: number, days: number, lookBack: number) => {
  const to = Math.floor((now - lateSeconds) / 60) * 60;
  const oldest = Math.ceil((now - keptSeconds) / 60) * 60;
  const minutes = Math.max(1, Math.round((days * daySeconds) / 60));
  const from = Math.max(to - minutes * 60, Math.ceil((now - mostSeconds) / 60) * 60);
  return { from, to, start: Math.max(from - lookBack, oldest) };
};

const hasBand = ({ watched }: MetricAlarm): boolean => watched.kind === 'math' && watched.band !== undefined;

/** Seconds that the first evaluations of an alarm look back over, with some room: N periods and a few, and what a band is made of. */
const warmUp = (alarm: Alarm): number => {
  if (alarm.kind !== 'metric') return 0;
  const { periodSeconds, evaluationPeriods } = alarm;
  return periodSeconds * (evaluationPeriods + 5) + (hasBand(alarm) ? DEFAULT_MATH_SETTINGS.band.trainingSeconds : 0);
};

/** What it means for an alarm that metrics before the test are read for some seconds alone. */
const cutOff = (alarm: Alarm, read: number): readonly string[] => {
  if (alarm.kind !== 'metric') return [];
  const { periodSeconds, evaluationPeriods } = alarm;
  if (hasBand(alarm) && read < DEFAULT_MATH_SETTINGS.band.trainingSeconds - daySeconds) {
    return [`at first its band is made of ${Math.floor(read / 3600)} h, not of two weeks: test fewer days`];
  }
  const wanted = periodSeconds * evaluationPeriods;
  if (wanted <= read) return [];
  const hours = Math.ceil((wanted - read) / 3600);
  return [`in its first ${hours} h it looks back beyond what CloudWatch keeps, as if there had been no data`];
};

type Outcome = Omit<BacktestedAlarm, 'hasData' | 'approximations'>;

const outcomeOf = (replayed: ReplayedAlarm, from: number, to: number): Outcome => {
  const { alarm, changes, actions } = replayed;
  const episodes: Episode[] = [];
  const secondsIn = Object.fromEntries(STATE_VALUES.map((state) => [state, 0])) as Record<StateValue, number>;
  const states = [{ at: 0, to: changes[0]?.from ?? 'INSUFFICIENT_DATA', reason: '' } as const, ...changes];
  for (const [index, { at, to: state, reason }] of states.entries()) {
    const next = states[index + 1]?.at;
    secondsIn[state] += (next ?? to - from) - at;
    if (state === 'ALARM') episodes.push({ from: from + at, ...(next !== undefined && { to: from + next }), reason });
  }
  const notifications = actions.filter(({ state }) => state === 'ALARM').length;
  return { name: alarm.name, episodes, secondsIn, notifications, replayed };
};
