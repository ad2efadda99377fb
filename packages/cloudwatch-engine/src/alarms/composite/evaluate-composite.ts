import type { CompositeAlarm } from '../config/alarm.ts';
import { type AlarmIdentity, alarmArn } from '../config/alarm-identity.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';
import { isoMillis, longUtc } from '../messages/utc-text.ts';
import { evaluateAlarmRule } from './evaluate-rule.ts';

/** Why a composite alarm is evaluated: it was created or changed, or these children changed their states. */
export type CompositeCause =
  | { readonly kind: 'created' | 'updated' }
  | { readonly kind: 'children'; readonly changed: readonly string[] };

/**
 * One evaluation of a composite alarm: ALARM where its rule holds, else OK, never INSUFFICIENT_DATA again. Answers `state`
 * itself where it stays. Reasons and `triggeringAlarms` as recorded from the service: all alarms that make the rule so
 * when it is new, only those that changed when one did.
 */
export function evaluateComposite(
  alarm: CompositeAlarm,
  state: AlarmState,
  childState: (name: string) => AlarmState | undefined,
  cause: CompositeCause,
  at: number,
  identity: AlarmIdentity,
): AlarmState {
  const { holds, because } = evaluateAlarmRule(alarm.rule, (name) => childState(name)?.value);
  const value = holds ? 'ALARM' : 'OK';
  if (value === state.value) return state;
  const changed = cause.kind === 'children' ? cause.changed : [];
  const triggering = cause.kind === 'children' ? triggeringOf(because, changed) : because;
  return {
    value,
    reason: reasonOf(alarm, value, childState, cause, triggering[0], identity),
    reasonData: JSON.stringify({
      triggeringAlarms: triggering.map((name) => {
        const child = childState(name);
        const shown = child ? { value: child.value, timestamp: isoMillis(child.updatedAt) } : {};
        return { arn: alarmArn(identity, name), state: shown };
      }),
    }),
    updatedAt: at,
    transitionedAt: at,
  };
}

function triggeringOf(because: readonly string[], changed: readonly string[]): readonly string[] {
  const both = because.filter((name) => changed.includes(name));
  return both.length > 0 ? both : changed;
}

function reasonOf(
  alarm: CompositeAlarm,
  value: string,
  childState: (name: string) => AlarmState | undefined,
  cause: CompositeCause,
  trigger: string | undefined,
  identity: AlarmIdentity,
): string {
  const child = trigger === undefined ? undefined : childState(trigger);
  if (cause.kind === 'children' && trigger !== undefined && child) {
    return `${alarmArn(identity, trigger)} transitioned to ${child.value} at ${longUtc(child.transitionedAt)}`;
  }
  const what = cause.kind === 'created' ? 'created and its' : 'updated and its new';
  return `${alarmArn(identity, alarm.name)} was ${what} alarm rule evaluates to ${value}`;
}
