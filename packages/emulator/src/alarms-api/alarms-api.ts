import type { Input } from '../service-api/input.ts';
import { tagOperations } from './alarm-tags.ts';
import type { AlarmsContext } from './alarms-context.ts';
import { describeOperations } from './describe-alarms.ts';
import { muteRuleOperations } from './mute-rules-api.ts';
import { putOperations } from './put-alarms.ts';

/** CloudWatch's operations on alarms and mute rules. */
export const alarmOperations = (context: AlarmsContext): Readonly<Record<string, (input: Input) => unknown>> =>
  Object.fromEntries(
    Object.entries({ ...putOperations, ...describeOperations, ...muteRuleOperations, ...tagOperations }).map(
      ([name, operation]) => [name, (input: Input) => operation(context, input)],
    ),
  );
