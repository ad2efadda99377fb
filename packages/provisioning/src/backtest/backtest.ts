import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import type { MetricSource } from '@voice-campaign/cloudwatch-engine';
import { type ReplayedAlarm, replayAlarms } from '@voice-campaign/cloudwatch-engine/alarm-tests';
import {
  type Alarm,
  type AlarmInput,
  STATE_VALUES,
  type StateValue,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { createHistory } from './history-source.ts';
import { readHistory } from './read-history.ts';
import { askedSeries, type SkippedAlarm, testableAlarms, unreadAlarms } from './testable-alarms.ts';

/** From when to when an alarm was in ALARM, seconds since 1970; without `to` it still is at the end. */
export type Episode = { readonly from: number; readonly to?: number; readonly reason: string };

export type BacktestedAlarm = {
  readonly name: string;
  readonly episodes: readonly Episode[];
  readonly secondsIn: Readonly<Record<StateValue, number>>;
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
  /** Days back, more than 0 and at most 15: as long as CloudWatch keeps minutes. Default 14. */
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

/**
 * Replays alarms over what an account's metrics were, as if they had been created then. Data count as if they had come in
 * time, which CloudWatch does not say; metrics of one unit alone, where an alarm names none.
 * @throws BacktestError for a number of days that CloudWatch does not keep.
 */
export const backtest = async (options: BacktestOptions): Promise<Backtest> => {
  const { client, days = 14, now = Date.now } = options;
  if (!(days > 0 && days <= mostDays)) {
    throw new BacktestError(`${days} days back cannot be tested: CloudWatch keeps minutes for ${mostDays} days`);
  }
  const { taken, refused } = validated(options.alarms);
  const alarms = testableAlarms(taken, refused).testable.map(({ alarm }) => alarm);
  const to = Math.floor(now() / 60_000) * 60;
  const from = to - Math.round((days * daySeconds) / 60) * 60;
  const range = { start: Math.max(from - warmUp(alarms), to - mostDays * daySeconds), end: to };
  const history = createHistory(range);
  const { asked: metricsAsked, lacking } = await readHistory(client, history, askedSeries(alarms), range);
  const { source } = history;
  const { testable, skipped } = testableAlarms(taken, new Map([...refused, ...unreadAlarms(alarms, lacking)]));
  const replayed = replayAlarms(
    testable.map(({ alarm }) => alarm),
    source,
    { start: from, seconds: to - from },
  );
  const outcomes = replayed.map((each, index) =>
    outcomeOf(each, { from, to, approximations: testable[index]?.approximations ?? [] }),
  );
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

/** What the first evaluations look back over, with some room: N periods and a few. */
const warmUp = (alarms: readonly Alarm[]): number =>
  Math.max(
    0,
    ...alarms.map((alarm) => (alarm.kind === 'metric' ? alarm.periodSeconds * (alarm.evaluationPeriods + 5) : 0)),
  );

type Around = { readonly from: number; readonly to: number; readonly approximations: readonly string[] };

const outcomeOf = (replayed: ReplayedAlarm, { from, to, approximations }: Around): BacktestedAlarm => {
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
  return { name: alarm.name, episodes, secondsIn, notifications, approximations, replayed };
};
