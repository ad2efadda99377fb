import './environment.ts';
import { expect, test } from 'vitest';
import { dialTask } from '../../src/campaign/campaign.ts';
import { dialerWorker } from '../../src/handlers/dialer-worker.ts';
import { defaultRates, type Rates } from '../../src/simulator/fate.ts';
import { createNetwork } from '../../src/simulator/network.ts';
import type { CampaignStore } from '../../src/store/campaign-store.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import type { DialRequest } from '../../src/telephony/telephony.ts';
import { batchOf, context, keptQueue, type Message } from './events.ts';

const certain: Rates = { ...defaultRates, answer: 1, busy: 0, noAnswer: 0, secondAttempt: 0, sms: 0, promptFailure: 0 };
const task = (id: string) => dialTask('spring', { id, phone: '+12125550101', name: 'Ada' });
const message = (id: string, receiveCount = 1): Message => ({ id: `message-${id}`, body: task(id), receiveCount });

/** A worker over a network whose rates leave no doubt, and everything that it changes. */
function workerWith(rates: Partial<Rates> = {}, store: CampaignStore = memoryStore(Date.now)) {
  const network = createNetwork({ seed: 1, rates: { ...certain, ...rates }, wait: async () => {}, notify() {} });
  const dialled: DialRequest[] = [];
  const smsTasks = keptQueue();
  const handler = dialerWorker({
    store,
    smsTasks,
    speech: { prompt: async (request) => network.prompt(request) },
    telephony: {
      dial(request) {
        dialled.push(request);
        return network.dial(request);
      },
    },
  });
  /** The ids of the messages that come back, in their order. */
  const work = async (...messages: readonly Message[]) => {
    const { batchItemFailures } = await handler(batchOf(...messages), context);
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();
  };
  return { store, smsTasks, dialled, network, work };
}

test('makes each call of a batch, and stores it as done', async () => {
  const { work, store, network } = workerWith();
  expect(await work(message('1'), message('2'), message('3'))).toEqual([]);
  expect(await store.progress('spring')).toMatchObject({ done: 3, answered: 3 });
  expect(network.truth().map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
});

test('enqueues an SMS for those who asked for one', async () => {
  const { work, smsTasks } = workerWith({ sms: 1, optOut: 0 });
  await work(message('1'));
  expect(smsTasks.sent).toEqual([{ body: { campaignId: 'spring', callId: 'spring-1', phone: '+12125550101' } }]);
});

test('dials a busy line and a person who does not answer twice, a number that fails once', async () => {
  const attemptsAt = async (rates: Partial<Rates>) => {
    const { work, dialled } = workerWith({ answer: 0, ...rates });
    await work(message('1'));
    return dialled.map(({ attempt }) => attempt);
  };
  expect(await attemptsAt({ busy: 1 })).toEqual([1, 2]);
  expect(await attemptsAt({ noAnswer: 1 })).toEqual([1, 2]);
  expect(await attemptsAt({})).toEqual([1]);
  expect(await attemptsAt({ answer: 1, secondAttempt: 1 })).toEqual([1, 2]);
});

test('plays the recording where the provider makes no prompt', async () => {
  const { work, dialled } = workerWith({ promptFailure: 1 });
  expect(await work(message('1'))).toEqual([]);
  expect(dialled[0]?.prompt.provider).toBe('recorded');
});

test('a record that comes again after its call was completed dials nobody', async () => {
  const { work, dialled, store } = workerWith();
  await work(message('1'));
  expect(await work(message('1', 2))).toEqual([]);
  expect(dialled).toHaveLength(1);
  expect(await store.progress('spring')).toMatchObject({ done: 1 });
});

test('another message of a completed call dials nobody and is done with', async () => {
  const { work, dialled } = workerWith();
  await work(message('1'));
  expect(await work({ id: 'message-again', body: task('1') })).toEqual([]);
  expect(dialled).toHaveLength(1);
});

test('a record whose completion fails comes back alone, and its phone does not ring again', async () => {
  const store = memoryStore(Date.now);
  let refusals = 1;
  const flaky: CampaignStore = {
    ...store,
    async completeCall(call) {
      if (call.callId === 'spring-2' && refusals-- > 0) throw new Error('the database is not available');
      return store.completeCall(call);
    },
  };
  const { work, network } = workerWith({}, flaky);
  expect(await work(message('1'), message('2'), message('3'))).toEqual(['message-2']);
  expect(await work(message('2', 2))).toEqual([]);
  expect(network.truth()[1]).toMatchObject({ callId: 'spring-2', dialRequests: 2, attempts: [{}] });
  expect(await store.progress('spring')).toMatchObject({ done: 3 });
});

test('a call that another worker is at is left alone, and comes back', async () => {
  const { work, store, dialled } = workerWith();
  const delivery = { id: 'message-of-another', attempt: 1 };
  await store.claimCall({ campaignId: 'spring', callId: 'spring-1', delivery, leaseSeconds: 60 });
  expect(await work(message('1'), message('2'))).toEqual(['message-1']);
  expect(dialled.map(({ callId }) => callId)).toEqual(['spring-2']);
});

test('a call that was taken over while it was dialled is not stored twice', async () => {
  const store = memoryStore(Date.now);
  const takenOver: CampaignStore = {
    ...store,
    async completeCall(call) {
      const delivery = { id: call.delivery.id, attempt: 2 };
      if (call.callId === 'spring-1')
        await store.claimCall({ campaignId: 'spring', callId: call.callId, delivery, leaseSeconds: 60 });
      return store.completeCall(call);
    },
  };
  const { work } = workerWith({}, takenOver);
  expect(await work(message('1'), message('2'))).toEqual(['message-1']);
  expect(await store.progress('spring')).toMatchObject({ done: 1 });
});

test('a message that is no dial task fails alone', async () => {
  const { work } = workerWith();
  const others = [
    { id: 'text', body: 'no task' },
    { id: 'empty', body: { campaignId: 'spring' } },
  ];
  expect(await work(message('1'), ...others)).toEqual(['empty', 'text']);
});
