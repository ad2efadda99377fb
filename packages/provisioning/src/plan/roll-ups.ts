import { printAlarmRule } from '@voice-campaign/cloudwatch-engine/alarms';
import type { CompositeAlarmTemplate } from '../document/document.ts';

// Limits of a composite alarm's rule (PutCompositeAlarm).
const mostChildren = 100;
const mostRuleCharacters = 10_240;
const or = ' OR ';

/**
 * Rules of a roll-up: one, or several where there are more children than one can have; none without children. All parts
 * but the last are as long as the longest name allows, which is plain arithmetic for Terraform too.
 */
export const rollUps = (
  { any, all, unless }: Pick<CompositeAlarmTemplate, 'any' | 'all' | 'unless'>,
  namesOf: (definition: string) => readonly string[],
): readonly string[] => {
  const children = any.flatMap(namesOf).map(inAlarm);
  const every = all.flatMap(namesOf).map(inAlarm);
  const none = unless.flatMap(namesOf).map(inAlarm);
  // Without one of those that must be in ALARM as well, it never could be.
  if (children.length === 0 || all.some((name) => namesOf(name).length === 0)) return [];
  const rest = `${every.map((each) => ` AND ${each}`).join('')}${none.length === 0 ? '' : ` AND NOT (${none.join(or)})`}`;
  const longest = Math.max(...children.map(({ length }) => length));
  const room = Math.floor((mostRuleCharacters - rest.length - 2) / (longest + or.length));
  const most = Math.max(1, Math.min(mostChildren - none.length - every.length, room));
  const parts = Array.from({ length: Math.ceil(children.length / most) }, (_, index) =>
    children.slice(index * most, (index + 1) * most),
  );
  return parts.map((part) => (rest === '' ? part.join(or) : `(${part.join(or)})${rest}`));
};

const inAlarm = (alarm: string): string => printAlarmRule({ kind: 'state', state: 'ALARM', alarm });
