import { SQSClient } from '@aws-sdk/client-sqs';
import { type HandlerTools, type InstrumentOptions, instrument } from '@voice-campaign/instrumentation';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { type Campaign, dialTask } from '../campaign/campaign.ts';
import { paced } from '../campaign/pacing.ts';
import { isOpen } from '../campaign/time-window.ts';
import type { CampaignStore } from '../store/campaign-store.ts';
import { storeClient } from '../store/store-client.ts';
import { setting } from './setting.ts';
import { sqsQueue, type TaskQueue } from './task-queue.ts';

/** A campaign, given by whoever invokes the function or as the detail of an EventBridge event. */
type DispatchEvent = Campaign | { readonly detail: Campaign };

/** `remaining`: contacts still to be enqueued, by the schedule's next event; `open`: neither paused nor too late. */
export type Dispatched = { readonly enqueued: number; readonly remaining: number; readonly open: boolean };

type Connections = {
  readonly store: CampaignStore;
  readonly dialTasks: TaskQueue;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** The schedule's rate: each event enqueues the calls of this many seconds. */
  readonly sliceSeconds: number;
};

/** Enqueues the next slice of a campaign's calls. */
export const dispatcher = (connections: Connections, options?: InstrumentOptions) =>
  instrument(
    voiceCampaign,
    'dispatcher',
    (event: DispatchEvent, tools) => dispatch('detail' in event ? event.detail : event, { ...connections, ...tools }),
    options,
  );

/**
 * Enqueues the next slice, at the campaign's pace and inside its time window.
 *
 * A slice is marked as dispatched after it was sent, so a failure in between sends some tasks twice; they have the
 * same call ids, and the dialer-worker dials each call once.
 */
async function dispatch(
  campaign: Campaign,
  dispatching: Connections & HandlerTools<typeof voiceCampaign, 'dispatcher'>,
): Promise<Dispatched> {
  const { store, dialTasks, now, sliceSeconds, metrics, trace, log } = dispatching;
  const campaignId = campaign.id;
  trace.annotate('campaignId', campaignId);
  metrics.property('campaignId', campaignId);

  const before = await store.startCampaign({ campaignId, contacts: campaign.contacts.length });
  const waiting = campaign.contacts.slice(before.dispatched);
  const paused = before.pausedBecause;
  const open = paused === undefined && isOpen(campaign.window, now());
  const slice = open ? paced(waiting, campaign.pace, sliceSeconds) : [];
  const tasks = slice.map(({ item, delaySeconds }) => ({ body: dialTask(campaignId, item), delaySeconds }));
  await trace.span('enqueue', (span) => dialTasks.send(tasks, span.header()), { namespace: 'remote' });
  const { contacts, done } = await store.recordDispatched({ campaignId, upTo: before.dispatched + tasks.length });

  metrics.set('CampaignContactsTotal', contacts, { CampaignId: campaignId });
  metrics.set('CampaignContactsDone', done, { CampaignId: campaignId });
  const dispatched = { enqueued: tasks.length, remaining: waiting.length - tasks.length, open };
  const told = paused === undefined ? 'outside the time window' : `paused: ${paused}`;
  log.info(open ? 'dispatched' : told, { campaignId, ...dispatched });
  return dispatched;
}

export const handler = dispatcher({
  store: storeClient(setting('STORE_URL')),
  dialTasks: sqsQueue(new SQSClient(), setting('DIAL_TASKS_QUEUE_URL')),
  now: Date.now,
  sliceSeconds: Number(setting('SLICE_SECONDS')),
});
