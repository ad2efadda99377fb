import type { Suppression } from '../composite/suppression.ts';
import type { Alarm } from '../config/alarm.ts';
import type { StateValue } from '../evaluation/alarm-state.ts';
import type { ContributorChange } from '../evaluation/contributors.ts';
import { mutedUntil } from '../mute/mute-rule.ts';
import { type AlarmWorld, actionsOf, keep, recordOf } from './alarm-world.ts';

/**
 * Runs the actions of the state that an alarm has, or keeps them until its mute window ends (user guide, "Alarm mute
 * rules"): then they run if the alarm still is in that state.
 */
export function runActions(
  world: AlarmWorld,
  alarm: Alarm,
  from: StateValue,
  at: number,
  after: { readonly muteWindow?: boolean; readonly suppression?: Suppression } = {},
): void {
  const { muted: _, ...record } = recordOf(world, alarm.name);
  const actions = actionsOf(alarm, record.state.value);
  const until = actions.length > 0 ? mutedUntil(world.muteRules, alarm.name, at) : undefined;
  if (until !== undefined) {
    keep(world, alarm.name, { ...record, muted: { value: record.state.value, from, until } });
    world.events.push({ kind: 'muted', alarm: alarm.name, at, actions, until });
    return;
  }
  keep(world, alarm.name, record);
  if (actions.length === 0) return;
  const { muteWindow: afterMuteWindow = false, suppression: afterSuppression } = after;
  world.events.push({
    ...{ kind: 'actions', alarm: alarm.name, at, actions, from, state: record.state, afterMuteWindow },
    ...(afterSuppression !== undefined && { afterSuppression }),
  });
}

/** Notifies of a contributor; its alarm's mute rules count for it too. */
export function runContributorActions(world: AlarmWorld, alarm: Alarm, change: ContributorChange, at: number): void {
  const { contributor, from, to } = change;
  const actions = actionsOf(alarm, to).filter((action) => /^arn:[^:]*:(?:sns|lambda):/.test(action));
  if (actions.length === 0) return;
  const until = mutedUntil(world.muteRules, alarm.name, at);
  if (until !== undefined) {
    world.events.push({ kind: 'muted', alarm: alarm.name, at, actions, until });
    return;
  }
  const { reason } = contributor;
  const state = { value: to, reason, updatedAt: at, transitionedAt: at };
  world.events.push({
    kind: 'actions',
    alarm: alarm.name,
    at,
    actions,
    from,
    state,
    contributor,
    afterMuteWindow: false,
  });
}

/** The next moment at which held-back actions may run, and whose. */
export function nextTimer(world: AlarmWorld): { readonly at: number; readonly name: string } | undefined {
  let next: { at: number; name: string } | undefined;
  for (const [name, at] of world.timers) {
    if (next === undefined || at < next.at || (at === next.at && name < next.name)) next = { at, name };
  }
  return next;
}

/** Ends the wait, extension or mute window of an alarm. */
export function fireTimer(world: AlarmWorld, name: string, at: number): void {
  const alarm = world.byName.get(name);
  const record = recordOf(world, name);
  if (!alarm) return;
  const { suppressed, muted } = record;
  if (suppressed && suppressed.suppression.by !== 'Alarm' && suppressed.suppression.until <= at) {
    const { suppressed: _, ...free } = record;
    keep(world, name, free);
    runActions(world, alarm, suppressed.from, at, { suppression: suppressed.suppression });
    return;
  }
  if (!muted) return;
  const { muted: _, ...free } = record;
  keep(world, name, free);
  if (record.state.value === muted.value) runActions(world, alarm, muted.from, at, { muteWindow: true });
}
