import type { MetricSource } from '../../series/metric-source.ts';
import type { Alarm } from '../config/alarm.ts';
import { DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import { DEFAULT_SETTINGS } from '../evaluation/evaluation-settings.ts';
import { advance, fireTimers, type SetAlarmStateInput, setByHand, startComposites } from './advance.ts';
import type { AlarmEvent, AlarmRecord, AlarmRecords } from './alarm-event.ts';
import { alarmWorld, recordOf } from './alarm-world.ts';
import type { ReplayOptions } from './replay.ts';

/**
 * A replay that goes on and on, for many short steps over the same alarms and mute rules: where those change, make a
 * new one from the records of the old. Moments in seconds since 1970.
 */
export type AlarmScheduler = {
  /** Evaluates what fell due after the last moment given, up to and with `now`; an earlier `now` is no time at all. */
  evaluateDue(now: number): readonly AlarmEvent[];
  /** Evaluates what is due by `at`, and then sets a state by hand, as `setAlarmState` does. */
  setState(input: SetAlarmStateInput, at: number): readonly AlarmEvent[];
  /** The records that changed since they were last taken, by name. */
  takeChanged(): AlarmRecords;
};

/** Events and records are those that `replay` has for the same alarms, source and time. */
export function createAlarmScheduler(
  alarms: readonly Alarm[],
  source: MetricSource,
  options: Omit<ReplayOptions, 'to'>,
): AlarmScheduler {
  const { from, math, records = {}, muteRules = [], identity = DEFAULT_IDENTITY } = options;
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const world = alarmWorld(alarms, records, muteRules, identity, from);
  startComposites(world, from);
  fireTimers(world, from);
  let evaluatedAt = from;
  const evaluateDue = (now: number): readonly AlarmEvent[] => {
    if (now > evaluatedAt) advance(world, { source, math, settings, from: evaluatedAt, to: now });
    evaluatedAt = Math.max(evaluatedAt, now);
    return world.events.splice(0);
  };
  return {
    evaluateDue,
    setState(input, at) {
      const due = evaluateDue(at);
      setByHand(world, input, at);
      return [...due, ...world.events.splice(0)];
    },
    takeChanged() {
      const changed: Record<string, AlarmRecord> = {};
      for (const name of world.changed) changed[name] = recordOf(world, name);
      world.changed.clear();
      return changed;
    },
  };
}
