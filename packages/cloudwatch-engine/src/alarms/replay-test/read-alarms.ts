import { unknownChildren } from '../composite/unknown-children.ts';
import type { Alarm } from '../config/alarm.ts';
import { type AlarmIdentity, DEFAULT_IDENTITY } from '../config/alarm-identity.ts';
import { type AlarmInput, isComposite } from '../config/alarm-input.ts';
import { validateAlarm } from '../config/validate-alarm.ts';
import type { TestIssue } from './test-issue.ts';

/** The alarms that a test may be run with: checked as CloudWatch would, composites against those beside them. */
export function readAlarms(inputs: readonly AlarmInput[], issues: TestIssue[]): readonly Alarm[] {
  const names = inputs.map(({ AlarmName }) => AlarmName);
  for (const name of new Set(names.filter((each, index) => names.indexOf(each) !== index))) {
    const message = 'stands among the alarms of the test more than once: give each a name of its own';
    issues.push({ code: 'alarm-twice', where: `alarm ${name}`, message });
  }
  return inputs.flatMap((input) => {
    const where = `alarm ${input.AlarmName ?? 'without a name'}`;
    const validated = validateAlarm(input);
    if (!validated.ok) {
      for (const { code, path, message, fix } of validated.issues) {
        issues.push({ code, where: `${where}, ${path}`, message: `${message} (${fix})` });
      }
      return [];
    }
    if (isComposite(input) && validated.alarm.kind === 'composite') {
      const unknown = unknownChildren(validated.alarm, (name) => names.includes(name), identityOf([input]));
      for (const { code, message, fix } of unknown) {
        const way = code.startsWith('unknown') ? 'list it among the alarms of the test' : fix;
        issues.push({ code, where, message: `${message} (${way})` });
      }
    }
    return [validated.alarm];
  });
}

const ALARM_ARN = /arn:(?<partition>[^:]*):cloudwatch:(?<region>[^:]*):(?<accountId>[^:]*):alarm:/;

/** Where alarms are from: what the first of their rules that names an alarm by its ARN says, else an account of the docs. */
export function identityOf(inputs: readonly AlarmInput[]): AlarmIdentity {
  for (const input of inputs) {
    const { partition, region, accountId } =
      ALARM_ARN.exec((isComposite(input) && input.AlarmRule) || '')?.groups ?? {};
    if (partition && region && accountId) return { partition, region, accountId };
  }
  return DEFAULT_IDENTITY;
}
