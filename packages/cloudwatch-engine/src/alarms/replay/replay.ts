import type { MetricSource } from '../../series/metric-source.ts';
import { evaluateComposite } from '../composite/evaluate-composite.ts';
import type { Alarm } from '../config/alarm.ts';
import { type AlarmIdentity, DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import type { AlarmMath } from '../evaluation/alarm-math.ts';
import { STATE_VALUES, type StateValue } from '../evaluation/alarm-state.ts';
import { DEFAULT_SETTINGS, type EvaluationSettings } from '../evaluation/evaluation-settings.ts';
import type { MuteRule } from '../mute/mute-rule.ts';
import type { AlarmEvent, AlarmRecords } from './alarm-event.ts';
import { type AlarmWorld, alarmWorld, keep, recordOf } from './alarm-world.ts';
import { metricTimeline } from './metric-timeline.ts';
import { fireTimer, nextTimer } from './run-actions.ts';
import { type Changes, settle } from './settle.ts';

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
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const world = alarmWorld(alarms, records, muteRules, identity, from);
  startComposites(world, from);
  const entries = world.metricAlarms.flatMap((alarm) =>
    metricTimeline(alarm, recordOf(world, alarm.name).state, { source, math, settings, from, to }).map((entry) => ({
      name: alarm.name,
      ...entry,
    })),
  );
  // The sort is stable: alarms of one moment keep the order of their names.
  entries.sort((a, b) => a.at - b.at);
  let next = 0;
  while (next < entries.length) {
    const at = entries[next]?.at ?? to;
    fireTimers(world, at);
    const changes = new Map<string, (typeof entries)[number]>();
    for (let entry = entries[next]; entry?.at === at; entry = entries[next]) {
      changes.set(entry.name, entry);
      next += 1;
    }
    settle(world, at, changes);
  }
  fireTimers(world, to);
  return answer(world);
}

/** What SetAlarmState takes (API Reference). */
export type SetAlarmStateInput = {
  readonly AlarmName: string;
  readonly StateValue: StateValue;
  readonly StateReason: string;
  readonly StateReasonData?: string | undefined;
};

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
  fireTimers(world, at);
  const record = world.records.get(input.AlarmName);
  if (record && record.state.value !== input.StateValue && STATE_VALUES.includes(input.StateValue)) {
    const data = input.StateReasonData;
    const state = { value: input.StateValue, reason: input.StateReason, updatedAt: at, transitionedAt: at };
    const { contributors } = record.state;
    const kept = contributors === undefined ? {} : { contributors };
    const next = { ...state, ...kept, ...(data === undefined ? {} : { reasonData: data }) };
    settle(world, at, new Map([[input.AlarmName, { state: next }]]));
  }
  return answer(world);
}

function answer({ events, records }: AlarmWorld): Replayed {
  return { events, records: Object.fromEntries(records) };
}

function fireTimers(world: AlarmWorld, until: number): void {
  for (let timer = nextTimer(world); timer && timer.at <= until; timer = nextTimer(world)) {
    fireTimer(world, timer.name, timer.at);
  }
}

/** Evaluates the composite alarms that are new or whose rule was changed. */
function startComposites(world: AlarmWorld, at: number): void {
  for (const alarm of world.composites.order) {
    const record = recordOf(world, alarm.name);
    const rule = alarm.input.AlarmRule ?? '';
    if (record.rule === rule) continue;
    keep(world, alarm.name, { ...record, rule });
    if (world.composites.cyclic.has(alarm.name)) continue;
    const cause = { kind: record.rule === undefined ? 'created' : 'updated' } as const;
    const childState = (name: string) => world.records.get(name)?.state;
    const state = evaluateComposite(alarm, record.state, childState, cause, at, world.identity);
    const changes: Changes = state === record.state ? new Map() : new Map([[alarm.name, { state }]]);
    settle(world, at, changes);
  }
}
