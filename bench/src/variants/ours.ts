import { instrument } from '@voice-campaign/instrumentation';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent } from 'aws-lambda';
import { answer, dialBatch } from './work.ts';

export const handler = instrument(voiceCampaign, 'dialer-worker', async (event: SQSEvent, { metrics, trace, log }) => {
  const { calls, answered, campaignId } = dialBatch(event);
  trace.annotate('campaignId', campaignId);
  trace.annotate('records', calls);
  await trace.span('dial', answer, { annotations: { provider: 'sip' } });
  await trace.span('store', answer, { annotations: { table: 'calls' } });
  metrics.add('TotalCalls', calls);
  metrics.add('AnsweredCalls', answered);
  log.info('dialled', { calls, answered, campaignId });
  return { batchItemFailures: [] };
});
