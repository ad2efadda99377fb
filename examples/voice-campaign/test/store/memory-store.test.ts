import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { CallResult, CampaignStore, Claim } from '../../src/store/campaign-store.ts';
import { memoryStore } from '../../src/store/memory-store.ts';

const answered: CallResult = { outcome: 'answered', attempts: 1, carrier: 'iberia', costUsd: 0.01, wantsSms: false };
const claimAs = (store: CampaignStore, id: string, attempt: number, callId = 'call-1'): Promise<Claim> =>
  store.claimCall({ campaignId: 'spring', callId, delivery: { id, attempt }, leaseSeconds: 30 });
const completeAs = (store: CampaignStore, id: string, attempt: number) =>
  store.completeCall({ callId: 'call-1', delivery: { id, attempt }, result: answered });

test('of many deliveries that claim a call at once, one may dial', async () => {
  const store = memoryStore(() => 0);
  const claims = await Promise.all(Array.from({ length: 50 }, (_, index) => claimAs(store, `message-${index}`, 1)));
  expect(claims.filter((claim) => claim.kind === 'dial')).toHaveLength(1);
  expect(claims.filter((claim) => claim.kind === 'busy')).toHaveLength(49);
});

test('a redelivery takes over from the worker that died before it completed the call', async () => {
  const store = memoryStore(() => 0);
  await claimAs(store, 'message-1', 1);
  expect(await claimAs(store, 'message-1', 2)).toEqual({ kind: 'dial' });
  expect(await completeAs(store, 'message-1', 1)).toEqual({ kind: 'superseded' });
  expect(await completeAs(store, 'message-1', 2)).toEqual({ kind: 'completed', contactsDone: 1 });
});

test('a redelivery after completion is given the result, another message of the same call is not', async () => {
  const store = memoryStore(() => 0);
  await claimAs(store, 'message-1', 1);
  await completeAs(store, 'message-1', 1);
  expect(await claimAs(store, 'message-1', 2)).toEqual({
    kind: 'completed',
    result: answered,
    contactsDone: 1,
  });
  expect(await claimAs(store, 'message-2', 1)).toEqual({ kind: 'elsewhere' });
  expect(await claimAs(store, 'message-1', 1)).toEqual({ kind: 'busy' });
});

test('another message gets the call only when the lease is over', async () => {
  let now = 0;
  const store = memoryStore(() => now);
  await claimAs(store, 'message-1', 1);
  now = 29_999;
  expect(await claimAs(store, 'message-2', 1)).toEqual({ kind: 'busy' });
  now = 30_000;
  expect(await claimAs(store, 'message-2', 1)).toEqual({ kind: 'dial' });
  expect(await completeAs(store, 'message-1', 1)).toEqual({ kind: 'superseded' });
});

test('counts a call once however often its completion is repeated', async () => {
  const store = memoryStore(() => 0);
  await store.startCampaign({ campaignId: 'spring', contacts: 3 });
  await claimAs(store, 'message-1', 1);
  await completeAs(store, 'message-1', 1);
  await completeAs(store, 'message-1', 1);
  expect(await store.progress('spring')).toMatchObject({ contacts: 3, done: 1, answered: 1 });
});

test('starting a campaign again changes nothing, and dispatching never goes back', async () => {
  const store = memoryStore(() => 0);
  await store.startCampaign({ campaignId: 'spring', contacts: 3 });
  await store.recordDispatched({ campaignId: 'spring', upTo: 2 });
  await store.recordDispatched({ campaignId: 'spring', upTo: 1 });
  expect(await store.startCampaign({ campaignId: 'spring', contacts: 9 })).toMatchObject({
    contacts: 3,
    dispatched: 2,
  });
  expect(await store.progress('winter')).toBeUndefined();
});

test('a fact is first once, again for a later attempt of its delivery, known to all others', async () => {
  const store = memoryStore(() => 0);
  const fact = { kind: 'converted', campaignId: 'spring', callId: 'call-1' } as const;
  expect(await store.recordOnce(fact, { id: 'event-1', attempt: 1 })).toBe('first');
  expect(await store.recordOnce(fact, { id: 'event-1', attempt: 1 })).toBe('known');
  expect(await store.recordOnce(fact, { id: 'event-1', attempt: 2 })).toBe('again');
  expect(await store.recordOnce(fact, { id: 'event-2', attempt: 1 })).toBe('known');
  expect(await store.progress('spring')).toMatchObject({ converted: 1, optedOut: 0 });
});

/** One step of a worker that may be killed after any of them. */
type Step = { readonly message: string; readonly killedAfter: 'claim' | 'dial' | 'complete' | 'report' | 'nothing' };

test('however workers are killed, a call that is acknowledged is reported, and duplicates follow a kill after the report', async () => {
  const step: fc.Arbitrary<Step> = fc.record({
    message: fc.constantFrom('message-1', 'message-2'),
    killedAfter: fc.constantFrom('claim', 'dial', 'complete', 'report', 'nothing'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
      const seen = await deliver([...steps, ...['message-1', 'message-2'].map(finalStep)]);
      expect(seen.reports).toBe(1 + seen.killedAfterReport);
    }),
  );
});

function finalStep(message: string): Step {
  return { message, killedAfter: 'nothing' };
}

/** Delivers until acknowledged; the lease is over at once, so that both messages may dial. */
async function deliver(steps: readonly Step[]) {
  const store = memoryStore(() => 0);
  const attempts = new Map<string, number>();
  const acknowledged = new Set<string>();
  const seen = { reports: 0, killedAfterReport: 0 };
  for (const { message, killedAfter } of steps) {
    if (acknowledged.has(message)) continue;
    const delivery = { id: message, attempt: (attempts.get(message) ?? 0) + 1 };
    attempts.set(message, delivery.attempt);
    const claim = await store.claimCall({ campaignId: 'c', callId: 'call-1', delivery, leaseSeconds: 0 });
    if (claim.kind === 'busy' || killedAfter === 'claim' || killedAfter === 'dial') continue;
    if (claim.kind === 'dial') await store.completeCall({ callId: 'call-1', delivery, result: answered });
    if (killedAfter === 'complete') continue;
    if (claim.kind !== 'elsewhere') seen.reports++;
    if (killedAfter === 'report') {
      if (claim.kind !== 'elsewhere') seen.killedAfterReport++;
      continue;
    }
    acknowledged.add(message);
  }
  return seen;
}
