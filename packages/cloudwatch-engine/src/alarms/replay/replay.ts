import type { MetricSource } from '../../series/metric-source.ts';
import type { Alarm } from '../config/alarm.ts';
import { type AlarmIdentity, DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import type { AlarmMath } from '../evaluation/alarm-math.ts';
import { DEFAULT_SETTINGS, type EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import type { MuteRule } from '../mute/mute-rule.ts';
import { advance, type SetAlarmStateInput, setByHand, startComposites } from './advance.ts';
import type { AlarmEvent, AlarmRecords } from './alarm-event.ts';
import { type AlarmWorld, alarmWorld } from './alarm-world.ts';

export type ReplayOptions = {
  /** Seconds since 1970: alarms without a record are created at `from`; evaluations come after it, up to and with `to`. */
  readonly from: number;
  readonly to: number;
  readonly math: AlarmMath;
  /** What an earlier replay answered: this one goes on from there. */
  readonly records?: AlarmRecords;
  readonly muteRules?: readonly MuteRule[];
  /** Default: region us-east-1 of account 123456789012. */
  readonly identity?: AlarmIdentity;
  readonly settings?: Partial<EvaluationSettings>;
};

export type Replayed = { readonly events: readonly AlarmEvent[]; readonly records: AlarmRecords };

/**
 * Lets time pass over alarms: evaluates metric alarms at every whole 10 seconds, minute or hour since 1970 (as their
 * periods ask), composite alarms when a child changes, and runs actions. Events come in the order of time, at one moment
 * metric alarms first, by name, then what hangs on them; the order of `alarms` does not matter. Replaying two pieces, the
 * second with the records of the first, is the same as replaying the whole.
 */
export function replay(alarms: readonly Alarm[], source: MetricSource, options: ReplayOptions): Replayed {
  const { from, to, math, records = {}, muteRules = [], identity = DEFAULT_IDENTITY } = options;
  const world = alarmWorld(alarms, records, muteRules, identity, from);
  startComposites(world, from);
  advance(world, { source, math, settings: { ...DEFAULT_SETTINGS, ...options.settings }, from, to });
  return answer(world);
}

/**
 * Sets a state by hand at `at`: its actions run and composite alarms follow. A metric alarm is back in its true state at
 * its next evaluation, a composite alarm when a child changes. The state it has already changes nothing, not even the
 * reason (recorded). An alarm of another name is left alone: ResourceNotFound is for the caller to say.
 */
export function setAlarmState(
  alarms: readonly Alarm[],
  input: SetAlarmStateInput,
  at: number,
  options: Pick<ReplayOptions, 'records' | 'muteRules' | 'identity'> = {},
): Replayed {
  const { records = {}, muteRules = [], identity = DEFAULT_IDENTITY } = options;
  const world = alarmWorld(alarms, records, muteRules, identity, at);
  setByHand(world, input, at);
  return answer(world);
}

function answer({ events, records }: AlarmWorld): Replayed {
  return { events, records: Object.fromEntries(records) };
}
