import type { MonitoringIssue } from '../../monitoring/monitoring-error.ts';
import type { Deployment } from '../inputs.ts';
import { checkNotifications } from './check-notifications.ts';
import { expectForm, type ReportInput } from './input-form.ts';

// PutRetentionPolicy.
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];
const mostTags = 50;

/** Everything that is wrong with the inputs; `alarms` are the names that can be overridden. */
export const checkInputs = (deployment: Deployment, alarms: readonly string[]): readonly MonitoringIssue[] => {
  const issues: MonitoringIssue[] = [];
  const report: ReportInput = (path, message) => void issues.push({ code: 'input', path, message });
  checkIdentity(deployment, report);
  checkNames(deployment, report);
  checkNumbers(deployment, report);
  checkOverrides(deployment, alarms, report);
  checkLogGroups(deployment, report);
  checkNotifications(deployment, alarms, report);
  checkTags(deployment, report);
  return issues;
};

const name = { form: /^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, is: '1 to 64 letters, digits, - and _' };

const checkIdentity = (deployment: Deployment, report: ReportInput): void => {
  const { projectName, environment, accountId, region, asteriskInstanceId, rdsInstanceId } = deployment;
  expectForm(report, 'projectName', projectName, name);
  expectForm(report, 'environment', environment, name);
  expectForm(report, 'accountId', accountId, { form: /^\d{12}$/, is: '12 digits' });
  expectForm(report, 'region', region, { form: /^[a-z]{2}(-[a-z]+)+-\d$/, is: 'a Region, such as us-east-1' });
  if (asteriskInstanceId !== undefined) {
    const instance = { form: /^i-([0-9a-f]{8}|[0-9a-f]{17})$/, is: 'an instance’s id: i- and 8 or 17 hex digits' };
    expectForm(report, 'asteriskInstanceId', asteriskInstanceId, instance);
  }
  if (rdsInstanceId !== undefined) {
    const database = {
      form: /^[A-Za-z](-?[A-Za-z0-9]){0,62}$/,
      is: 'a DB instance’s identifier: a letter, then up to 62 letters, digits and single dashes',
    };
    expectForm(report, 'rdsInstanceId', rdsInstanceId, database);
  }
};

const checkNames = (deployment: Deployment, report: ReportInput): void => {
  const queue = { form: /^([\w-]{1,80}|[\w-]{1,75}\.fifo)$/, is: '1 to 80 letters, digits, - and _' };
  const lists = [
    ['lambdaFunctionNames', { form: /^[\w-]{1,64}$/, is: '1 to 64 letters, digits, - and _' }],
    ['sqsQueueNames', queue],
    ['sqsDlqNames', queue],
    // A dimension's value has no control characters and is ASCII.
    ['restApiNames', { form: /^[\x20-\x7e]{1,255}$/, is: 'a REST API’s name in ASCII' }],
  ] as const;
  for (const [path, expected] of lists) {
    const names = deployment[path];
    for (const [index, each] of names.entries()) {
      expectForm(report, `${path}[${index}]`, each, expected);
      if (names.indexOf(each) < index) report(`${path}[${index}]`, `${each} is named twice: drop one`);
    }
  }
  for (const [index, each] of deployment.sqsDlqNames.entries()) {
    if (!deployment.sqsQueueNames.includes(each)) continue;
    report(`sqsDlqNames[${index}]`, `${each} is among sqsQueueNames too: name it here alone`);
  }
};

const checkNumbers = (deployment: Deployment, report: ReportInput): void => {
  const positive = (path: string, value: number, is: string): void => {
    if (!Number.isFinite(value) || value <= 0) report(path, `${value} is not ${is}`);
  };
  positive('rdsMaxConnections', deployment.rdsMaxConnections, 'a number of connections above 0');
  positive('rdsAllocatedStorage', deployment.rdsAllocatedStorage, 'a number of GiB above 0');
  positive('lambdaTimeoutMs', deployment.lambdaTimeoutMs, 'a number of milliseconds above 0');
  for (const [each, timeout] of Object.entries(deployment.lambdaTimeoutsMs)) {
    positive(`lambdaTimeoutsMs.${each}`, timeout, 'a number of milliseconds above 0');
    if (deployment.lambdaFunctionNames.includes(each)) continue;
    report(`lambdaTimeoutsMs.${each}`, 'is a function that lambdaFunctionNames does not name');
  }
};

const checkOverrides = ({ alarmOverrides }: Deployment, alarms: readonly string[], report: ReportInput): void => {
  for (const [each, { threshold, datapoints }] of Object.entries(alarmOverrides)) {
    const path = `alarmOverrides.${each}`;
    if (!alarms.includes(each)) report(path, `is none of the alarms: ${alarms.join(', ')}`);
    if (threshold !== undefined && !Number.isFinite(threshold)) {
      report(`${path}.threshold`, `${threshold} is not a number`);
    }
    const [m, n] = datapoints ?? [1, 1];
    if (!Number.isInteger(m) || !Number.isInteger(n) || m < 1 || m > n) {
      report(`${path}.datapoints`, `${m} of ${n} periods cannot breach: write [M, N] with 1 ≤ M ≤ N`);
    }
  }
};

const checkLogGroups = (
  { lambdaFunctionNames, existingLogGroupNames, logRetentionDays }: Deployment,
  report: ReportInput,
): void => {
  if (!retentions.includes(logRetentionDays)) {
    report('logRetentionDays', `${logRetentionDays} is none that CloudWatch Logs keeps: ${retentions.join(', ')}`);
  }
  for (const [index, each] of existingLogGroupNames.entries()) {
    if (lambdaFunctionNames.some((function_) => each === `/aws/lambda/${function_}`)) continue;
    const message = 'is the log group of no function of lambdaFunctionNames: /aws/lambda/ and the function’s name';
    report(`existingLogGroupNames[${index}]`, `${each} ${message}`);
  }
};

const checkTags = ({ tags }: Deployment, report: ReportInput): void => {
  const all = Object.entries(tags);
  if (all.length > mostTags) report('tags', `are ${all.length}: a resource has ${mostTags} at most`);
  for (const [key, value] of all) {
    const path = `tags.${key}`;
    if (key.length < 1 || key.length > 128) report(path, 'a tag’s key has 1 to 128 characters');
    if (key.startsWith('aws:')) report(path, 'keys that begin with aws: are AWS’s own');
    if (value.length > 256) report(path, `the value has ${value.length} characters: 256 at most`);
    if (/[^\p{L}\p{Z}\p{N}_.:/=+\-@]/u.test(key + value)) {
      report(path, 'has characters that no tag has: letters, digits, spaces and _ . : / = + - @');
    }
  }
};
