import fc from 'fast-check';
import { expect, test } from 'vitest';
import { defaultRates, type Rates } from '../../src/simulator/fate.ts';
import { calledAgain, countTruth } from '../../src/simulator/ground-truth.ts';
import { createNetwork, type Network } from '../../src/simulator/network.ts';
import type { Webhook } from '../../src/simulator/webhooks.ts';

const contact = { id: '1', phone: '+351912345678' };
const prompt = { provider: 'recorded', url: 'prompt' } as const;
const request = (callId: string, attempt = 1) => ({ campaignId: 'spring', callId, attempt, contact, prompt });

function networkOf(seed: number, rates: Rates = defaultRates) {
  const webhooks: Webhook[] = [];
  const network = createNetwork({
    seed,
    rates,
    wait: async () => {},
    notify: (webhook) => webhooks.push(webhook),
  });
  return { network, webhooks };
}

/** Calls as a dialler would: up to two attempts, an SMS where asked for. */
async function call(network: Network, callId: string): Promise<void> {
  try {
    network.prompt({ campaignId: 'spring', callId });
  } catch {
    // The recording is played.
  }
  const first = await network.dial(request(callId));
  const retry = first.outcome === 'busy' || first.outcome === 'no-answer';
  const last = retry ? await network.dial(request(callId, 2)) : first;
  if (last.wantsSms) network.sendSms({ campaignId: 'spring', reference: callId });
}

const callIds = fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 40 });

test('outcomes add up to the calls, attempts are at least as many, and nobody is called after an answer', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), callIds, async (seed, ids) => {
      const { network, webhooks } = networkOf(seed);
      await Promise.all(ids.map((id) => call(network, id)));
      const counts = countTruth(network.truth());
      const { TotalCalls, AnsweredCalls, BusyCalls, NoAnswerCalls, FailedCalls, DialAttempts } = counts;
      expect(TotalCalls).toBe(ids.length);
      expect(AnsweredCalls + BusyCalls + NoAnswerCalls + FailedCalls).toBe(TotalCalls);
      expect(DialAttempts).toBeGreaterThanOrEqual(TotalCalls);
      expect(counts.SmsDelivered + counts.SmsFailed).toBe(counts.SmsSent);
      expect(counts.ConvertedCalls + counts.OptOuts).toBeLessThanOrEqual(AnsweredCalls);
      expect(calledAgain(network.truth())).toEqual([]);
      expect(network.activeCalls()).toBe(0);
      const told = new Set(webhooks.filter(({ kind }) => kind === 'keypress').map(({ callId }) => callId));
      expect(told.size).toBe(counts.ConvertedCalls + counts.OptOuts);
    }),
  );
});

test('the same seed gives the same truth, in whatever order the calls are made', async () => {
  await fc.assert(
    fc.asyncProperty(fc.integer(), callIds, async (seed, ids) => {
      const [one, other] = [networkOf(seed).network, networkOf(seed).network];
      await Promise.all(ids.map((id) => call(one, id)));
      for (const id of ids.toReversed()) await call(other, id);
      expect(other.truth()).toEqual(one.truth());
    }),
  );
});

test('a phone rings once for each attempt, however often it is asked, during the call and after it', async () => {
  const { network } = networkOf(3);
  const results = await Promise.all([network.dial(request('a')), network.dial(request('a'))]);
  results.push(await network.dial(request('a')));
  expect(new Set(results).size).toBe(1);
  expect(network.truth()[0]).toMatchObject({ dialRequests: 3, attempts: [{}] });
});

test('a carrier takes one SMS for each reference and reports it once', async () => {
  const { network, webhooks } = networkOf(3);
  const message = { campaignId: 'spring', reference: 'a' };
  expect(network.sendSms(message)).toEqual(network.sendSms(message));
  await Promise.resolve();
  expect(webhooks.filter(({ kind }) => kind === 'sms-status')).toHaveLength(1);
});
