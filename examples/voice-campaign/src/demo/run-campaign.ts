import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { type Emulator, startEmulator } from '@voice-campaign/emulator';
import { namespace } from '@voice-campaign/metrics-schema';
import type { Campaign } from '../campaign/campaign.ts';
import type { Dispatched } from '../handlers/dispatcher.ts';
import { reportActiveCalls } from '../simulator/active-calls.ts';
import { reportMachines } from '../simulator/machines.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import type { CampaignStore } from '../store/campaign-store.ts';
import { memoryStore } from '../store/memory-store.ts';
import { campaignOf } from './campaign-of.ts';
import { clientOf, DEAD_LETTERS, deploymentOf, MAX_RECEIVE_COUNT, PROJECT, SLICE_SECONDS } from './deployment.ts';
import { failingOnce, POISON_MESSAGE, sendRaw } from './faults.ts';
import type { DemoOptions } from './options.ts';
import type { CampaignState } from './progress.ts';

/** A campaign that has ended, with everything that knows something of it. */
export type CampaignRun = {
  readonly options: DemoOptions;
  readonly campaign: Campaign;
  readonly emulator: Emulator;
  readonly simulator: Simulator;
  /** The highest value of ActiveCalls that the telephone network reported. */
  readonly highestActiveCalls: number;
  /** From the first dispatch until the last call was completed. */
  readonly seconds: number;
  /** What the flags did, as sentences, in the order it happened. */
  readonly faults: readonly string[];
  /** Why it ended before it was done, if it did. */
  readonly stuck?: string;
};

/**
 * Runs a campaign to its end, hands it to `inspect` while everything still runs, and ends every process.
 *
 * `onProgress` is told a few times a second.
 */
export async function withCampaign<T>(
  options: DemoOptions,
  onProgress: (state: CampaignState) => void,
  inspect: (run: CampaignRun) => T,
): Promise<T> {
  const { seed, rates, speed, sampling } = options;
  const campaign = campaignOf(options.contacts, options.pace);
  const faults: string[] = [];
  const store = memoryStore(Date.now);
  const faulty = options.failingRecord ? failAThird(store, campaign, faults) : store;
  const simulator = await startSimulator({ seed, rates, speed, store: faulty });
  try {
    const { networkUrl, storeUrl } = simulator;
    const emulator = await startEmulator(deploymentOf({ networkUrl, storeUrl, speed }, sampling));
    try {
      return inspect(await measure({ options, campaign, emulator, simulator, store, faults, onProgress }));
    } finally {
      await emulator.stop();
    }
  } finally {
    await simulator.close();
  }
}

type Running = Pick<CampaignRun, 'options' | 'campaign' | 'emulator' | 'simulator'> & {
  readonly store: CampaignStore;
  readonly faults: string[];
  readonly onProgress: (state: CampaignState) => void;
};

async function measure(running: Running): Promise<CampaignRun> {
  const { emulator, simulator } = running;
  simulator.sendWebhooksTo(emulator.httpUrl);
  const client = new CloudWatchClient(clientOf(emulator));
  const { takePeak } = simulator;
  const activeCalls = reportActiveCalls({ client, namespace: namespace(PROJECT), takePeak });
  const load = () => ({ activeCalls: simulator.activeCalls(), calls: simulator.truth().length });
  const machines = reportMachines({ url: emulator.url, load, everyMs: 5000 });
  const started = performance.now();
  let dialledAt: number | undefined;
  const stuck = await run(running, () => {
    dialledAt = performance.now();
  }).then(
    () => undefined,
    (error: unknown) => String(error),
  );
  const seconds = ((dialledAt ?? performance.now()) - started) / 1000;
  await activeCalls.stop();
  await machines.stop();
  client.destroy();
  return { ...running, seconds, highestActiveCalls: activeCalls.highest(), ...(stuck && { stuck }) };
}

/** @throws Error when a dispatch fails, or nothing ends in a time that should be enough for everything. */
async function run(running: Running, onDialled: () => void): Promise<void> {
  const { options, emulator, simulator, faults } = running;
  const limitMs = Math.ceil(40_000 + (4 * 1000 * options.contacts) / options.pace);
  const late = AbortSignal.timeout(limitMs);
  if (options.deadLetter) {
    await sendRaw(emulator, 'dial-tasks', POISON_MESSAGE);
    faults.push('a message that is no dial task was sent to dial-tasks');
  }
  const failed = new AbortController();
  try {
    await Promise.all([dispatchAll(running), untilDialled(running, AbortSignal.any([late, failed.signal]))]);
  } finally {
    failed.abort();
  }
  onDialled();
  do await emulator.idle({ timeoutMs: limitMs });
  while (!(await isQuiet(simulator, late)));
  if (options.deadLetter) faults.push(`it was received ${MAX_RECEIVE_COUNT} times and is now in ${DEAD_LETTERS}`);
}

/** Looks again after a moment if it is not: then there may be work again. */
async function isQuiet(simulator: Simulator, late: AbortSignal): Promise<boolean> {
  if (simulator.isQuiet()) return true;
  if (late.aborted) throw new Error('webhooks are still unanswered');
  await sleep(20);
  return false;
}

/** What the schedule does: an event for the dispatcher every few seconds, until no contact is left. */
async function dispatchAll({ emulator, campaign }: Running): Promise<void> {
  for (;;) {
    const next = sleep(SLICE_SECONDS * 1000);
    const { functionError, payload } = await emulator.invoke('dispatcher', { detail: campaign });
    if (functionError) throw new Error(`the dispatcher failed: ${payload}`);
    const { remaining }: Dispatched = JSON.parse(payload);
    if (remaining === 0) return;
    await next;
  }
}

async function untilDialled(running: Running, giveUp: AbortSignal): Promise<void> {
  const { options, campaign, emulator, simulator, store, faults } = running;
  let toKill = options.killWorker;
  for (;;) {
    const done = (await store.progress(campaign.id))?.done ?? 0;
    running.onProgress({ done, activeCalls: simulator.activeCalls() });
    if (toKill && done >= 0.4 * options.contacts && simulator.activeCalls() > 0) {
      toKill = false;
      const active = simulator.activeCalls();
      const killed = emulator.lambda.kill('dialer-worker');
      faults.push(`${killed} dialer-worker processes were killed after ${done} calls, with ${active} on the phone`);
    }
    if (done >= options.contacts) return;
    if (giveUp.aborted) throw new Error(`only ${done} of ${options.contacts} calls were made`);
    await sleep(20);
  }
}

/** The store fails when a call in the first third of the campaign is completed. */
function failAThird(store: CampaignStore, { id, contacts }: Campaign, faults: string[]): CampaignStore {
  const callId = `${id}-${contacts[Math.floor(contacts.length / 3)]?.id}`;
  return failingOnce(store, callId, () => {
    faults.push(`the database failed once, when ${callId} had been dialled: its record failed and came again`);
  });
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
