import { type MonitoringPlan, plan, voiceCampaignMonitoring } from '@voice-campaign/provisioning';
import { DEAD_LETTERS, PROJECT } from '../demo/deployment.ts';
import { MACHINES } from '../simulator/machines.ts';

/** What watches the campaign of the demo: the same alarms as on AWS, for its functions, queues and machines. */
export const demoPlan: MonitoringPlan = plan(voiceCampaignMonitoring, {
  projectName: PROJECT.project,
  environment: PROJECT.environment,
  lambdaFunctionNames: ['dispatcher', 'dialer-worker', 'sms-worker', 'api-handler'],
  sqsQueueNames: ['dial-tasks', 'sms-tasks'],
  sqsDlqNames: [DEAD_LETTERS, 'sms-tasks-dlq'],
  asteriskInstanceId: MACHINES.instanceId,
  rdsInstanceId: MACHINES.dbInstanceIdentifier,
  rdsAllocatedStorage: MACHINES.allocatedStorage / 1024 ** 3,
});
