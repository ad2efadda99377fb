import './environment.ts';
import '@voice-campaign/instrumentation/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import { expect, test } from 'vitest';
import { smsWorker } from '../../src/handlers/sms-worker.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import type { SmsMessage } from '../../src/telephony/telephony.ts';
import { batchOf } from './events.ts';

const body = { campaignId: 'spring', callId: 'spring-1', phone: '+12125550101' };

/** A carrier that takes everything but messages to `refused`. */
function workerRefusing(refused = '') {
  const sent: SmsMessage[] = [];
  const sink = memorySink();
  const connections = {
    store: memoryStore(Date.now),
    sms: {
      async send(message: SmsMessage) {
        if (message.to === refused) throw new Error('no such number');
        sent.push(message);
        return { messageId: `${message.reference}-sms`, carrier: 'iberia', costUsd: 0.04 };
      },
    },
  };
  return { sent, sink, handler: smsWorker(connections, { sink }) };
}

test('two tasks of one call are sent under one reference, which the carrier takes once, and count once', async () => {
  const { sent, sink, handler } = workerRefusing();
  const messages = [
    { id: 'a', body },
    { id: 'b', body },
  ];
  expect(await handler(batchOf(...messages), fakeContext())).toEqual({ batchItemFailures: [] });
  expect(new Set(sent.map(({ reference }) => reference))).toEqual(new Set(['spring-1']));
  expect(sink).toHaveEmitted('SmsSent', 1);
  expect(sink).toHaveEmitted('SmsCostUsd', 0.04);
});

test('gives back only what the carrier refuses, and what is no task', async () => {
  const { handler } = workerRefusing('+12125550199');
  const refused = { id: 'b', body: { ...body, callId: 'spring-2', phone: '+12125550199' } };
  const batch = batchOf({ id: 'a', body }, refused, { id: 'c', body: '{}' });
  const { batchItemFailures } = await handler(batch, fakeContext());
  expect(new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier))).toEqual(new Set(['b', 'c']));
});
