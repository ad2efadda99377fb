import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type {
  AlarmDefinition,
  MetricAlarmDefinition,
  RollUpDefinition,
  Severity,
} from '../../monitoring/monitoring.ts';
import type { Readers } from '../../monitoring/readings.ts';
import { runbook } from './runbook.ts';

// 99 % of calls are completed by the network over 30 days, whoever answers them: 1 % may fail.
const allowed = 0.01;

/**
 * The error budget's burn rates, each over a long and a short window (The Site Reliability Workbook, Alerting on SLOs):
 * at 14.4 a fiftieth of the budget of 30 days goes in an hour, at 1 all of it in 30 days.
 */
export const burnRateAlarms = ({ metric, math }: Readers<typeof voiceCampaign>) => {
  const over = (window: Window, rate: number, severity: Severity): MetricAlarmDefinition => ({
    kind: 'metric',
    optIn: 'serviceLevelObjective',
    scope: 'system',
    severity,
    reads: math(`IF(total >= 50, failed / total / ${allowed})`, {
      failed: metric('FailedCalls'),
      total: metric('TotalCalls'),
    }),
    comparison: '>',
    threshold: rate,
    period: window.period,
    datapoints: [window.periods, window.periods],
    missingData: 'notBreaching',
    description: `Failed calls use up their budget {{threshold}} times too fast over ${window.name}.`,
    runbook: runbook('failed-calls'),
    notifies: false,
  });
  const both = (speed: string, severity: Severity, description: string): RollUpDefinition => ({
    kind: 'roll-up',
    optIn: 'serviceLevelObjective',
    severity,
    any: [`burn-rate-${speed}-long`],
    all: [`burn-rate-${speed}-short`],
    description,
    runbook: runbook('failed-calls'),
  });
  return {
    'burn-rate-fast-long': over({ name: 'an hour', period: 3600, periods: 1 }, 14.4, 'critical'),
    'burn-rate-fast-short': over({ name: 'five minutes', period: 300, periods: 1 }, 14.4, 'critical'),
    'burn-rate-medium-long': over({ name: 'six hours', period: 21_600, periods: 1 }, 6, 'critical'),
    'burn-rate-medium-short': over({ name: 'half an hour', period: 1800, periods: 1 }, 6, 'critical'),
    // A period is a day at most: each of the three days is too fast.
    'burn-rate-slow-long': over({ name: 'each of three days', period: 86_400, periods: 3 }, 1, 'warning'),
    'burn-rate-slow-short': over({ name: 'six hours', period: 21_600, periods: 1 }, 1, 'warning'),
    'failed-calls-fast': both('fast', 'critical', 'A fiftieth of the month’s budget of failed calls went in an hour.'),
    'failed-calls-medium': both('medium', 'critical', 'A twentieth of the month’s budget went in six hours.'),
    'failed-calls-slow': both('slow', 'warning', 'The month’s budget of failed calls will not last the month.'),
  } satisfies Readonly<Record<string, AlarmDefinition>>;
};

type Window = { readonly name: string; readonly period: number; readonly periods: number };
