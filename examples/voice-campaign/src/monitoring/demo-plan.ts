import { type MonitoringPlan, plan } from '@voice-campaign/provisioning';
import { DEAD_LETTERS, PROJECT } from '../demo/deployment.ts';
import { MACHINES } from '../simulator/machines.ts';
import { campaignMonitoring } from './campaign-monitoring.ts';

// The emulator's own, where its options say nothing else.
const account = { region: 'us-east-1', accountId: '123456789012', restApiNames: ['api'], restApiStage: 'local' };

/** What watches the campaign of the demo: the same as on AWS, for its functions, queues and machines. */
export const demoPlan: MonitoringPlan = plan(campaignMonitoring, {
  projectName: PROJECT.project,
  environment: PROJECT.environment,
  ...account,
  lambdaFunctionNames: ['dispatcher', 'dialer-worker', 'sms-worker', 'api-handler', 'campaign-pauser'],
  sqsQueueNames: ['dial-tasks', 'sms-tasks'],
  sqsDlqNames: [DEAD_LETTERS, 'sms-tasks-dlq'],
  asteriskInstanceId: MACHINES.instanceId,
  rdsInstanceId: MACHINES.dbInstanceIdentifier,
  rdsAllocatedStorage: MACHINES.allocatedStorage / 1024 ** 3,
  // A laptop's queue is deep sooner than a Region's.
  alarmOverrides: { 'queue-depth': { threshold: 500 } },
  alarmEmailEndpoints: ['operations@example.com'],
  alarmSubscriptions: [
    {
      protocol: 'lambda',
      endpoint: `arn:aws:lambda:${account.region}:${account.accountId}:function:campaign-pauser`,
      alarms: ['opt-out-rate'],
    },
  ],
});
