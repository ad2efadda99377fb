import { expect, test } from 'vitest';
import type { DemoOptions } from '../../src/demo/options.ts';
import { inspectRun } from '../../src/demo/outcome/inspect-run.ts';
import type { DemoResult } from '../../src/demo/outcome/result.ts';
import { withCampaign } from '../../src/demo/run-campaign.ts';
import { defaultRates } from '../../src/simulator/fate.ts';

// On Node 20 the SDK says that it will ask for 22 from 2027 on.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

const calm: DemoOptions = {
  contacts: 60,
  seed: 11,
  rates: { ...defaultRates, smsFailure: 0.3, promptFailure: 0.1 },
  pace: 60,
  speed: 600,
  failingRecord: false,
  deadLetter: false,
  killWorker: false,
  sampling: 'all',
  json: false,
  story: false,
  once: true,
  open: false,
};
const run = (options: Partial<DemoOptions>) => withCampaign({ ...calm, ...options }, () => {}, inspectRun);
const truthOf = ({ comparison }: DemoResult) => comparison.rows.map(({ metric, truth }) => ({ metric, truth }));

test('every metric of a campaign agrees with what happened, and a call can be followed through its traces', async () => {
  const result = await run({});
  expect(result.problems).toEqual([]);
  expect(result.comparison.duplicates).toEqual([]);
  const counts = Object.fromEntries(result.comparison.rows.map(({ metric, reported }) => [metric, reported]));
  expect(counts).toMatchObject({ TotalCalls: 60, CampaignContactsTotal: 60, CampaignContactsDone: 60 });
  for (const metric of ['BusyCalls', 'ConvertedCalls', 'TtsFallbacks', 'SmsDelivered', 'SmsFailed', 'ActiveCalls']) {
    expect(counts[metric], metric).toBeGreaterThan(0);
  }
  expect(result.example?.trace).toMatch(/dispatcher[\s\S]*dialer-worker[\s\S]*linked to trace[\s\S]*dial/);
  expect(result.example?.log).toContain('dialled');
  expect(result.example?.emf).toContain('TotalCalls');
  expect(result.example?.log).not.toMatch(/\+1\d{10}/);
});

test('Lambda samples some invocations only, and the counts do not depend on it', async () => {
  const result = await run({ sampling: 'lambda' });
  expect(result.problems).toEqual([]);
  const invocations = result.functions.reduce((sum, each) => sum + each.invocations, 0);
  expect(result.traces).toBeGreaterThan(0);
  expect(result.traces).toBeLessThan(invocations);
});

test('a record that fails after its call was dialled is neither counted twice nor called twice', async () => {
  const result = await run({ failingRecord: true });
  expect(result.problems).toEqual([]);
  expect(result.comparison.duplicates).toEqual([]);
  expect(result.faults).toEqual([expect.stringContaining('the database failed once, when spring-21 had been dialled')]);
});

test('a message that nobody can read ends in the dead-letter queue, and the counts stay exact', async () => {
  const result = await run({ deadLetter: true });
  expect(result.problems).toEqual([]);
  expect(result.comparison.duplicates).toEqual([]);
});

test('after workers are killed nothing is missing, and what was written twice is listed by call', async () => {
  const [killed, undisturbed] = [await run({ killWorker: true }), await run({})];
  expect(killed.problems).toEqual([]);
  expect(killed.faults).toEqual([expect.stringMatching(/^\d dialer-worker processes were killed/)]);
  expect(killed.functions.find(({ name }) => name === 'dialer-worker')?.failed).toBeGreaterThan(0);
  const counts = (result: DemoResult) => truthOf(result).filter(({ metric }) => metric !== 'ActiveCalls');
  expect(counts(killed)).toEqual(counts(undisturbed));
  for (const { metric, reported, duplicated, truth } of killed.comparison.rows) {
    if (metric !== 'ActiveCalls') expect(reported - duplicated, metric).toBeCloseTo(truth, 6);
  }
});
