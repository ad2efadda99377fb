// What the command `voice-campaign` works on: the system of this example, as it would be deployed.
import type { DeploymentInputs } from '@voice-campaign/provisioning';
import type { Volumes } from '@voice-campaign/provisioning/cost';
import { campaignMonitoring } from './src/monitoring/campaign-monitoring.ts';

export const monitoring = campaignMonitoring;

const named = (name: string): string => `voice-campaign-production-${name}`;

export const inputs: DeploymentInputs = {
  projectName: 'voice-campaign',
  environment: 'production',
  lambdaFunctionNames: ['api-handler', 'dispatcher', 'dialer-worker', 'sms-worker', 'campaign-pauser'].map(named),
  sqsQueueNames: ['dial-tasks', 'sms-tasks'].map(named),
  sqsDlqNames: ['dial-tasks-dlq', 'sms-tasks-dlq'].map(named),
  restApiNames: [named('api')],
  asteriskInstanceId: 'i-1234567890abcdef0',
  rdsInstanceId: named('db'),
  rdsMaxConnections: 100,
  rdsAllocatedStorage: 100,
  lambdaTimeoutMs: 30_000,
  lambdaTimeoutsMs: { [named('dialer-worker')]: 120_000 },
  alarmEmailEndpoints: ['ops-team@example.com'],
  alarmSubscriptions: [
    {
      protocol: 'lambda',
      endpoint: 'arn:aws:lambda:us-east-1:123456789012:function:voice-campaign-production-campaign-pauser',
      alarms: ['opt-out-rate'],
    },
  ],
  tags: { Project: 'VoiceCampaign', Environment: 'production' },
};

export const volumes: Volumes = { callsPerMonth: 10_000_000 };
