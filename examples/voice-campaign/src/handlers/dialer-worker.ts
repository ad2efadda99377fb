import { SQSClient } from '@aws-sdk/client-sqs';
import { type HandlerTools, type InstrumentOptions, instrument } from '@voice-campaign/instrumentation';
import { eachRecord } from '@voice-campaign/instrumentation/sqs';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { defaultPolicy } from '../campaign/attempt-policy.ts';
import { parseDialTask, type SmsTask } from '../campaign/campaign.ts';
import type { CampaignStore, Delivery } from '../store/campaign-store.ts';
import { storeClient } from '../store/store-client.ts';
import { httpSpeech, httpTelephony } from '../telephony/http-telephony.ts';
import type { Speech, Telephony } from '../telephony/telephony.ts';
import { makeCall } from './make-call.ts';
import { reportCall } from './report-call.ts';
import { setting } from './setting.ts';
import { sqsQueue, type TaskQueue } from './task-queue.ts';

type Connections = {
  readonly store: CampaignStore;
  readonly telephony: Telephony;
  readonly speech: Speech;
  readonly smsTasks: TaskQueue;
};

/** Longer than the function's timeout: a call is taken from a worker only when that worker cannot be alive. */
const LEASE_SECONDS = 120;

/** Makes each call of a batch, ten at a time. */
export const dialerWorker = (connections: Connections, options?: InstrumentOptions) =>
  instrument(
    voiceCampaign,
    'dialer-worker',
    (event: SQSEvent, tools) =>
      eachRecord(event, (record) => work(record, { ...connections, ...tools }), { concurrency: 10 }),
    options,
  );

/**
 * Makes one call, and reports it once it is completed.
 *
 * A record is reported as its last step, from what the store holds. Where a record fails or its worker is killed, SQS
 * delivers it again, and the store says how far it got: nobody is dialled twice, and nothing is missing. (The protocol
 * and its one remaining duplicate are described with CampaignStore.)
 */
async function work(record: SQSRecord, making: Connections & HandlerTools<typeof voiceCampaign, 'dialer-worker'>) {
  const { store, smsTasks, metrics, trace, log } = making;
  const task = parseDialTask(record.body);
  const { campaignId, callId, contact } = task;
  metrics.property('campaignId', campaignId);
  metrics.property('callId', callId);
  trace.annotate('callId', callId);
  log.append({ campaignId, callId });

  const delivery = deliveryOf(record);
  const claim = await store.claimCall({ campaignId, callId, delivery, leaseSeconds: LEASE_SECONDS });
  if (claim.kind === 'busy') throw new Error('another worker is at this call: it comes back later');
  if (claim.kind === 'elsewhere') return log.info('handled by another message');

  const result = claim.kind === 'completed' ? claim.result : await makeCall(task, defaultPolicy, making);
  const completion = claim.kind === 'completed' ? claim : await store.completeCall({ callId, delivery, result });
  if (completion.kind === 'superseded') throw new Error('another worker has taken this call over');

  if (result.wantsSms) {
    const sms: SmsTask = { campaignId, callId, phone: contact.phone };
    await trace.span('enqueue sms', (span) => smsTasks.send([{ body: sms }], span.header()));
  }
  log.info(claim.kind === 'completed' ? 'reported again' : 'dialled', { to: contact.phone, ...result });
  reportCall(metrics, result);
  metrics.set('CampaignContactsDone', completion.contactsDone, { CampaignId: campaignId });
}

function deliveryOf(record: SQSRecord): Delivery {
  return { id: record.messageId, attempt: Number(record.attributes.ApproximateReceiveCount) };
}

export const handler = dialerWorker({
  store: storeClient(setting('STORE_URL')),
  telephony: httpTelephony(setting('TELEPHONY_URL')),
  speech: httpSpeech(setting('SPEECH_URL')),
  smsTasks: sqsQueue(new SQSClient(), setting('SMS_TASKS_QUEUE_URL')),
});
