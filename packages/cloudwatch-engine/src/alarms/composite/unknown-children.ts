import type { CompositeAlarm } from '../config/alarm.ts';
import { type AlarmIdentity, alarmArn } from '../config/alarm-identity.ts';
import type { AlarmIssue } from '../config/alarm-issue.ts';
import { nameOf, referencesOf } from './rule.ts';

/**
 * What PutCompositeAlarm refuses of a composite alarm among other alarms: children of other accounts and regions, and
 * children or a suppressor that do not exist. Messages as recorded.
 */
export function unknownChildren(
  alarm: CompositeAlarm,
  exists: (name: string) => boolean,
  identity: AlarmIdentity,
): readonly AlarmIssue[] {
  const issues: AlarmIssue[] = [];
  const report = (code: string, path: string, message: string, fix: string) =>
    issues.push({ code, path, error: 'ValidationError', message, fix });
  const suppressor = alarm.input.ActionsSuppressor;
  const references = referencesOf(alarm.rule);
  for (const reference of new Set([...references, ...(suppressor === undefined ? [] : [suppressor])])) {
    const [, region, account] = /^arn:[^:]*:cloudwatch:([^:]*):([^:]*):alarm:/.exec(reference) ?? [];
    const fix = 'name alarms of the same account and region';
    if (account !== undefined && account !== identity.accountId) {
      const message = 'A composite alarm cannot have a child relation with alarms from another AWS account';
      report('other-account', 'AlarmRule', message, fix);
    } else if (region !== undefined && region !== identity.region) {
      const message = `Error in AlarmRule [Wrong ARN region, it was ${region} but ${identity.region} was expected instead]`;
      report('other-region', 'AlarmRule', message, fix);
    }
  }
  const missing = [...new Set(references.map(nameOf))].filter((name) => !exists(name));
  if (missing.length > 0 && issues.length === 0) {
    const arns = missing.map((name) => alarmArn(identity, name)).join(', ');
    const message = `Could not save the composite alarm as alarms [${arns}] in the alarm rule do not exist`;
    report('unknown-child', 'AlarmRule', message, 'create them first');
  }
  if (suppressor !== undefined && !exists(nameOf(suppressor))) {
    const message = `Could not save the composite alarm as the actions suppressor ${suppressor} does not exist`;
    report('unknown-suppressor', 'ActionsSuppressor', message, 'create it first');
  }
  return issues;
}
