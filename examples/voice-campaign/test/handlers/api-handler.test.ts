import './environment.ts';
import '@voice-campaign/instrumentation/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import { expect, test } from 'vitest';
import { apiHandler } from '../../src/handlers/api-handler.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { requestOf } from './events.ts';

function api() {
  const store = memoryStore(Date.now);
  const sink = memorySink();
  const handler = apiHandler({ store }, { sink });
  const ask = async (...request: Parameters<typeof requestOf>) => {
    const { statusCode, body } = await handler(requestOf(...request), fakeContext());
    return { statusCode, ...JSON.parse(body) };
  };
  const press = (digit: string, eventId: string, attempt = 1) =>
    ask('POST', '/calls/{callId}/keypress', { callId: 'call-1' }, { campaignId: 'spring', digit, eventId, attempt });
  return { store, sink, ask, press };
}

test('a key that is pressed twice converts once', async () => {
  const { press, store, sink } = api();
  expect(await press('1', 'event-1')).toEqual({ statusCode: 200, recorded: 'first' });
  expect(await press('1', 'event-2')).toEqual({ statusCode: 200, recorded: 'known' });
  expect(await press('9', 'event-3')).toEqual({ statusCode: 200, recorded: 'first' });
  expect(await press('5', 'event-4')).toEqual({ statusCode: 200, recorded: 'ignored' });
  expect(await store.progress('spring')).toMatchObject({ converted: 1, optedOut: 1 });
  expect(sink).toHaveEmitted('ConvertedCalls', 1);
  expect(sink).toHaveEmitted('OptOuts', 1);
});

test('a webhook whose answer was lost is reported again, the same one told twice is not', async () => {
  const { press, sink } = api();
  await press('1', 'event-1');
  expect(await press('1', 'event-1')).toMatchObject({ recorded: 'known' });
  expect(sink).toHaveEmitted('ConvertedCalls', 1);
  expect(await press('1', 'event-1', 2)).toMatchObject({ recorded: 'again' });
  expect(sink).toHaveEmitted('ConvertedCalls', 2);
});

test('an SMS is delivered or failed once', async () => {
  const { ask, sink } = api();
  const status = (eventId: string) =>
    ask(
      'POST',
      '/sms/{messageId}/status',
      { messageId: 'sms-1' },
      { campaignId: 'c', callId: 'a', delivered: true, eventId },
    );
  expect(await status('event-1')).toEqual({ statusCode: 200, recorded: 'first' });
  expect(await status('event-2')).toEqual({ statusCode: 200, recorded: 'known' });
  expect(sink).toHaveEmitted('SmsDelivered', 1);
  expect(sink).not.toHaveEmitted('SmsFailed');
});

test('tells the progress of a campaign that was started', async () => {
  const { ask, store } = api();
  const progress = (campaignId: string) => ask('GET', '/campaigns/{campaignId}/progress', { campaignId });
  expect(await progress('spring')).toMatchObject({ statusCode: 404 });
  await store.startCampaign({ campaignId: 'spring', contacts: 7 });
  expect(await progress('spring')).toMatchObject({ statusCode: 200, contacts: 7, done: 0 });
});

test.each([
  ['POST', '/calls/{callId}/keypress', 'no JSON', 400],
  ['POST', '/calls/{callId}/keypress', { campaignId: 'spring', digit: '1' }, 400],
  ['POST', '/sms/{messageId}/status', { campaignId: 'spring', callId: 'a', eventId: 'e' }, 400],
  ['DELETE', '/calls/{callId}/keypress', {}, 404],
])('refuses %s %s with %j', async (method, resource, body, statusCode) => {
  expect(await api().ask(method, resource, { callId: 'a', messageId: 'm' }, body)).toMatchObject({ statusCode });
});
