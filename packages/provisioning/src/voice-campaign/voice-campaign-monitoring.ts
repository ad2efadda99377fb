import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { defineMonitoring } from '../monitoring/define-monitoring.ts';
import { burnRateAlarms } from './alarms/burn-rate-alarms.ts';
import { callAlarms } from './alarms/call-alarms.ts';
import { databaseAlarms } from './alarms/database-alarms.ts';
import { functionAlarms } from './alarms/function-alarms.ts';
import { queueAlarms } from './alarms/queue-alarms.ts';
import { serverAlarms } from './alarms/server-alarms.ts';
import { businessMetrics } from './business-metrics.ts';
import { campaignOverview } from './campaign-overview.ts';
import { contributorRules, queries } from './log-queries.ts';
import { systemHealth } from './system-health.ts';
import { samplingRules, traceGroups } from './traces.ts';
import { xrayMetrics } from './xray-metrics.ts';

/**
 * What watches a mass voice campaign: its calls, its functions, its queues, its telephone server and its database.
 * An application's own definition can spread this one's parts and add to them.
 */
export const voiceCampaignMonitoring = defineMonitoring(voiceCampaign, (readers) => ({
  alarms: {
    ...functionAlarms(readers),
    ...queueAlarms(readers),
    ...serverAlarms(readers),
    ...databaseAlarms(readers),
    ...callAlarms(readers),
    ...burnRateAlarms(readers),
  },
  dashboards: {
    'campaign-overview': campaignOverview(readers),
    'system-health': systemHealth(readers),
    'business-metrics': businessMetrics(readers),
    'xray-metrics': xrayMetrics(readers),
  },
  traceGroups,
  samplingRules,
  queries,
  contributorRules,
}));
