import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import {
  type Emulator,
  type EmulatorOptions,
  startEmulator,
  type TestClock,
  testClock,
} from '@voice-campaign/emulator';
import { observeProcess } from '@voice-campaign/instrumentation/process';
import { namespace, voiceCampaign } from '@voice-campaign/metrics-schema';
import { clientOf, deploymentOf, PROJECT } from '../demo/deployment.ts';
import { defaultRates } from '../simulator/fate.ts';
import { reportMachines } from '../simulator/machines.ts';
import { type Simulator, startSimulator } from '../simulator/simulator.ts';
import type { CampaignStore } from '../store/campaign-store.ts';
import { memoryStore } from '../store/memory-store.ts';

/** Everything that the story takes place in, at a time of its own. */
export type StoryCloud = {
  readonly emulator: Emulator;
  readonly simulator: Simulator;
  readonly store: CampaignStore;
  readonly clock: TestClock;
  /** What the telephone server and the database publish of the minute that ends now. */
  reportMinute(): Promise<void>;
  stop(): Promise<void>;
};

const SPEED = 600;
const NEVER = () => () => {};

/** The demo's deployment on a clock that stands until it is advanced; `options` are added to those of the emulator. */
export async function startStoryCloud(
  seed: number,
  from: number,
  options: Partial<EmulatorOptions> = {},
): Promise<StoryCloud> {
  const clock = testClock(from);
  const store = memoryStore(Date.now);
  const simulator = await startSimulator({ seed, rates: defaultRates, speed: SPEED, store });
  const { networkUrl, storeUrl } = simulator;
  const deployment = deploymentOf({ networkUrl, storeUrl, speed: SPEED }, 'all', {
    sliceSeconds: 1,
    smsWindowSeconds: 0,
  });
  const emulator = await startEmulator({ ...deployment, ...options, clock }).catch(async (error: unknown) => {
    await simulator.close();
    throw error;
  });
  simulator.sendWebhooksTo(emulator.httpUrl);
  const client = new CloudWatchClient(clientOf(emulator));
  const asterisk = () =>
    observeProcess(voiceCampaign, 'asterisk', { client, namespace: namespace(PROJECT), now: clock.now, every: NEVER });
  return {
    emulator,
    simulator,
    store,
    clock,
    async reportMinute() {
      const activeCalls = simulator.takePeak();
      const calls = simulator.truth().length;
      const { metrics, close } = asterisk();
      metrics.set('ActiveCalls', activeCalls);
      await close();
      await reportMachines({ url: emulator.url, load: () => ({ activeCalls, calls }), everyMs: 60_000 }).stop();
    },
    async stop() {
      client.destroy();
      await emulator.stop();
      await simulator.close();
    },
  };
}
