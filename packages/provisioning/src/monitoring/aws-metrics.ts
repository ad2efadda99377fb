/** What an alarm or widget is about: one resource of a list of the deployment's inputs, or the system as a whole. */
export type Scope = 'system' | 'function' | 'queue' | 'dead-letter-queue' | 'instance' | 'database';

type AwsMetric = {
  /** The dimension that names the resource. */
  readonly dimension: string;
  readonly unit: string;
  /** Statistics that make sense (each service's own page of metrics), the usual one first. */
  readonly statistics: readonly string[];
};

const ofFunction = (unit: string, ...statistics: string[]): AwsMetric => ({
  dimension: 'FunctionName',
  unit,
  statistics,
});
const ofQueue = (unit: string, ...statistics: string[]): AwsMetric => ({ dimension: 'QueueName', unit, statistics });
const ofInstance = (unit: string, ...statistics: string[]): AwsMetric => ({
  dimension: 'InstanceId',
  unit,
  statistics,
});
const ofDatabase = (unit: string, ...statistics: string[]): AwsMetric => ({
  dimension: 'DBInstanceIdentifier',
  unit,
  statistics,
});

/**
 * AWS's own metrics that a voice campaign is watched by. A count of instances or messages is a level, of which a sum over
 * samples means nothing; free storage is read by its low point, connections by their high one.
 */
const awsMetrics = {
  'AWS/Lambda': {
    Invocations: ofFunction('Count', 'Sum'),
    Errors: ofFunction('Count', 'Sum'),
    Throttles: ofFunction('Count', 'Sum'),
    Duration: ofFunction('Milliseconds', 'Average', 'Maximum', 'Minimum', 'p50', 'p95', 'p99'),
    ConcurrentExecutions: ofFunction('Count', 'Maximum'),
  },
  'AWS/SQS': {
    ApproximateNumberOfMessagesVisible: ofQueue('Count', 'Maximum', 'Average', 'Minimum'),
    ApproximateNumberOfMessagesNotVisible: ofQueue('Count', 'Maximum', 'Average', 'Minimum'),
    ApproximateAgeOfOldestMessage: ofQueue('Seconds', 'Maximum'),
    NumberOfMessagesSent: ofQueue('Count', 'Sum'),
    NumberOfMessagesDeleted: ofQueue('Count', 'Sum'),
  },
  'AWS/EC2': {
    CPUUtilization: ofInstance('Percent', 'Average', 'Maximum', 'Minimum'),
    StatusCheckFailed: ofInstance('Count', 'Maximum'),
    NetworkPacketsIn: ofInstance('Count', 'Sum', 'Average'),
    NetworkPacketsOut: ofInstance('Count', 'Sum', 'Average'),
  },
  'AWS/RDS': {
    CPUUtilization: ofDatabase('Percent', 'Average', 'Maximum', 'Minimum'),
    DatabaseConnections: ofDatabase('Count', 'Maximum', 'Average'),
    FreeStorageSpace: ofDatabase('Bytes', 'Minimum', 'Average'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, AwsMetric>>>>;

export type AwsNamespace = keyof typeof awsMetrics;
export type AwsMetricName<N extends AwsNamespace> = keyof (typeof awsMetrics)[N] & string;

/** The scope whose resources a namespace has metrics of. */
export const scopesOf: Readonly<Record<AwsNamespace, readonly Scope[]>> = {
  'AWS/Lambda': ['function'],
  'AWS/SQS': ['queue', 'dead-letter-queue'],
  'AWS/EC2': ['instance'],
  'AWS/RDS': ['database'],
};

/** The metric in the table; `undefined` where there is none. */
export const awsMetricOf = (namespace: string, name: string): AwsMetric | undefined => {
  const metrics: Readonly<Record<string, AwsMetric>> | undefined = Object.hasOwn(awsMetrics, namespace)
    ? awsMetrics[namespace as AwsNamespace]
    : undefined;
  return metrics !== undefined && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
};
