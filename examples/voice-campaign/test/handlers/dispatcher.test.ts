import './environment.ts';
import '@voice-campaign/instrumentation/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import { expect, test } from 'vitest';
import type { Campaign } from '../../src/campaign/campaign.ts';
import { dispatcher } from '../../src/handlers/dispatcher.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { keptQueue } from './events.ts';

const campaign: Campaign = {
  id: 'spring',
  pace: 2,
  window: { from: '09:00', to: '20:00', timeZone: 'Europe/Lisbon' },
  contacts: Array.from({ length: 5 }, (_, index) => ({ id: String(index), phone: `+1212555010${index}` })),
};
const noon = Date.parse('2026-07-01T12:00:00Z');

function dispatcherAt(now: number, dialTasks = keptQueue()) {
  const store = memoryStore(() => now);
  const sink = memorySink();
  return {
    store,
    dialTasks,
    sink,
    handler: dispatcher({ store, dialTasks, now: () => now, sliceSeconds: 2 }, { sink }),
  };
}

test('enqueues the next slice at each event, at the pace, until no contact is left', async () => {
  const { handler, dialTasks, store, sink } = dispatcherAt(noon);
  expect(await handler(campaign, fakeContext())).toEqual({ enqueued: 4, remaining: 1, open: true });
  expect(dialTasks.sent.map(({ delaySeconds }) => delaySeconds)).toEqual([0, 0, 1, 1]);
  expect(await handler({ detail: campaign }, fakeContext())).toEqual({ enqueued: 1, remaining: 0, open: true });
  expect(await handler(campaign, fakeContext())).toEqual({ enqueued: 0, remaining: 0, open: true });
  const spring = { CampaignId: 'spring' };
  const totals = sink.datapoints().filter(({ name }) => name === 'CampaignContactsTotal');
  expect(totals.map(({ values, dimensions }) => ({ values, dimensions }))).toEqual(
    Array(3).fill({ values: [5], dimensions: spring }),
  );
  expect(sink).toHaveEmitted('CampaignContactsDone', 0, spring);
  expect(dialTasks.sent.map(({ body }) => body)).toMatchObject(
    campaign.contacts.map((contact) => ({ campaignId: 'spring', callId: `spring-${contact.id}`, contact })),
  );
  expect(await store.progress('spring')).toMatchObject({ contacts: 5, dispatched: 5, done: 0 });
});

test('enqueues nothing outside the time window', async () => {
  const { handler, dialTasks } = dispatcherAt(Date.parse('2026-07-01T22:00:00Z'));
  expect(await handler(campaign, fakeContext())).toEqual({ enqueued: 0, remaining: 5, open: false });
  expect(dialTasks.sent).toEqual([]);
});

test('a slice that could not be sent is sent again, with the same call ids', async () => {
  const kept = keptQueue();
  let failures = 1;
  const { handler } = dispatcherAt(noon, {
    ...kept,
    async send(tasks, header) {
      await kept.send(tasks, header);
      if (failures-- > 0) throw new Error('SQS refused 1 of 4 messages');
    },
  });
  await expect(handler(campaign, fakeContext())).rejects.toThrow('SQS refused');
  expect(await handler(campaign, fakeContext())).toMatchObject({ enqueued: 4 });
  expect(kept.sent.slice(4)).toEqual(kept.sent.slice(0, 4));
});
