import type { AlarmInput } from './alarm-input.ts';
import { checkText, constraint, type Report } from './alarm-issue.ts';

const ACTION_LISTS = ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const;
const MAX_ACTIONS = 5;

/** What metric and composite alarms have in common: name, description, actions (PutMetricAlarm, API Reference). */
export function checkNameAndActions(input: AlarmInput, report: Report): void {
  checkText(report, 'AlarmName', input.AlarmName, 1, 255);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that CloudWatch refuses
  if (/[\u0000-\u001f\u007f]/.test(input.AlarmName ?? '')) {
    const message = 'AlarmName must not contain ASCII Control characters';
    report({ code: 'control-character', path: 'AlarmName', message, fix: 'drop tabs and line breaks from the name' });
  }
  if (input.AlarmDescription !== undefined) checkText(report, 'AlarmDescription', input.AlarmDescription, 0, 1024);
  for (const path of ACTION_LISTS) checkActions(path, input[path] ?? [], report);
}

function checkActions(path: string, actions: readonly string[], report: Report): void {
  if (actions.length > MAX_ACTIONS) {
    const message = constraint(`[${actions.join(', ')}]`, path, `have length less than or equal to ${MAX_ACTIONS}`);
    const fix = `${actions.length} actions, CloudWatch allows ${MAX_ACTIONS} for each state: fan out behind a topic`;
    report({ code: 'too-many-actions', path, message, fix });
  }
  for (const [index, action] of actions.entries()) {
    const at = `${path}[${index}]`;
    if (action.length > 1024) checkText(report, at, action, 1, 1024);
    else if (!isArn(action)) {
      const fix =
        'name a topic, a function or another target by its ARN, as in arn:aws:sns:us-east-1:123456789012:alarms';
      report({ code: 'not-an-arn', path: at, message: `Invalid arn syntax: ${action}`, fix });
    }
  }
}

/** `arn:partition:service:region:account:resource`; region and account may be empty. */
function isArn(text: string): boolean {
  return /^arn:[^:\s]+:[^:\s]+:[^:\s]*:[^:\s]*:\S+$/.test(text);
}
