import { type HandlerTools, type InstrumentOptions, instrument } from '@voice-campaign/instrumentation';
import { eachRecord } from '@voice-campaign/instrumentation/sqs';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { parseSmsTask } from '../campaign/campaign.ts';
import type { CampaignStore } from '../store/campaign-store.ts';
import { storeClient } from '../store/store-client.ts';
import { httpSms } from '../telephony/http-telephony.ts';
import type { Sms } from '../telephony/telephony.ts';
import { setting } from './setting.ts';

type Connections = { readonly store: CampaignStore; readonly sms: Sms };

/** Sends the SMS that people asked for during their call, ten at a time. */
export const smsWorker = (connections: Connections, options?: InstrumentOptions) =>
  instrument(
    voiceCampaign,
    'sms-worker',
    (event: SQSEvent, tools) =>
      eachRecord(event, (record) => send(record, { ...connections, ...tools }), { concurrency: 10 }),
    options,
  );

/** Sends one SMS for each call, however often its task is delivered. */
async function send(record: SQSRecord, sending: Connections & HandlerTools<typeof voiceCampaign, 'sms-worker'>) {
  const { store, sms, metrics, trace, log } = sending;
  const { campaignId, callId, phone } = parseSmsTask(record.body);
  metrics.property('campaignId', campaignId);
  metrics.property('callId', callId);
  const message = { campaignId, reference: callId, to: phone, text: 'As you asked: https://example.com/offer' };
  const receipt = await trace.span('send sms', () => sms.send(message), { namespace: 'remote' });
  const delivery = { id: record.messageId, attempt: Number(record.attributes.ApproximateReceiveCount) };
  const recorded = await store.recordOnce({ kind: 'sms-sent', campaignId, callId }, delivery);
  log.info('sms sent', { callId, to: phone, messageId: receipt.messageId, recorded });
  if (recorded === 'known') return;
  metrics.property('messageId', receipt.messageId);
  metrics.property('carrier', receipt.carrier);
  metrics.add('SmsSent', 1);
  metrics.add('SmsCostUsd', receipt.costUsd);
}

export const handler = smsWorker({ store: storeClient(setting('STORE_URL')), sms: httpSms(setting('SMS_URL')) });
