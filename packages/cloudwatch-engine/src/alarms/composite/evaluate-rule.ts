import type { StateValue } from '../evaluation/alarm-state.ts';
import { type AlarmRule, nameOf } from './rule.ts';

/** Whether a rule holds, and the names of the alarms that make it so, each once, from left to right. */
export type RuleResult = { readonly holds: boolean; readonly because: readonly string[] };

/**
 * Evaluates a rule over the states of alarms by name. `because` names the alarms whose state gives the result: of `a OR
 * b` that holds those that hold, of one that does not both (as the recorded `triggeringAlarms`). An alarm without a
 * state is in none.
 */
export function evaluateAlarmRule(rule: AlarmRule, stateOf: (name: string) => StateValue | undefined): RuleResult {
  const { holds, because } = evaluate(rule, stateOf);
  return { holds, because: [...new Set(because)] };
}

function evaluate(rule: AlarmRule, stateOf: (name: string) => StateValue | undefined): RuleResult {
  switch (rule.kind) {
    case 'constant':
      return { holds: rule.value, because: [] };
    case 'state': {
      const name = nameOf(rule.alarm);
      return { holds: stateOf(name) === rule.state, because: [name] };
    }
    case 'not': {
      const { holds, because } = evaluate(rule.of, stateOf);
      return { holds: !holds, because };
    }
    case 'and':
    case 'or': {
      const parts = rule.of.map((part) => evaluate(part, stateOf));
      const holds = rule.kind === 'and' ? parts.every((part) => part.holds) : parts.some((part) => part.holds);
      return { holds, because: parts.filter((part) => part.holds === holds).flatMap((part) => part.because) };
    }
    case 'at-least': {
      const names = rule.alarms.map(nameOf);
      const matching = names.filter((name) => (stateOf(name) === rule.state) !== rule.negated);
      const share = rule.unit === 'percent' ? (100 * matching.length) / names.length : matching.length;
      const holds = share >= rule.count;
      return { holds, because: holds ? matching : names.filter((name) => !matching.includes(name)) };
    }
  }
}
