import { type DeploymentInputs, plan, voiceCampaignMonitoring } from '../../src/index.ts';

/** The deployment that the system's description gives as an example. */
export const inputs: DeploymentInputs = {
  projectName: 'voice-campaign',
  environment: 'production',
  lambdaFunctionNames: [
    'voice-campaign-production-api-handler',
    'voice-campaign-production-dispatcher',
    'voice-campaign-production-dialer-worker',
  ],
  sqsQueueNames: ['voice-campaign-production-dial-tasks', 'voice-campaign-production-sms-tasks'],
  sqsDlqNames: ['voice-campaign-production-dial-tasks-dlq'],
  asteriskInstanceId: 'i-1234567890abcdef0',
  rdsInstanceId: 'voice-campaign-production-db',
  rdsMaxConnections: 100,
  rdsAllocatedStorage: 100,
  lambdaTimeoutMs: 30_000,
};

export const planned = (change: Partial<DeploymentInputs> = {}) =>
  plan(voiceCampaignMonitoring, { ...inputs, ...change });
