import fc from 'fast-check';
import { type DeploymentInputs, voiceCampaignMonitoring } from '../../src/index.ts';

const name = (longest: number) => fc.stringMatching(new RegExp(`^[a-z][a-z0-9-]{0,${longest - 1}}$`));
const project = name(24);
const some = <T>(item: fc.Arbitrary<T>, maxLength: number) => fc.uniqueArray(item, { maxLength });
const handlers = ['dialer-worker', 'dispatcher', 'api-handler', 'sms-worker', 'other'] as const;
const alarms = Object.keys(voiceCampaignMonitoring.alarms);
const metricAlarms = Object.entries(voiceCampaignMonitoring.alarms).flatMap(([alarm, { kind }]) =>
  kind === 'metric' ? [alarm] : [],
);

const override = fc.record(
  {
    enabled: fc.boolean(),
    threshold: fc.constantFrom(0, 1, 12.5, 1e6),
    datapoints: fc.constantFrom<readonly [number, number]>([1, 1], [2, 3], [3, 5]),
    missingData: fc.constantFrom('breaching' as const, 'notBreaching' as const, 'ignore' as const, 'missing' as const),
  },
  { requiredKeys: [] },
);

const subscription = fc.oneof(
  fc.record({
    protocol: fc.constant('lambda' as const),
    endpoint: name(20).map((function_) => `arn:aws:lambda:us-east-1:123456789012:function:${function_}`),
    alarms: fc.uniqueArray(fc.constantFrom(...alarms), { minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    protocol: fc.constant('https' as const),
    endpoint: name(20).map((host) => `https://${host}.example.com/alarms`),
    severities: fc.uniqueArray(fc.constantFrom('critical' as const, 'warning' as const), { minLength: 1 }),
  }),
  fc.record({ protocol: fc.constant('sms' as const), endpoint: fc.constant('+14155550100') }),
);

type NamedFunction = readonly [isPrefixed: boolean, handler: string, suffix: string];

const raw = fc.record({
  projectName: project,
  environment: name(12),
  functions: fc.oneof(
    { weight: 6, arbitrary: some<NamedFunction>(fc.tuple(fc.boolean(), fc.constantFrom(...handlers), name(8)), 8) },
    // More than a graph has lines for.
    {
      weight: 1,
      arbitrary: fc.constant(Array.from({ length: 13 }, (_, i): NamedFunction => [true, 'other', `f${i}`])),
    },
  ),
  queues: some(name(40), 12),
  deadLetters: some(name(40), 3),
  apis: some(fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9 ._-]{0,20}$/), 2),
  optional: fc.record(
    {
      asteriskInstanceId: fc.constantFrom('i-1234567890abcdef0', 'i-12345678'),
      rdsInstanceId: fc.constantFrom('db', 'voice-campaign-production-db'),
      rdsMaxConnections: fc.integer({ min: 1, max: 5000 }),
      rdsAllocatedStorage: fc.integer({ min: 20, max: 4000 }),
      lambdaTimeoutMs: fc.integer({ min: 1000, max: 900_000 }),
      restApiStage: name(8),
      manageLogGroups: fc.boolean(),
      logRetentionDays: fc.constantFrom(1, 30, 3653),
      runbooksUrl: fc.constantFrom('https://wiki.example.com/a"b\\c', 'docs'),
      anomalyDetection: fc.boolean(),
      serviceLevelObjective: fc.boolean(),
      alarmOverrides: fc.dictionary(fc.constantFrom(...metricAlarms), override, { maxKeys: 4 }),
      alarmEmailEndpoints: some(fc.constantFrom('ops@example.com', 'night@example.com'), 2),
      alarmSubscriptions: fc.uniqueArray(subscription, { maxLength: 3, selector: ({ endpoint }) => endpoint }),
      pagerDutyIntegrationKey: fc.constant('a1'.repeat(16)),
      slackChannel: fc.constant({ workspaceId: 'T0123ABCD', channelId: 'C0123ABCD' }),
      kmsKey: fc.constantFrom('create', 'arn:aws:kms:us-east-1:123456789012:key/abc'),
      tags: fc.constantFrom({}, { Project: 'VoiceCampaign', 'cost-centre': 'calls @ night' }),
      eventTargetArn: fc.constant('arn:aws:sqs:us-east-1:123456789012:states'),
    },
    { requiredKeys: [] },
  ),
});

/** Inputs that a plan takes: every optional one is there or not. */
export const anyInputs: fc.Arbitrary<DeploymentInputs> = raw.map(
  ({ projectName, environment, functions, queues, deadLetters, apis, optional }) => {
    const named = functions.map(([isPrefixed, handler, suffix]) =>
      isPrefixed ? `${projectName}-${environment}-${suffix}-${handler}`.slice(0, 64) : `${handler}-${suffix}`,
    );
    const lambdaFunctionNames = [...new Set(named)];
    return {
      projectName,
      environment,
      lambdaFunctionNames,
      sqsQueueNames: queues,
      sqsDlqNames: deadLetters.filter((queue) => !queues.includes(queue)),
      restApiNames: apis,
      lambdaTimeoutsMs: Object.fromEntries(lambdaFunctionNames.slice(0, 1).map((each) => [each, 120_000])),
      ...optional,
    };
  },
);
