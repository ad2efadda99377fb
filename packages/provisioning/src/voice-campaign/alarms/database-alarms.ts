import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { AlarmDefinition } from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

/** Of the database. */
export const databaseAlarms = ({ aws }: Readers<typeof voiceCampaign>) =>
  ({
    'rds-connections': {
      kind: 'metric',
      scope: 'database',
      severity: 'warning',
      reads: aws('AWS/RDS', 'DatabaseConnections', 'Maximum'),
      comparison: '>',
      threshold: { share: 0.8, of: 'rdsMaxConnections' },
      period: 60,
      datapoints: [3, 5],
      missingData: 'missing',
      description: 'The database has most of its connections in use.',
      runbook: runbook('rds-connections'),
    },
    'rds-storage': {
      kind: 'metric',
      scope: 'database',
      severity: 'warning',
      reads: aws('AWS/RDS', 'FreeStorageSpace', 'Minimum'),
      comparison: '<',
      threshold: { share: 0.2, of: 'rdsAllocatedStorageBytes' },
      period: 300,
      datapoints: [3, 3],
      missingData: 'missing',
      description: 'Little of the database’s storage is free.',
      runbook: runbook('rds-storage'),
    },
  }) as const satisfies Readonly<Record<string, AlarmDefinition>>;
