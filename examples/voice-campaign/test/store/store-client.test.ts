import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultRates } from '../../src/simulator/fate.ts';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { memoryStore } from '../../src/store/memory-store.ts';
import { storeClient } from '../../src/store/store-client.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startSimulator({ seed: 1, rates: defaultRates, speed: 1000, store: memoryStore(() => 0) });
});
afterAll(() => simulator.close());

test('gives over HTTP what the store gives in its own process', async () => {
  const store = storeClient(simulator.storeUrl);
  const delivery = { id: 'message-1', attempt: 1 };
  const call = { campaignId: 'spring', callId: 'call-1', delivery };
  expect(await store.startCampaign({ campaignId: 'spring', contacts: 2 })).toMatchObject({ contacts: 2, done: 0 });
  expect(await store.claimCall({ ...call, leaseSeconds: 60 })).toEqual({ kind: 'dial' });
  const result = { outcome: 'busy', attempts: 2, carrier: 'iberia', costUsd: 0, wantsSms: false } as const;
  expect(await store.completeCall({ callId: 'call-1', delivery, result })).toEqual({
    kind: 'completed',
    contactsDone: 1,
  });
  expect(await store.recordOnce({ kind: 'opted-out', campaignId: 'spring', callId: 'call-1' }, delivery)).toBe('first');
  expect(await store.recordDispatched({ campaignId: 'spring', upTo: 2 })).toMatchObject({ dispatched: 2 });
  expect(await store.progress('spring')).toMatchObject({ done: 1, optedOut: 1 });
  expect(await store.progress('winter')).toBeUndefined();
});

test('lets one of many concurrent claims over HTTP dial', async () => {
  const store = storeClient(simulator.storeUrl);
  const claims = await Promise.all(
    Array.from({ length: 20 }, (_, index) =>
      store.claimCall({ campaignId: 'c', callId: 'call-2', delivery: { id: `${index}`, attempt: 1 }, leaseSeconds: 9 }),
    ),
  );
  expect(claims.filter(({ kind }) => kind === 'dial')).toHaveLength(1);
});

test('rejects with the answer when the store refuses', async () => {
  await expect(storeClient(`${simulator.networkUrl}/nowhere`).progress('spring')).rejects.toThrow('refused progress');
});
