import { valueText } from '../../value-text.ts';
import { isMembers, type Members } from './alarm-members.ts';

/** What conditions are decided by. */
export type ConditionScope = {
  readonly conditions: Members;
  /** By name, `true` or `false`: before what the template says. */
  readonly values: Readonly<Record<string, string>>;
  /** A value without functions, as a text. */
  readonly textOf: (value: unknown) => string;
};

/** Whether a condition of a template holds; undefined for one that it does not have, or that hangs on itself. */
export function conditionNamed(name: string, scope: ConditionScope): boolean | undefined {
  const given = scope.values[name];
  if (given !== undefined) return given === 'true';
  const condition = Object.hasOwn(scope.conditions, name) ? scope.conditions[name] : undefined;
  const { [name]: _, ...others } = scope.conditions;
  return conditionOf(condition, { ...scope, conditions: others });
}

function conditionOf(condition: unknown, scope: ConditionScope): boolean | undefined {
  if (!isMembers(condition)) return undefined;
  const [[name, argument] = ['']] = Object.entries(condition);
  if (name === 'Condition') return conditionNamed(valueText(argument), scope);
  if (!Array.isArray(argument)) return undefined;
  if (name === 'Fn::Equals') return scope.textOf(argument[0]) === scope.textOf(argument[1]);
  const parts = argument.map((each) => conditionOf(each, scope));
  if (parts.includes(undefined)) return undefined;
  switch (name) {
    case 'Fn::And':
      return parts.every((each) => each);
    case 'Fn::Or':
      return parts.some((each) => each);
    case 'Fn::Not':
      return !parts[0];
  }
  return undefined;
}
