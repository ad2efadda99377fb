import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { AlarmDefinition } from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

/** Of the telephone server. */
export const serverAlarms = ({ aws }: Readers<typeof voiceCampaign>) =>
  ({
    'asterisk-cpu-high': {
      kind: 'metric',
      scope: 'instance',
      severity: 'critical',
      reads: aws('AWS/EC2', 'CPUUtilization', 'Average'),
      comparison: '>',
      threshold: 90,
      // Without detailed monitoring EC2 has a point every five minutes.
      period: 300,
      datapoints: [2, 2],
      missingData: 'missing',
      description: 'The telephone server is out of processor time: calls break up.',
      runbook: runbook('asterisk-cpu'),
    },
    'asterisk-cpu-elevated': {
      kind: 'metric',
      scope: 'instance',
      severity: 'warning',
      reads: aws('AWS/EC2', 'CPUUtilization', 'Average'),
      comparison: '>',
      threshold: 70,
      period: 300,
      datapoints: [3, 3],
      missingData: 'missing',
      description: 'The telephone server is busier than {{threshold}} %.',
      runbook: runbook('asterisk-cpu'),
      notifies: false,
    },
    'asterisk-status-check': {
      kind: 'metric',
      scope: 'instance',
      severity: 'critical',
      reads: aws('AWS/EC2', 'StatusCheckFailed', 'Maximum'),
      comparison: '>',
      threshold: 0,
      period: 60,
      datapoints: [2, 2],
      // A stopped instance has no data: that is as bad.
      missingData: 'breaching',
      description: 'The telephone server fails its status checks, or has stopped.',
      runbook: runbook('asterisk-status-check'),
      notifiesOk: true,
    },
    'asterisk-cpu': {
      kind: 'roll-up',
      severity: 'warning',
      any: ['asterisk-cpu-elevated'],
      unless: ['asterisk-cpu-high'],
      description: 'The telephone server is busy, and not yet out of processor time.',
      runbook: runbook('asterisk-cpu'),
    },
  }) as const satisfies Readonly<Record<string, AlarmDefinition>>;
