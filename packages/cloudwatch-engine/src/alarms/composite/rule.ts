import type { StateValue } from '../evaluation/alarm-state.ts';

/** An alarm of a rule, as written: a name or an ARN. */
export type AlarmReference = string;

/** The rule of a composite alarm (user guide, "Composite alarms", Rule expressions). */
export type AlarmRule =
  | { readonly kind: 'constant'; readonly value: boolean }
  /** `ALARM("name or ARN")` */
  | { readonly kind: 'state'; readonly state: StateValue; readonly alarm: AlarmReference }
  | { readonly kind: 'not'; readonly of: AlarmRule }
  | { readonly kind: 'and' | 'or'; readonly of: readonly [AlarmRule, AlarmRule] }
  /** `AT_LEAST(2, ALARM, (a, b, c))`, `AT_LEAST(50%, NOT OK, (a, b))`; an alarm named twice counts twice. */
  | {
      readonly kind: 'at-least';
      readonly count: number;
      readonly unit: 'alarms' | 'percent';
      readonly negated: boolean;
      readonly state: StateValue;
      readonly alarms: readonly AlarmReference[];
    };

/** The name in a reference: that of `arn:aws:cloudwatch:region:account:alarm:name`, or the reference itself. */
export function nameOf(reference: AlarmReference): string {
  return /^arn:[^:]*:cloudwatch:[^:]*:[^:]*:alarm:(.+)$/s.exec(reference)?.[1] ?? reference;
}

/** The names of the alarms in a rule, each once, in the order of their first place. */
export function childrenOf(rule: AlarmRule): readonly string[] {
  const names = new Set<string>();
  for (const reference of referencesOf(rule)) names.add(nameOf(reference));
  return [...names];
}

/** Every reference of a rule, from left to right. */
export function referencesOf(rule: AlarmRule): readonly AlarmReference[] {
  switch (rule.kind) {
    case 'constant':
      return [];
    case 'state':
      return [rule.alarm];
    case 'at-least':
      return rule.alarms;
    case 'not':
      return referencesOf(rule.of);
    case 'and':
    case 'or':
      return [...referencesOf(rule.of[0]), ...referencesOf(rule.of[1])];
  }
}
