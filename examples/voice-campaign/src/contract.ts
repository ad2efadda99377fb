import { extendMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';

/** The built-in contract, and what this application measures besides. */
export const campaignContract = extendMetrics(voiceCampaign, {
  metrics: {
    CampaignsPaused: { kind: 'counter', unit: 'Count', description: 'Campaigns paused because an alarm went off' },
  },
  emitters: { 'campaign-pauser': { kind: 'handler', emits: ['CampaignsPaused'] } },
});
