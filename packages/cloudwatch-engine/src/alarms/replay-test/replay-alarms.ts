import { createAlarmMath } from '../../math/alarm-math.ts';
import type { MetricSource } from '../../series/metric-source.ts';
import type { Alarm } from '../config/alarm.ts';
import type { AlarmIdentity } from '../config/alarm-identity.ts';
import type { StateValue } from '../evaluation/alarm-state.ts';
import type { EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import type { MuteRule } from '../mute/mute-rule.ts';
import { replay } from '../replay/replay.ts';

/** Seconds since the test began. */
type Moment = number;

/** How the state of one alarm went on. */
export type ReplayedAlarm = {
  readonly alarm: Alarm;
  readonly changes: readonly {
    readonly at: Moment;
    readonly from: StateValue;
    readonly to: StateValue;
    readonly reason: string;
  }[];
  /** When actions ran, and which. */
  readonly actions: readonly { readonly at: Moment; readonly state: StateValue; readonly actions: readonly string[] }[];
};

export type AlarmReplayOptions = {
  /** Seconds since 1970: alarms are created at `start`. */
  readonly start: number;
  readonly seconds: number;
  readonly muteRules?: readonly MuteRule[];
  readonly settings?: Partial<EvaluationSettings>;
  /** Whose alarms they are; default an account and Region of AWS's examples. */
  readonly identity?: AlarmIdentity;
};

/** Lets alarms see a source from their creation on, and says what became of each; in the order given. */
export function replayAlarms(
  alarms: readonly Alarm[],
  source: MetricSource,
  { start, seconds, ...given }: AlarmReplayOptions,
): readonly ReplayedAlarm[] {
  const { events } = replay(alarms, source, { from: start, to: start + seconds, math: createAlarmMath(), ...given });
  return alarms.map((alarm) => {
    const own = events.filter((event) => event.alarm === alarm.name);
    return {
      alarm,
      changes: own.flatMap((event) =>
        event.kind === 'state' && event.from.value !== event.to.value
          ? [{ at: event.at - start, from: event.from.value, to: event.to.value, reason: event.to.reason }]
          : [],
      ),
      actions: own.flatMap((event) =>
        event.kind === 'actions' ? [{ at: event.at - start, state: event.state.value, actions: event.actions }] : [],
      ),
    };
  });
}

/** The states that an alarm has after each whole step, from the first step on. */
export function statesOf(replayed: ReplayedAlarm, seconds: number, stepSeconds = 60): readonly StateValue[] {
  const steps = Math.floor(seconds / stepSeconds);
  return Array.from({ length: steps }, (_, index) => stateAt(replayed, (index + 1) * stepSeconds));
}

/** The state that an alarm has at a moment, its evaluation of that moment included. */
export function stateAt({ changes }: ReplayedAlarm, moment: Moment): StateValue {
  return changes.findLast(({ at }) => at <= moment)?.to ?? 'INSUFFICIENT_DATA';
}
