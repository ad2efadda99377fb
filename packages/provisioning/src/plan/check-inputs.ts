import type { MonitoringIssue } from '../monitoring/monitoring-error.ts';
import type { Deployment } from './inputs.ts';

/** Everything that is wrong with the inputs; `alarms` are the names that can be overridden. */
export const checkInputs = (deployment: Deployment, alarms: readonly string[]): readonly MonitoringIssue[] => {
  const issues: MonitoringIssue[] = [];
  const report = (path: string, message: string): void => void issues.push({ code: 'input', path, message });
  const matches = (path: string, text: string, pattern: RegExp, expected: string): void => {
    if (!pattern.test(text)) report(path, `${JSON.stringify(text)} is not ${expected}`);
  };
  const positive = (path: string, value: number, expected: string): void => {
    if (!Number.isFinite(value) || value <= 0) report(path, `${value} is not ${expected}`);
  };
  const { projectName, environment, accountId, region, asteriskInstanceId, lambdaTimeoutsMs, alarmOverrides } =
    deployment;
  matches('projectName', projectName, /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, '1 to 64 letters, digits, - and _');
  matches('environment', environment, /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, '1 to 64 letters, digits, - and _');
  matches('accountId', accountId, /^\d{12}$/, '12 digits');
  matches('region', region, /^[a-z]{2}(-[a-z]+)+-\d$/, 'a Region, such as us-east-1');
  if (asteriskInstanceId !== undefined) {
    matches('asteriskInstanceId', asteriskInstanceId, /^i-([0-9a-f]{8}|[0-9a-f]{17})$/, 'an instance id, i-…');
  }
  checkNames(deployment, report);
  positive('rdsMaxConnections', deployment.rdsMaxConnections, 'a number of connections above 0');
  positive('rdsAllocatedStorage', deployment.rdsAllocatedStorage, 'a number of GiB above 0');
  positive('lambdaTimeoutMs', deployment.lambdaTimeoutMs, 'a number of milliseconds above 0');
  for (const [name, timeout] of Object.entries(lambdaTimeoutsMs)) {
    positive(`lambdaTimeoutsMs.${name}`, timeout, 'a number of milliseconds above 0');
    if (deployment.lambdaFunctionNames.includes(name)) continue;
    report(`lambdaTimeoutsMs.${name}`, 'is a function that lambdaFunctionNames does not name');
  }
  for (const name of Object.keys(alarmOverrides)) {
    if (!alarms.includes(name)) report(`alarmOverrides.${name}`, `is none of the alarms: ${alarms.join(', ')}`);
  }
  return issues;
};

const checkNames = (
  { lambdaFunctionNames, sqsQueueNames, sqsDlqNames }: Deployment,
  report: (path: string, message: string) => void,
): void => {
  const lists = [
    ['lambdaFunctionNames', lambdaFunctionNames, /^[\w-]{1,64}$/, '1 to 64 letters, digits, - and _'],
    ['sqsQueueNames', sqsQueueNames, /^[\w-]{1,80}(\.fifo)?$/, '1 to 80 letters, digits, - and _'],
    ['sqsDlqNames', sqsDlqNames, /^[\w-]{1,80}(\.fifo)?$/, '1 to 80 letters, digits, - and _'],
  ] as const;
  for (const [path, names, pattern, expected] of lists) {
    for (const [index, name] of names.entries()) {
      if (!pattern.test(name)) report(`${path}[${index}]`, `${JSON.stringify(name)} is not ${expected}`);
      if (names.indexOf(name) < index) report(`${path}[${index}]`, `${name} is named twice: drop one`);
    }
  }
};
