import type { AlarmReference, AlarmRule } from './rule.ts';
import { quote } from './rule-tokens.ts';

/**
 * The text of a rule, which `parseAlarmRule` reads back as the same rule. Names stand in double quotes, and operators
 * within operators in parentheses, so that nothing hangs on which of them binds tighter.
 */
export function printAlarmRule(rule: AlarmRule): string {
  switch (rule.kind) {
    case 'constant':
      return rule.value ? 'TRUE' : 'FALSE';
    case 'state':
      return `${rule.state}(${quote(rule.alarm)})`;
    case 'not':
      return `NOT ${printPart(rule.of)}`;
    case 'and':
    case 'or':
      return rule.of.map(printPart).join(rule.kind === 'and' ? ' AND ' : ' OR ');
    case 'at-least': {
      const count = `${rule.count}${rule.unit === 'percent' ? '%' : ''}`;
      const state = `${rule.negated ? 'NOT ' : ''}${rule.state}`;
      return `AT_LEAST(${count}, ${state}, (${rule.alarms.map((alarm: AlarmReference) => quote(alarm)).join(', ')}))`;
    }
  }
}

function printPart(rule: AlarmRule): string {
  return rule.kind === 'and' || rule.kind === 'or' ? `(${printAlarmRule(rule)})` : printAlarmRule(rule);
}
