import { evaluateComposite } from '../composite/evaluate-composite.ts';
import { suppressorChanged, suppressTransition } from '../composite/suppression.ts';
import type { CompositeAlarm } from '../config/alarm.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';
import { type AlarmWorld, keep, recordOf } from './alarm-world.ts';
import type { TimelineEntry } from './metric-timeline.ts';
import { runActions, runContributorActions } from './run-actions.ts';

/** New states of alarms at one moment, by name. */
export type Changes = ReadonlyMap<string, Pick<TimelineEntry, 'state' | 'changes'>>;

/**
 * Gives alarms their new states at `at`, evaluates the composite alarms that hang on them, from the bottom up, and runs
 * actions, each held back where a suppressor or a mute rule says so. Alarms of one moment come in the order of their names.
 */
export function settle(world: AlarmWorld, at: number, changes: Changes): void {
  const before = new Map<string, AlarmState>();
  const change = (name: string, state: AlarmState) => {
    const record = recordOf(world, name);
    before.set(name, record.state);
    keep(world, name, { ...record, state });
    world.events.push({ kind: 'state', alarm: name, at, from: record.state, to: state });
  };
  for (const [name, { state, changes: contributors = [] }] of changes) {
    const known = recordOf(world, name).state;
    if (state.value !== known.value || state.reason !== known.reason) change(name, state);
    else keep(world, name, { ...recordOf(world, name), state });
    const alarm = world.byName.get(name);
    for (const each of contributors) {
      world.events.push({ kind: 'contributor', alarm: name, at, ...each });
      if (alarm) runContributorActions(world, alarm, each, at);
    }
  }
  evaluateComposites(world, at, before, change);
  for (const [name, from] of before) runTransition(world, name, from, at);
}

function evaluateComposites(
  world: AlarmWorld,
  at: number,
  before: ReadonlyMap<string, AlarmState>,
  change: (name: string, state: AlarmState) => void,
): void {
  if (before.size === 0) return;
  const { order, cyclic, parents } = world.composites;
  const touched = new Set<string>();
  const touch = (name: string) => {
    for (const parent of parents.get(name) ?? []) touched.add(parent);
  };
  const transitions = (name: string) => before.get(name)?.value !== recordOf(world, name).state.value;
  for (const name of before.keys()) if (transitions(name)) touch(name);
  for (const alarm of order) {
    if (!touched.has(alarm.name) || cyclic.has(alarm.name)) continue;
    const { state, rule } = recordOf(world, alarm.name);
    // One that is created at this very moment is evaluated as new, after its children.
    if (rule === undefined) continue;
    const changed = [...before.keys()].filter(transitions);
    const cause = { kind: 'children', changed } as const;
    const next = evaluateComposite(alarm, state, (name) => world.records.get(name)?.state, cause, at, world.identity);
    if (next === state) continue;
    change(alarm.name, next);
    touch(alarm.name);
  }
}

/** What a transition of one alarm sets off: its actions, and those of the alarms that it suppresses. */
function runTransition(world: AlarmWorld, name: string, from: AlarmState, at: number): void {
  const { state } = recordOf(world, name);
  if (state.value === from.value) return;
  const wasAlarm = from.value === 'ALARM';
  if (wasAlarm !== (state.value === 'ALARM')) {
    for (const composite of world.suppressed.get(name) ?? []) holdBack(world, composite, at);
  }
  const alarm = world.byName.get(name);
  if (alarm?.kind === 'composite' && alarm.suppressor) suppressOrRun(world, alarm, from, at);
  else if (alarm && alarm.kind === 'metric' && alarm.watched.kind === 'contributors') return;
  else if (alarm) runActions(world, alarm, from.value, at);
}

function suppressOrRun(world: AlarmWorld, alarm: CompositeAlarm, from: AlarmState, at: number): void {
  const record = recordOf(world, alarm.name);
  const periods = alarm.suppressor;
  if (!periods) return;
  const suppression = suppressTransition(periods, isSuppressed(world, alarm), record.suppressed?.suppression, at);
  if (suppression) {
    keep(world, alarm.name, { ...record, suppressed: { suppression, from: from.value } });
    world.events.push({ kind: 'suppressed', alarm: alarm.name, at, suppression });
    return;
  }
  const { suppressed: _, ...free } = record;
  keep(world, alarm.name, free);
  runActions(world, alarm, from.value, at);
}

const isSuppressed = (world: AlarmWorld, { suppressor }: CompositeAlarm): boolean =>
  suppressor !== undefined && world.records.get(suppressor.alarm)?.state.value === 'ALARM';

/** Lets go of alarms whose suppressor was taken away or deleted; one whose suppressor is another now follows that. */
export function reviewSuppressors(world: AlarmWorld, at: number): void {
  for (const alarm of world.composites.order) {
    const { suppressed } = recordOf(world, alarm.name);
    if (!suppressed) continue;
    const isHeldByAlarm = suppressed.suppression.by === 'Alarm';
    if (!alarm.suppressor || isSuppressed(world, alarm) !== isHeldByAlarm) holdBack(world, alarm, at);
  }
}

/** The suppressor of a composite alarm went into ALARM or left it, or is no more. */
function holdBack(world: AlarmWorld, alarm: CompositeAlarm, at: number): void {
  const record = recordOf(world, alarm.name);
  const { suppressed } = record;
  if (!suppressed) return;
  const suppression =
    alarm.suppressor && suppressorChanged(alarm.suppressor, isSuppressed(world, alarm), suppressed.suppression, at);
  if (suppression) {
    if (suppression === suppressed.suppression) return;
    keep(world, alarm.name, { ...record, suppressed: { ...suppressed, suppression } });
    world.events.push({ kind: 'suppressed', alarm: alarm.name, at, suppression });
    return;
  }
  const { suppressed: _, ...free } = record;
  keep(world, alarm.name, free);
  runActions(world, alarm, suppressed.from, at, { suppression: suppressed.suppression });
}
