import { type HandlerTools, type InstrumentOptions, instrument } from '@voice-campaign/instrumentation';
import type { SNSEvent } from 'aws-lambda';
import { campaignContract } from '../contract.ts';
import type { CampaignStore } from '../store/campaign-store.ts';
import { storeClient } from '../store/store-client.ts';
import { setting } from './setting.ts';

/** What an alarm's notification says, as far as it matters here (user guide, Notifying users of alarm changes). */
type AlarmMessage = {
  readonly AlarmName: string;
  readonly NewStateValue: string;
  readonly NewStateReason: string;
};

type Pausing = { readonly store: CampaignStore } & HandlerTools<typeof campaignContract, 'campaign-pauser'>;

/**
 * Pauses every campaign when an alarm that it is subscribed to goes off, so that nobody else is called who will mind.
 * When the alarm is over nothing is resumed: that is for a person to decide.
 */
export const campaignPauser = ({ store }: { readonly store: CampaignStore }, options?: InstrumentOptions) =>
  instrument(
    campaignContract,
    'campaign-pauser',
    async ({ Records }: SNSEvent, tools) => {
      for (const { Sns } of Records) await pause(JSON.parse(Sns.Message), { store, ...tools });
    },
    options,
  );

async function pause(alarm: AlarmMessage, { store, metrics, trace, log }: Pausing): Promise<void> {
  const { AlarmName, NewStateValue, NewStateReason } = alarm;
  if (NewStateValue !== 'ALARM') return log.info('nothing to pause', { AlarmName, NewStateValue });
  const paused = await trace.span('pause', () => store.pauseCampaigns({ reason: AlarmName }));
  metrics.add('CampaignsPaused', paused.length);
  log.warn('campaigns paused', { AlarmName, NewStateReason, campaigns: paused });
}

export const handler = campaignPauser({ store: storeClient(setting('STORE_URL')) });
