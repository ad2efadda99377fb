import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { AlarmDefinition } from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

/** Of each queue: that it fills, stands still, or gives messages up. */
export const queueAlarms = ({ aws, math }: Readers<typeof voiceCampaign>) =>
  ({
    'queue-depth': {
      kind: 'metric',
      scope: 'queue',
      severity: 'critical',
      reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
      comparison: '>',
      threshold: 10_000,
      period: 60,
      datapoints: [3, 5],
      missingData: 'notBreaching',
      description: 'More than {{threshold}} messages wait in a queue: workers do not keep up.',
      runbook: runbook('queue-depth'),
      notifiesOk: true,
    },
    'queue-stalled': {
      kind: 'metric',
      scope: 'queue',
      severity: 'critical',
      // Age alone misses messages that are received again and again, which it leaves out, and alarms on mere backlog.
      reads: math('IF(deleted < 1, age, 0)', {
        age: aws('AWS/SQS', 'ApproximateAgeOfOldestMessage', 'Maximum'),
        deleted: aws('AWS/SQS', 'NumberOfMessagesDeleted', 'Sum'),
      }),
      comparison: '>',
      threshold: 300,
      period: 60,
      datapoints: [5, 5],
      missingData: 'notBreaching',
      description:
        'Messages wait for more than {{threshold}} seconds in a queue, and not one is finished: its workers hang.',
      runbook: runbook('queue-stalled'),
      notifiesOk: true,
    },
    'dead-letters': {
      kind: 'metric',
      scope: 'dead-letter-queue',
      severity: 'warning',
      reads: aws('AWS/SQS', 'ApproximateNumberOfMessagesVisible', 'Maximum'),
      comparison: '>',
      threshold: 0,
      period: 60,
      datapoints: [1, 1],
      missingData: 'notBreaching',
      description: 'A dead-letter queue holds messages that nobody could handle.',
      runbook: runbook('dead-letters'),
      notifiesOk: true,
    },
  }) as const satisfies Readonly<Record<string, AlarmDefinition>>;
