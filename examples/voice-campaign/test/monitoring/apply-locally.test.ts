import { CloudWatchClient, DescribeAlarmsCommand, ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch';
import { startEmulator } from '@voice-campaign/emulator';
import { type DeploymentInputs, plan } from '@voice-campaign/provisioning';
import { test as base, expect, onTestFinished } from 'vitest';
import { clientOf } from '../../src/demo/deployment.ts';
import { applyLocally } from '../../src/monitoring/apply-locally.ts';
import { campaignMonitoring } from '../../src/monitoring/campaign-monitoring.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const inputs: DeploymentInputs = {
  projectName: 'voice-campaign',
  environment: 'test',
  lambdaFunctionNames: ['voice-campaign-test-dialer-worker', 'voice-campaign-test-api-handler'],
  sqsQueueNames: ['voice-campaign-test-dial-tasks'],
  restApiNames: ['calls'],
  anomalyDetection: true,
  serviceLevelObjective: true,
  tags: { Project: 'VoiceCampaign' },
  alarmSubscriptions: [{ protocol: 'https', endpoint: 'https://127.0.0.1:9/alarms', severities: ['critical'] }],
};

const test = base.extend<{ emulator: Awaited<ReturnType<typeof startEmulator>> }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads which fixtures are used from the pattern.
  emulator: async ({}, use) => {
    const emulator = await startEmulator({ functions: [], warn: () => {} });
    await use(emulator);
    await emulator.stop();
  },
});

const applyTo = (emulator: { readonly url: string }, change: Partial<DeploymentInputs> = {}) =>
  applyLocally(plan(campaignMonitoring, { ...inputs, ...change }), emulator);

test('everything is created once, and nothing is changed by a second run', async ({ emulator }) => {
  const first = await applyTo(emulator);
  expect(first.complete).toBe(true);
  expect(new Set(first.resources.map(({ outcome }) => outcome))).toEqual(new Set(['created']));
  const second = await applyTo(emulator);
  expect(second.resources.filter(({ outcome }) => outcome !== 'unchanged')).toEqual([]);
});

test('what has changed is updated, and nothing else', async ({ emulator }) => {
  await applyTo(emulator);
  const { resources } = await applyTo(emulator, {
    alarmOverrides: { 'answer-rate': { threshold: 10 } },
    logRetentionDays: 7,
    alarmSubscriptions: [{ protocol: 'https', endpoint: 'https://127.0.0.1:9/alarms', severities: ['warning'] }],
  });
  const changed = resources.filter(({ outcome }) => outcome !== 'unchanged');
  expect(changed.map(({ type, outcome }) => `${outcome} ${type}`)).toEqual([
    'updated AWS::Logs::LogGroup',
    'updated AWS::Logs::LogGroup',
    'updated AWS::CloudWatch::Alarm',
    // The one that draws a line at the threshold.
    'updated AWS::CloudWatch::Dashboard',
  ]);
});

test('tags reach alarms that exist already', async ({ emulator }) => {
  await applyTo(emulator, { tags: {} });
  await applyTo(emulator);
  const client = new CloudWatchClient(clientOf(emulator));
  onTestFinished(() => client.destroy());
  const { MetricAlarms: [alarm] = [] } = await client.send(new DescribeAlarmsCommand({ MaxRecords: 1 }));
  const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceARN: alarm?.AlarmArn }));
  expect(Tags).toEqual([{ Key: 'Project', Value: 'VoiceCampaign' }]);
});
