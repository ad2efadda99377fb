import type { MonitoringIssue } from '../monitoring/monitoring-error.ts';

/** What one deployment is: the variables of the Terraform module, in camel case. Lists may be empty or absent. */
export type DeploymentInputs = {
  readonly projectName: string;
  readonly environment: string;
  readonly region?: string;
  /** 12 digits; default 123456789012, the emulator's. */
  readonly accountId?: string;
  readonly lambdaFunctionNames?: readonly string[];
  readonly sqsQueueNames?: readonly string[];
  readonly sqsDlqNames?: readonly string[];
  readonly asteriskInstanceId?: string;
  readonly rdsInstanceId?: string;
  /** Default 100. */
  readonly rdsMaxConnections?: number;
  /** GiB; default 100. */
  readonly rdsAllocatedStorage?: number;
  /** Of functions that `lambdaTimeoutsMs` does not name; default 30,000. */
  readonly lambdaTimeoutMs?: number;
  readonly lambdaTimeoutsMs?: Readonly<Record<string, number>>;
  /** By the alarm's name in the monitoring definition. */
  readonly alarmOverrides?: Readonly<Record<string, AlarmOverride>>;
};

export type AlarmOverride = {
  /** `false`: the alarm is not planned. */
  readonly enabled?: boolean;
  readonly threshold?: number;
  readonly datapoints?: readonly [m: number, n: number];
  readonly missingData?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
};

/** The inputs with their defaults. */
export type Deployment = Required<Omit<DeploymentInputs, 'asteriskInstanceId' | 'rdsInstanceId'>> &
  Pick<DeploymentInputs, 'asteriskInstanceId' | 'rdsInstanceId'>;

export const withDefaults = (inputs: DeploymentInputs): Deployment => ({
  region: 'us-east-1',
  accountId: '123456789012',
  lambdaFunctionNames: [],
  sqsQueueNames: [],
  sqsDlqNames: [],
  rdsMaxConnections: 100,
  rdsAllocatedStorage: 100,
  lambdaTimeoutMs: 30_000,
  lambdaTimeoutsMs: {},
  alarmOverrides: {},
  ...inputs,
});

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
