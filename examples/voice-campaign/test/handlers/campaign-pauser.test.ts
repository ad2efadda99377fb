import './environment.ts';
import '@voice-campaign/instrumentation/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import type { SNSEvent } from 'aws-lambda';
import { expect, test } from 'vitest';
import { apiHandler } from '../../src/handlers/api-handler.ts';
import { campaignPauser } from '../../src/handlers/campaign-pauser.ts';
import { dispatcher } from '../../src/handlers/dispatcher.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { keptQueue, requestOf } from './events.ts';

const campaign = {
  id: 'spring',
  pace: 1,
  window: { from: '00:00', to: '24:00', timeZone: 'UTC' },
  contacts: Array.from({ length: 5 }, (_, index) => ({ id: String(index), phone: `+1212555010${index}` })),
};

const alarmed = (NewStateValue: string): SNSEvent => {
  const Message = JSON.stringify({ AlarmName: 'opt-out-rate', NewStateValue, NewStateReason: 'Threshold Crossed' });
  return { Records: [{ Sns: { Message } }] } as SNSEvent;
};

function system() {
  const sink = memorySink();
  const store = memoryStore(() => 0);
  return {
    sink,
    pause: campaignPauser({ store }, { sink }),
    dispatch: dispatcher({ store, dialTasks: keptQueue(), now: () => 0, sliceSeconds: 2 }, { sink: memorySink() }),
    api: apiHandler({ store }, { sink: memorySink() }),
  };
}

test('an alarm pauses a campaign, which then dispatches nothing, until it is resumed', async () => {
  const { pause, dispatch, api, sink } = system();
  expect(await dispatch(campaign, fakeContext())).toMatchObject({ enqueued: 2, remaining: 3 });
  await pause(alarmed('ALARM'), fakeContext());
  expect(sink).toHaveEmitted('CampaignsPaused', 1);
  expect(await dispatch(campaign, fakeContext())).toEqual({ enqueued: 0, remaining: 3, open: false });
  const resume = requestOf('POST', '/campaigns/{campaignId}/resume', { campaignId: 'spring' });
  expect((await api(resume, fakeContext())).statusCode).toBe(200);
  expect(await dispatch(campaign, fakeContext())).toMatchObject({ enqueued: 2, remaining: 1, open: true });
});

test('the end of an alarm pauses nothing, and a second alarm counts nobody twice', async () => {
  const { pause, dispatch, sink } = system();
  await dispatch(campaign, fakeContext());
  await pause(alarmed('OK'), fakeContext());
  expect(await dispatch(campaign, fakeContext())).toMatchObject({ open: true });
  await pause(alarmed('ALARM'), fakeContext());
  await pause(alarmed('ALARM'), fakeContext());
  const counted = sink.datapoints().filter(({ name }) => name === 'CampaignsPaused');
  expect(counted.flatMap(({ values }) => values).reduce((sum, value) => sum + value, 0)).toBe(1);
});

test('a campaign that nobody started cannot be resumed', async () => {
  const { api } = system();
  const resume = requestOf('POST', '/campaigns/{campaignId}/resume', { campaignId: 'autumn' });
  expect((await api(resume, fakeContext())).statusCode).toBe(404);
});
