import type { Severity } from '../monitoring/monitoring.ts';

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
  /** The address of the folder that holds the runbooks of alarms; default `docs/runbooks`, that of this repository. */
  readonly runbooksUrl?: string;
  /** By the alarm's name in the monitoring definition. */
  readonly alarmOverrides?: Readonly<Record<string, AlarmOverride>>;
  /** Whether the anomaly alarms are planned; default false. */
  readonly anomalyDetection?: boolean;
  /** Whether the burn-rate alarms of the service level objective are planned; default false. */
  readonly serviceLevelObjective?: boolean;
  /** REST APIs of API Gateway by their names; HTTP APIs have no traces and other dimensions. */
  readonly restApiNames?: readonly string[];
  /** Their stage; default the environment. */
  readonly restApiStage?: string;
  /** Whether the functions' log groups are planned; default true. */
  readonly manageLogGroups?: boolean;
  /** Log groups that exist already and are taken over. */
  readonly existingLogGroupNames?: readonly string[];
  /** Days; default 30. */
  readonly logRetentionDays?: number;
} & NotificationInputs & { readonly tags?: Readonly<Record<string, string>> };

/** Who hears of alarms. */
type NotificationInputs = {
  readonly alarmEmailEndpoints?: readonly string[];
  readonly alarmSubscriptions?: readonly AlarmSubscription[];
  /** Of PagerDuty's integration "Amazon CloudWatch"; it hears of critical alarms. */
  readonly pagerDutyIntegrationKey?: string;
  /** Of a workspace that Amazon Q Developer in chat applications has been allowed into by hand. */
  readonly slackChannel?: { readonly workspaceId: string; readonly channelId: string };
  /** `create`: a key of the plan's own; an ARN: a customer managed key that lets CloudWatch use it. Default: none. */
  readonly kmsKey?: 'create' | (string & {});
  /** The target, such as a bus, a function or a queue, of every change of state of the plan's alarms. */
  readonly eventTargetArn?: string;
};

export type AlarmSubscription = {
  readonly protocol: 'email' | 'email-json' | 'https' | 'lambda' | 'sqs' | 'sms';
  /** An address, a URL or an ARN, as the protocol asks. */
  readonly endpoint: string;
  /** Default: all. */
  readonly severities?: readonly Severity[];
  /** Alarms by their names in the definition; default: all. */
  readonly alarms?: readonly string[];
};

export type AlarmOverride = {
  /** `false`: the alarm is not planned. */
  readonly enabled?: boolean;
  readonly threshold?: number;
  readonly datapoints?: readonly [m: number, n: number];
  readonly missingData?: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
};

type Absent =
  | 'asteriskInstanceId'
  | 'rdsInstanceId'
  | 'pagerDutyIntegrationKey'
  | 'slackChannel'
  | 'kmsKey'
  | 'eventTargetArn';

/** The inputs with their defaults. */
export type Deployment = Required<Omit<DeploymentInputs, Absent>> & Pick<DeploymentInputs, Absent>;

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
  runbooksUrl: 'docs/runbooks',
  alarmOverrides: {},
  anomalyDetection: false,
  serviceLevelObjective: false,
  restApiNames: [],
  restApiStage: inputs.environment,
  manageLogGroups: true,
  existingLogGroupNames: [],
  logRetentionDays: 30,
  alarmEmailEndpoints: [],
  alarmSubscriptions: [],
  tags: {},
  ...inputs,
});
