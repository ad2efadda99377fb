import { type DeploymentInputs, plan, voiceCampaignMonitoring } from '../src/index.ts';

const MOST_MILLISECONDS = 1000;
const REPEATS = 5;

const many = (count: number, name: string): readonly string[] =>
  Array.from({ length: count }, (_, index) => `voice-campaign-production-${name}-${index}`);

/** How long a plan takes for as many functions, and as many queues. */
const inputs = (count: number): DeploymentInputs => ({
  projectName: 'voice-campaign',
  environment: 'production',
  lambdaFunctionNames: many(count, 'fn'),
  sqsQueueNames: many(count, 'queue'),
  sqsDlqNames: many(count, 'dlq'),
});

const millisecondsFor = (count: number): number => {
  const started = performance.now();
  plan(voiceCampaignMonitoring, inputs(count));
  return performance.now() - started;
};

const rows = [3, 50, 500].map((count) => {
  const times = Array.from({ length: REPEATS }, () => millisecondsFor(count)).sort((one, other) => one - other);
  const { metricAlarms, dashboards } = plan(voiceCampaignMonitoring, inputs(count));
  const [fastest = 0, , median = 0] = times;
  return {
    'functions and queues': count,
    alarms: metricAlarms.length,
    dashboards: dashboards.length,
    'median ms': Math.round(median),
    'fastest ms': Math.round(fastest),
  };
});
process.stdout.write(`${JSON.stringify(rows, null, 2)}\n`);
if (rows.some((row) => row['median ms'] > MOST_MILLISECONDS)) process.exitCode = 1;
