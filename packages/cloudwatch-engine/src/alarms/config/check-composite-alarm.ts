import { parseAlarmRule } from '../composite/parse-rule.ts';
import { type AlarmRule, childrenOf, nameOf } from '../composite/rule.ts';
import { ruleTokens } from '../composite/rule-tokens.ts';
import type { CompositeAlarmInput } from './alarm-input.ts';
import { checkCount, checkText, type Report } from './alarm-issue.ts';
import { checkNameAndActions } from './check-actions.ts';

const MAX_RULE = 10_240;
const MAX_CHILDREN = 100;
const MAX_ELEMENTS = 500;

/** Everything that PutCompositeAlarm refuses of one alarm by itself (API Reference). */
export function checkCompositeAlarm(input: CompositeAlarmInput, report: Report): void {
  checkNameAndActions(input, report);
  checkActionTargets(input, report);
  checkText(report, 'AlarmRule', input.AlarmRule, 1, MAX_RULE);
  checkRule(input.AlarmRule ?? '', input.AlarmName, report);
  checkSuppressor(input, report);
}

function checkRule(text: string, name: string | undefined, report: Report): void {
  if (text === '' || text.length > MAX_RULE) return;
  const parsed = parseAlarmRule(text);
  if (!parsed.ok) {
    const fix = 'as in ALARM("a") AND NOT (OK("b") OR AT_LEAST(2, ALARM, ("c", "d", "e")))';
    report({ code: 'rule', path: 'AlarmRule', message: parsed.issue.message, fix });
    return;
  }
  const children = childrenOf(parsed.rule);
  if (children.length > MAX_CHILDREN) {
    const message = `Error in AlarmRule [An alarm rule can have at most ${MAX_CHILDREN} children]`;
    const fix = `${children.length} alarms: combine some of them in composite alarms of their own`;
    report({ code: 'too-many-children', path: 'AlarmRule', message, fix });
  }
  const elements =
    countElements(parsed.rule) +
    ruleTokens(text).filter((token) => token.kind === '(').length -
    countCalls(parsed.rule);
  if (elements > MAX_ELEMENTS) {
    const message = `Error in AlarmRule [An alarm rule can have at most ${MAX_ELEMENTS} elements]`;
    const fix = `${elements} alarms, constants and parentheses: combine some in composite alarms of their own`;
    report({ code: 'too-many-elements', path: 'AlarmRule', message, fix });
  }
  if (name !== undefined && children.includes(name)) {
    const message =
      'A composite alarm cannot have a child relation with itself via its AlarmRule, as it would introduce a circular dependency';
    report({ code: 'self-reference', path: 'AlarmRule', message, fix: `take ${name} out of its own rule` });
  }
}

/** Alarms and constants; parentheses that group are counted in the text. */
function countElements(rule: AlarmRule): number {
  switch (rule.kind) {
    case 'constant':
    case 'state':
      return 1;
    case 'at-least':
      return rule.alarms.length;
    case 'not':
      return countElements(rule.of);
    case 'and':
    case 'or':
      return countElements(rule.of[0]) + countElements(rule.of[1]);
  }
}

/** Opening parentheses that belong to a function. */
function countCalls(rule: AlarmRule): number {
  switch (rule.kind) {
    case 'constant':
      return 0;
    case 'state':
      return 1;
    case 'at-least':
      return 2;
    case 'not':
      return countCalls(rule.of);
    case 'and':
    case 'or':
      return countCalls(rule.of[0]) + countCalls(rule.of[1]);
  }
}

function checkSuppressor(input: CompositeAlarmInput, report: Report): void {
  const periods = ['ActionsSuppressorWaitPeriod', 'ActionsSuppressorExtensionPeriod'] as const;
  const suppressor = input.ActionsSuppressor;
  if (suppressor === undefined) {
    for (const path of periods) {
      if (input[path] === undefined) continue;
      const message = `${path} can only be set if ActionsSuppressor is set.`;
      report({ code: 'no-suppressor', path, message, fix: 'name the ActionsSuppressor, or drop the period' });
    }
    return;
  }
  checkText(report, 'ActionsSuppressor', suppressor, 1, 1600);
  if (nameOf(suppressor) === input.AlarmName) {
    const message = 'A composite alarm cannot be its own ActionsSuppressor.';
    report({ code: 'self-reference', path: 'ActionsSuppressor', message, fix: 'name another alarm' });
  }
  for (const path of periods) {
    checkCount(report, path, input[path], 0, `${path} is required when ActionsSuppressor is set.`);
  }
}

/** EC2 and Auto Scaling actions are for metric alarms alone (PutCompositeAlarm, API Reference). */
function checkActionTargets(input: CompositeAlarmInput, report: Report): void {
  for (const path of ['OKActions', 'AlarmActions', 'InsufficientDataActions'] as const) {
    for (const [index, action] of (input[path] ?? []).entries()) {
      if (!/^arn:[^:]*:(?:automate|swf|autoscaling|ec2):/.test(action)) continue;
      const message = `Invalid action ${action}: composite alarms do not support EC2 and Auto Scaling actions.`;
      report({
        code: 'composite-action',
        path: `${path}[${index}]`,
        message,
        fix: 'put it on a metric alarm, or notify a topic',
      });
    }
  }
}
