import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { AlarmDefinition } from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

/** Of the calls themselves. */
export const callAlarms = ({ metric, rate, math }: Readers<typeof voiceCampaign>) =>
  ({
    'answer-rate': {
      kind: 'metric',
      scope: 'system',
      severity: 'warning',
      reads: rate('AnswerRate', { atLeast: 50 }),
      comparison: '<',
      threshold: 20,
      period: 300,
      datapoints: [3, 3],
      missingData: 'notBreaching',
      description: 'Fewer than {{threshold}} % of calls are answered, of 50 in five minutes or more.',
      runbook: runbook('answer-rate'),
      notifiesOk: true,
    },
    'opt-out-rate': {
      kind: 'metric',
      scope: 'system',
      severity: 'warning',
      reads: rate('OptOutRate', { atLeast: 50 }),
      comparison: '>',
      threshold: 5,
      period: 300,
      datapoints: [3, 3],
      missingData: 'notBreaching',
      description: 'More than {{threshold}} % of those who answer opt out, of 50 in five minutes or more.',
      runbook: runbook('opt-out-rate'),
      notifiesOk: true,
    },
    'no-calls': {
      kind: 'metric',
      scope: 'system',
      severity: 'critical',
      // Attempts without outcomes: where nothing is dialled there is no point, and nothing to say.
      reads: math('IF(attempts >= 20, FILL(calls, 0))', {
        attempts: metric('DialAttempts'),
        calls: metric('TotalCalls'),
      }),
      comparison: '<=',
      threshold: 0,
      period: 300,
      datapoints: [2, 2],
      missingData: 'notBreaching',
      description: 'Calls are dialled and none is counted: outcomes are lost, or the workers hang.',
      runbook: runbook('no-calls'),
      notifiesOk: true,
    },
    'dialing-rate': {
      kind: 'anomaly',
      optIn: 'anomalyDetection',
      scope: 'system',
      severity: 'warning',
      reads: metric('DialAttempts'),
      outside: 'below',
      deviations: 3,
      period: 300,
      datapoints: [3, 3],
      missingData: 'notBreaching',
      description: 'Fewer calls are dialled than at this time of other days and weeks.',
      runbook: runbook('dialing-rate'),
    },
  }) as const satisfies Readonly<Record<string, AlarmDefinition>>;
