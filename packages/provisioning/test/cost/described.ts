import { type Contract, defineMetrics } from '@voice-campaign/metrics-schema';
import { type Monitoring, voiceCampaignMonitoring } from '../../src/index.ts';

/** The eleven alarms that the system's description has, and nothing more. */
const elevenAlarms = [
  ...['lambda-errors', 'queue-depth', 'asterisk-cpu-high', 'lambda-throttles', 'answer-rate', 'rds-connections'],
  ...['asterisk-cpu-elevated', 'rds-storage', 'lambda-near-timeout', 'dead-letters', 'opt-out-rate'],
];
/** The built-in monitoring with those alarms alone. */
export const described: Monitoring = {
  ...voiceCampaignMonitoring,
  alarms: Object.fromEntries(
    Object.entries(voiceCampaignMonitoring.alarms).filter(([name]) => elevenAlarms.includes(name)),
  ),
  dashboards: Object.fromEntries(
    Object.entries(voiceCampaignMonitoring.dashboards).map(([name, { rows }]) => [
      name,
      { rows: rows.map((row) => ({ ...row, widgets: row.widgets.filter(({ kind }) => kind !== 'alarms') })) },
    ]),
  ),
  contributorRules: Object.fromEntries(Object.entries(voiceCampaignMonitoring.contributorRules).slice(0, 1)),
};

/** Twenty metrics without dimensions. */
export const twenty: Contract = defineMetrics({
  metrics: Object.fromEntries(
    Array.from({ length: 20 }, (_, index) => [
      `Metric${index}`,
      { kind: 'counter', unit: 'Count', description: 'one' },
    ]),
  ),
  emitters: { one: { kind: 'handler', emits: Array.from({ length: 20 }, (_, index) => `Metric${index}`) } },
} as never) as Contract;
