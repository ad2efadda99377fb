import type { CampaignStore } from '../store/campaign-store.ts';
import { isStoreOperation, serveStore } from '../store/store-server.ts';
import { SpeechUnavailable } from '../telephony/telephony.ts';
import { checkRates, type Rates } from './fate.ts';
import type { CallTruth } from './ground-truth.ts';
import { serveHttp } from './http-server.ts';
import { createNetwork, type Network } from './network.ts';
import { createWebhooks, type Webhook } from './webhooks.ts';

export type SimulatorOptions = {
  readonly seed: number;
  readonly rates: Rates;
  /** Seconds of telephone time that pass in one second. */
  readonly speed: number;
  /** The store that the functions share, served beside the network: stands for a database. */
  readonly store: CampaignStore;
};

/** What stands outside of Lambda: telephone network, speech provider, SMS carrier and database, on loopback HTTP. */
export type Simulator = {
  /** Of the network, the speech provider and the carrier. */
  readonly networkUrl: string;
  readonly storeUrl: string;
  /** Where webhooks go; until it is known they wait. */
  sendWebhooksTo(apiUrl: string): void;
  truth(): readonly CallTruth[];
  /** What people do who are called from now on. @throws RangeError when the rates are none. */
  setRates(rates: Rates): void;
  activeCalls(): number;
  /** The most calls at once since it was last asked. */
  takePeak(): number;
  /** Nobody is on the phone, no SMS is underway, and no webhook waits for its answer. */
  isQuiet(): boolean;
  /** Webhooks that the API never accepted. */
  lostWebhooks(): readonly Webhook[];
  close(): Promise<void>;
};

/** @throws RangeError when the rates are none. */
export async function startSimulator({ seed, rates, speed, store }: SimulatorOptions): Promise<Simulator> {
  checkRates(rates);
  let sendWebhooksTo: (apiUrl: string) => void = () => {};
  const apiUrl = new Promise<string>((resolve) => {
    sendWebhooksTo = resolve;
  });
  const webhooks = createWebhooks({ apiUrl, wait: sleep });
  const network = createNetwork({
    seed,
    rates,
    wait: (seconds) => sleep((seconds * 1000) / speed),
    notify: (webhook) => webhooks.post(webhook),
  });
  const server = await serveHttp(async ([service = '', operation = ''], body) => {
    if (service === 'store' && isStoreOperation(operation)) return serveStore(store, operation, body);
    return serveNetwork(network, service, body);
  }, statusOf);
  return {
    networkUrl: server.url,
    storeUrl: `${server.url}/store`,
    sendWebhooksTo,
    truth: () => network.truth(),
    setRates(next) {
      checkRates(next);
      network.setRates(next);
    },
    activeCalls: () => network.activeCalls(),
    takePeak: () => network.takePeak(),
    isQuiet: () => network.activeCalls() + network.textsUnderway() + webhooks.pending() === 0,
    lostWebhooks: () => webhooks.lost(),
    close: () => server.close(),
  };
}

async function serveNetwork(network: Network, service: string, body: string): Promise<string> {
  const request = JSON.parse(body);
  switch (service) {
    case 'dial':
      return JSON.stringify(await network.dial(request));
    case 'prompt':
      return JSON.stringify(network.prompt(request));
    case 'sms':
      return JSON.stringify(network.sendSms(request));
    default:
      throw new RangeError(`there is no service ${service}`);
  }
}

function statusOf(error: unknown): number {
  if (error instanceof SpeechUnavailable) return 503;
  return error instanceof RangeError ? 404 : 500;
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
