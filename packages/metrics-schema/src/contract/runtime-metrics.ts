import type { MetricDefinitions } from './contract.ts';

/** How Lambda made an execution environment (Developer Guide, AWS_LAMBDA_INITIALIZATION_TYPE). */
const INITIALIZATION_TYPES = [
  'on-demand',
  'provisioned-concurrency',
  'snap-start',
  'lambda-managed-instances',
] as const;

const perFunction = { kind: 'counter', unit: 'Count', counted: 'at-once', dimensions: [['FunctionName']] } as const;

const METRICS = {
  ColdStarts: {
    ...perFunction,
    dimensions: [['FunctionName', 'InitializationType']],
    description: 'First invocations of an execution environment; callers wait for those made on demand',
  },
  Records: { ...perFunction, description: 'Records of SQS batches' },
  RecordFailures: { ...perFunction, description: 'Records of SQS batches that are delivered again' },
  FullBatchFailures: { ...perFunction, description: 'SQS batches of which every record failed' },
  TelemetrySamplesDropped: { ...perFunction, description: 'Samples dropped for what was wrong with them' },
  TelemetrySamplesSanitized: { ...perFunction, description: 'Samples counted without a dimension that was wrong' },
  TelemetryLateFlushes: {
    ...perFunction,
    description: 'Invocations whose telemetry was written just before the timeout',
  },
  TelemetryOversizeDocuments: { ...perFunction, description: 'X-Ray documents that lost parts to fit into 64 kB' },
} as const satisfies MetricDefinitions;

type RuntimeMetricName = keyof typeof METRICS;

/** An addition for `extendMetrics`. */
type RuntimeMetrics<H extends readonly string[]> = {
  readonly metrics: typeof METRICS;
  readonly dimensions: {
    readonly FunctionName: { readonly maxValues: number };
    readonly InitializationType: { readonly values: typeof INITIALIZATION_TYPES };
  };
  readonly emitters: { readonly [N in H[number]]: { readonly emits: readonly RuntimeMetricName[] } };
};

/**
 * The metrics that the instrumentation emits of itself, once the contract declares them for a handler:
 * `extendMetrics(voiceCampaign, runtimeMetrics('dialer-worker'))`. Each handler is taken for one function. Duration and
 * Errors are not among them: they are in AWS/Lambda already.
 */
export function runtimeMetrics<const H extends readonly [string, ...string[]]>(...handlers: H): RuntimeMetrics<H> {
  const emits = Object.keys(METRICS) as RuntimeMetricName[];
  return {
    metrics: METRICS,
    dimensions: {
      FunctionName: { maxValues: handlers.length },
      InitializationType: { values: INITIALIZATION_TYPES },
    },
    // Made by name, as the type says; the compiler cannot follow it through Object.fromEntries.
    emitters: Object.fromEntries(handlers.map((name) => [name, { emits }])) as unknown as RuntimeMetrics<H>['emitters'],
  };
}
