import { defineMonitoring, voiceCampaignMonitoring } from '@voice-campaign/provisioning';
import { campaignContract } from '../contract.ts';

const { alarms, dashboards, traceGroups, samplingRules, queries, contributorRules } = voiceCampaignMonitoring;
const { 'campaign-overview': overview, ...others } = dashboards;

/** What watches any voice campaign, and a widget for what this application does about alarms. */
export const campaignMonitoring = defineMonitoring(campaignContract, ({ metric }) => ({
  alarms,
  dashboards: {
    'campaign-overview': {
      ...overview,
      rows: [
        ...(overview?.rows ?? []),
        {
          height: 4,
          widgets: [
            {
              kind: 'metric',
              title: 'Campaigns paused by an alarm',
              width: 24,
              yAxis: { left: { min: 0, showUnits: false } },
              series: [{ reads: metric('CampaignsPaused'), label: 'Campaigns' }],
            },
          ],
        },
      ],
    },
    ...others,
  },
  traceGroups,
  samplingRules,
  queries,
  contributorRules,
}));
