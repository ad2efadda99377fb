import { type CompositeOrder, compositeOrder } from '../composite/composite-order.ts';
import type { Alarm, CompositeAlarm, MetricAlarm } from '../config/alarm.ts';
import type { AlarmIdentity } from '../config/alarm-identity.ts';
import type { StateValue } from '../evaluation/alarm-state.ts';
import { initialState } from '../evaluation/alarm-state.ts';
import { type MuteRule, mutedUntil } from '../mute/mute-rule.ts';
import type { AlarmEvent, AlarmRecord, AlarmRecords } from './alarm-event.ts';

/** All alarms with what is known of them, while time passes over them. */
export type AlarmWorld = {
  readonly metricAlarms: readonly MetricAlarm[];
  readonly composites: CompositeOrder;
  /** Composite alarms by the name of their suppressor. */
  readonly suppressed: ReadonlyMap<string, readonly CompositeAlarm[]>;
  readonly byName: ReadonlyMap<string, Alarm>;
  /** To be changed by `keep` alone. */
  readonly records: Map<string, AlarmRecord>;
  /** Names of the alarms whose records changed. */
  readonly changed: Set<string>;
  /** When actions that are held back may run, by the name of their alarm. */
  readonly timers: Map<string, number>;
  readonly muteRules: readonly MuteRule[];
  readonly identity: AlarmIdentity;
  readonly events: AlarmEvent[];
};

/** Alarms without a record are created at `at`; records without an alarm are dropped. */
export function alarmWorld(
  alarms: readonly Alarm[],
  records: AlarmRecords,
  muteRules: readonly MuteRule[],
  identity: AlarmIdentity,
  at: number,
): AlarmWorld {
  const sorted = alarms.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const suppressed = new Map<string, CompositeAlarm[]>();
  for (const alarm of sorted) {
    if (alarm.kind !== 'composite' || !alarm.suppressor) continue;
    const { alarm: suppressor } = alarm.suppressor;
    suppressed.set(suppressor, [...(suppressed.get(suppressor) ?? []), alarm]);
  }
  const world: AlarmWorld = {
    metricAlarms: sorted.filter((alarm) => alarm.kind === 'metric'),
    composites: compositeOrder(alarms),
    suppressed,
    byName: new Map(sorted.map((alarm) => [alarm.name, alarm])),
    records: new Map(),
    changed: new Set(),
    timers: new Map(),
    muteRules,
    identity,
    events: [],
  };
  for (const { name } of sorted) {
    const known = records[name];
    keep(world, name, known ? stillMuted(known, name, muteRules, at) : { state: initialState(at) });
    if (known) world.changed.delete(name);
  }
  return world;
}

/** Rules that were deleted or changed hold actions back no longer (DeleteAlarmMuteRule, API Reference). */
function stillMuted(record: AlarmRecord, name: string, rules: readonly MuteRule[], at: number): AlarmRecord {
  const { muted } = record;
  if (!muted || muted.until <= at) return record;
  const until = Math.min(muted.until, mutedUntil(rules, name, at) ?? at);
  return { ...record, muted: { ...muted, until } };
}

/** Replaces what is known of an alarm. */
export function keep(world: AlarmWorld, name: string, record: AlarmRecord): void {
  world.records.set(name, record);
  world.changed.add(name);
  const due = dueOf(record);
  if (due === undefined) world.timers.delete(name);
  else world.timers.set(name, due);
}

function dueOf({ suppressed, muted }: AlarmRecord): number | undefined {
  const until = suppressed && suppressed.suppression.by !== 'Alarm' ? suppressed.suppression.until : undefined;
  if (until === undefined || muted === undefined) return until ?? muted?.until;
  return Math.min(until, muted.until);
}

export function recordOf(world: AlarmWorld, name: string): AlarmRecord {
  return world.records.get(name) ?? { state: initialState(0) };
}

/** The ARNs of the actions of a state; none where actions are switched off. */
export function actionsOf({ input }: Alarm, value: StateValue): readonly string[] {
  if (input.ActionsEnabled === false) return [];
  const lists = { OK: input.OKActions, ALARM: input.AlarmActions, INSUFFICIENT_DATA: input.InsufficientDataActions };
  return lists[value] ?? [];
}
