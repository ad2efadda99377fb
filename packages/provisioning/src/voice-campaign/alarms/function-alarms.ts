import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { AlarmDefinition } from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

/** Of each function: that it fails, is throttled, or comes near its timeout. */
export const functionAlarms = ({ aws, math }: Readers<typeof voiceCampaign>) =>
  ({
    'lambda-errors': {
      kind: 'metric',
      scope: 'function',
      severity: 'critical',
      reads: math('IF(invocations >= 20, 100 * errors / invocations)', {
        errors: aws('AWS/Lambda', 'Errors', 'Sum'),
        invocations: aws('AWS/Lambda', 'Invocations', 'Sum'),
      }),
      comparison: '>',
      threshold: 5,
      period: 60,
      datapoints: [2, 3],
      missingData: 'notBreaching',
      description: 'More than {{threshold}} % of the invocations of a function fail, of 20 a minute or more.',
      runbook: runbook('lambda-errors'),
      notifies: false,
    },
    'lambda-throttles': {
      kind: 'metric',
      scope: 'function',
      severity: 'critical',
      reads: aws('AWS/Lambda', 'Throttles', 'Sum'),
      comparison: '>',
      threshold: 0,
      period: 60,
      datapoints: [3, 5],
      missingData: 'notBreaching',
      description: 'A function is throttled: its concurrency is too low, or its queue is polled too eagerly.',
      runbook: runbook('lambda-throttles'),
      notifies: false,
    },
    'lambda-near-timeout': {
      kind: 'metric',
      scope: 'function',
      severity: 'warning',
      reads: aws('AWS/Lambda', 'Duration', 'Maximum'),
      comparison: '>',
      threshold: { share: 0.8, of: 'lambdaTimeoutMs' },
      period: 60,
      datapoints: [2, 3],
      missingData: 'notBreaching',
      description: 'Invocations of a function come near its timeout.',
      runbook: runbook('lambda-near-timeout'),
    },
    functions: {
      kind: 'roll-up',
      severity: 'critical',
      any: ['lambda-errors', 'lambda-throttles'],
      description: 'A function fails or is throttled; the alarm’s reason names the first.',
      runbook: runbook('functions'),
    },
  }) as const satisfies Readonly<Record<string, AlarmDefinition>>;
