/** Resources of one kind: a list of the deployment's inputs, or what is planned for it. */
export type ResourceKind = 'function' | 'queue' | 'dead-letter-queue' | 'instance' | 'database' | 'api' | 'trace-group';

/**
 * What an alarm or widget is about: the system as a whole, each resource of a kind, or one of a kind: the function whose
 * name ends in that of a handler, the trace group of that name.
 */
export type Scope = 'system' | ResourceKind | `handler:${string}` | `trace-group:${string}`;

type AwsMetric = {
  /** Dimensions of the resource's series, in the notation of a monitoring document. */
  readonly dimensions: Readonly<Record<string, string>>;
  readonly unit: string;
  /** Statistics that make sense (each service's own page of metrics), the usual one first. */
  readonly statistics: readonly string[];
};

const metricOf =
  (dimensions: AwsMetric['dimensions']) =>
  (unit: string, ...statistics: string[]): AwsMetric => ({ dimensions, unit, statistics });

const ofFunction = metricOf({ FunctionName: '{{name}}' });
const ofQueue = metricOf({ QueueName: '{{name}}' });
const ofInstance = metricOf({ InstanceId: '{{name}}' });
const ofDatabase = metricOf({ DBInstanceIdentifier: '{{name}}' });
const ofApi = metricOf({ ApiName: '{{name}}', Stage: '{{stage}}' });
const ofTraceGroup = metricOf({ GroupName: '{{name}}' });
const ofLogGroup = metricOf({ LogGroupName: '/aws/lambda/{{name}}' });

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
    NumberOfMessagesReceived: ofQueue('Count', 'Sum'),
    NumberOfMessagesSent: ofQueue('Count', 'Sum'),
    NumberOfMessagesDeleted: ofQueue('Count', 'Sum'),
  },
  'AWS/EC2': {
    CPUUtilization: ofInstance('Percent', 'Average', 'Maximum', 'Minimum'),
    CPUCreditBalance: ofInstance('Count', 'Minimum', 'Average'),
    StatusCheckFailed: ofInstance('Count', 'Maximum'),
    NetworkPacketsIn: ofInstance('Count', 'Sum', 'Average'),
    NetworkPacketsOut: ofInstance('Count', 'Sum', 'Average'),
  },
  'AWS/RDS': {
    CPUUtilization: ofDatabase('Percent', 'Average', 'Maximum', 'Minimum'),
    DatabaseConnections: ofDatabase('Count', 'Maximum', 'Average'),
    FreeStorageSpace: ofDatabase('Bytes', 'Minimum', 'Average'),
  },
  'AWS/ApiGateway': {
    Count: ofApi('Count', 'SampleCount', 'Sum'),
    Latency: ofApi('Milliseconds', 'Average', 'Maximum', 'p50', 'p95', 'p99'),
    IntegrationLatency: ofApi('Milliseconds', 'Average', 'Maximum', 'p50', 'p95', 'p99'),
    '4XXError': ofApi('Count', 'Sum', 'Average'),
    '5XXError': ofApi('Count', 'Sum', 'Average'),
  },
  'AWS/X-Ray': {
    ApproximateTraceCount: ofTraceGroup('Count', 'Sum'),
  },
  'AWS/Logs': {
    EMFParsingErrors: ofLogGroup('Count', 'Sum'),
    EMFValidationErrors: ofLogGroup('Count', 'Sum'),
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, AwsMetric>>>>;

export type AwsNamespace = keyof typeof awsMetrics;
export type AwsMetricName<N extends AwsNamespace> = keyof (typeof awsMetrics)[N] & string;

/** The kinds of resources that a namespace has metrics of. */
export const kindsOf: Readonly<Record<AwsNamespace, readonly ResourceKind[]>> = {
  'AWS/Lambda': ['function'],
  'AWS/SQS': ['queue', 'dead-letter-queue'],
  'AWS/EC2': ['instance'],
  'AWS/RDS': ['database'],
  'AWS/ApiGateway': ['api'],
  'AWS/X-Ray': ['trace-group'],
  'AWS/Logs': ['function'],
};

/** The kind of a scope's resources; the system has none. */
export const kindOf = (scope: Scope): ResourceKind | 'system' => {
  if (scope.startsWith('handler:')) return 'function';
  if (scope.startsWith('trace-group:')) return 'trace-group';
  return scope as ResourceKind | 'system';
};

/** The metric in the table; `undefined` where there is none. */
export const awsMetricOf = (namespace: string, name: string): AwsMetric | undefined => {
  const metrics: Readonly<Record<string, AwsMetric>> | undefined = Object.hasOwn(awsMetrics, namespace)
    ? awsMetrics[namespace as AwsNamespace]
    : undefined;
  return metrics !== undefined && Object.hasOwn(metrics, name) ? metrics[name] : undefined;
};
