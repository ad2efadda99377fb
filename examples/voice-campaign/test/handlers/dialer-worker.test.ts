import './environment.ts';
import '@voice-campaign/instrumentation/vitest';
import { fakeContext, memorySink } from '@voice-campaign/instrumentation/testing';
import { expect, test, vi } from 'vitest';
import { dialTask } from '../../src/campaign/campaign.ts';
import { dialerWorker } from '../../src/handlers/dialer-worker.ts';
import { defaultRates, type Rates } from '../../src/simulator/fate.ts';
import { createNetwork } from '../../src/simulator/network.ts';
import type { CampaignStore } from '../../src/store/campaign-store.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import type { DialRequest, PromptRequest } from '../../src/telephony/telephony.ts';
import { batchOf, keptQueue, type Message } from './events.ts';

const certain: Rates = { ...defaultRates, answer: 1, busy: 0, noAnswer: 0, secondAttempt: 0, sms: 0, promptFailure: 0 };
const task = (id: string) => dialTask('spring', { id, phone: '+12125550101', name: 'Ada' });
const message = (id: string, receiveCount = 1): Message => ({ id: `message-${id}`, body: task(id), receiveCount });

/** A worker over a network whose rates leave no doubt, and everything that it changes. */
function workerWith(rates: Partial<Rates> = {}, store: CampaignStore = memoryStore(Date.now)) {
  const network = createNetwork({ seed: 1, rates: { ...certain, ...rates }, wait: async () => {}, notify() {} });
  const dialled: DialRequest[] = [];
  const smsTasks = keptQueue();
  const sink = memorySink();
  const speech = { prompt: async (request: PromptRequest) => network.prompt(request) };
  const telephony = {
    dial(request: DialRequest) {
      dialled.push(request);
      return network.dial(request);
    },
  };
  const handler = dialerWorker({ store, smsTasks, speech, telephony }, { sink });
  /** The ids of the messages that come back, in their order. */
  const work = async (...messages: readonly Message[]) => {
    const { batchItemFailures } = await handler(batchOf(...messages), fakeContext({ remainingMs: 30_000 }));
    return batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();
  };
  return { store, smsTasks, dialled, network, sink, work };
}

test('makes each call of a batch, and stores it as done', async () => {
  const { work, store, network, sink } = workerWith();
  expect(await work(message('1'), message('2'), message('3'))).toEqual([]);
  for (const metric of ['TotalCalls', 'AnsweredCalls', 'DialAttempts', 'TtsRequests']) {
    expect(sink).toHaveEmitted(metric, 3);
  }
  expect(sink).toHaveEmitted('TtsRequests', 3, { Provider: 'polly' });
  expect(sink).not.toHaveEmitted('TtsFallbacks');
  const cost = network.truth().flatMap(({ attempts }) => attempts.map(({ costUsd }) => costUsd));
  expect(sink.total('CallCostUsd')).toBeCloseTo(cost.reduce((sum, each) => sum + each, 0));
  expect(await store.progress('spring')).toMatchObject({ done: 3, answered: 3 });
  expect(network.truth().map(({ attempts }) => attempts.length)).toEqual([1, 1, 1]);
});

test('tells everything about a call but the phone number', async () => {
  vi.stubEnv('_X_AMZN_TRACE_ID', 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1');
  const { work, sink, network } = workerWith({ sms: 1, optOut: 0 });
  await work(message('1'));
  vi.unstubAllEnvs();
  const carrier = network.truth()[0]?.attempts[0]?.carrier;
  expect(sink).toHaveLogged('dialled', { campaignId: 'spring', callId: 'spring-1', outcome: 'answered', carrier });
  expect(sink).toHaveTraced('record', { annotations: { callId: 'spring-1' } });
  for (const span of ['prompt', 'dial', 'enqueue sms']) expect(sink).toHaveTraced(span);
  const emf = sink.lines.filter((line) => line.includes('"_aws"')).map((line) => JSON.parse(line));
  expect(emf).toMatchObject([{ campaignId: 'spring', callId: 'spring-1', outcome: 'answered', carrier }]);
  expect([...sink.lines, JSON.stringify(sink.segments)].join()).not.toContain('2125550101');
});

test('enqueues an SMS for those who asked for one', async () => {
  const { work, smsTasks } = workerWith({ sms: 1, optOut: 0 });
  await work(message('1'));
  expect(smsTasks.sent).toEqual([{ body: { campaignId: 'spring', callId: 'spring-1', phone: '+12125550101' } }]);
});

test('dials a busy line and a person who does not answer twice, a number that fails once', async () => {
  const attemptsAt = async (rates: Partial<Rates>, metric: string) => {
    const { work, dialled, sink } = workerWith({ answer: 0, ...rates });
    await work(message('1'));
    expect(sink).toHaveEmitted(metric, 1);
    expect(sink).toHaveEmitted('DialAttempts', dialled.length);
    return dialled.map(({ attempt }) => attempt);
  };
  expect(await attemptsAt({ busy: 1 }, 'BusyCalls')).toEqual([1, 2]);
  expect(await attemptsAt({ noAnswer: 1 }, 'NoAnswerCalls')).toEqual([1, 2]);
  expect(await attemptsAt({}, 'FailedCalls')).toEqual([1]);
  expect(await attemptsAt({ answer: 1, secondAttempt: 1 }, 'AnsweredCalls')).toEqual([1, 2]);
});

test('plays the recording where the provider makes no prompt', async () => {
  const { work, dialled, sink } = workerWith({ promptFailure: 1 });
  expect(await work(message('1'))).toEqual([]);
  expect(sink).toHaveEmitted('TtsRequests', 1);
  expect(sink).toHaveEmitted('TtsFallbacks', 1, { Provider: 'polly' });
  expect(dialled[0]?.prompt.provider).toBe('recorded');
});

test('a record that comes again after its call was completed is reported again, and dials nobody', async () => {
  const { work, dialled, store, sink } = workerWith();
  await work(message('1'));
  expect(await work(message('1', 2))).toEqual([]);
  expect(dialled).toHaveLength(1);
  expect(sink).toHaveEmitted('TotalCalls', 2);
  expect(sink).toHaveLogged('reported again', { callId: 'spring-1' });
  expect(await store.progress('spring')).toMatchObject({ done: 1 });
});

test('another message of a completed call dials nobody, reports nothing and is done with', async () => {
  const { work, dialled, sink } = workerWith();
  await work(message('1'));
  expect(await work({ id: 'message-again', body: task('1') })).toEqual([]);
  expect(dialled).toHaveLength(1);
  expect(sink).toHaveEmitted('TotalCalls', 1);
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
  const { work, network, sink } = workerWith({}, flaky);
  expect(await work(message('1'), message('2'), message('3'))).toEqual(['message-2']);
  expect(sink).toHaveEmitted('TotalCalls', 2);
  expect(sink).toHaveEmitted('DialAttempts', 2);
  expect(await work(message('2', 2))).toEqual([]);
  expect(sink).toHaveEmitted('TotalCalls', 3);
  expect(sink).toHaveEmitted('DialAttempts', 3);
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
  const { work, sink } = workerWith({}, takenOver);
  expect(await work(message('1'), message('2'))).toEqual(['message-1']);
  expect(sink).toHaveEmitted('TotalCalls', 1);
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
