import { type DeploymentInputs, defineMonitoring } from '@voice-campaign/provisioning';
import { reminders } from './contract.ts';

export const monitoring = defineMonitoring(reminders, ({ metric, rate }) => ({
  alarms: {
    confirmations: {
      kind: 'metric',
      scope: 'system',
      severity: 'warning',
      reads: rate('ConfirmationRate', { atLeast: 20 }), // says nothing of fewer reminders than these
      comparison: '<',
      threshold: 40,
      period: 300,
      datapoints: [2, 3], // M of N
      missingData: 'notBreaching',
      description: 'Few of those who are reminded say that they will come.',
      runbook: 'confirmations.md',
    },
  },
  dashboards: {
    reminders: {
      rows: [
        {
          height: 6,
          widgets: [
            {
              kind: 'metric',
              title: 'Reminders',
              width: 12,
              series: [{ reads: metric('Reminders') }, { reads: metric('Confirmations') }],
            },
            { kind: 'metric', title: 'Confirmed, %', width: 6, series: [{ reads: rate('ConfirmationRate') }] },
            { kind: 'metric', title: 'It rang for', width: 6, series: [{ reads: metric('TimeToAnswer') }] },
          ],
        },
      ],
    },
  },
}));

export const inputs: DeploymentInputs = {
  projectName: 'reminders',
  environment: 'production',
  lambdaFunctionNames: ['reminders-production-reminder-worker'],
  alarmEmailEndpoints: ['ops-team@example.com'],
};
