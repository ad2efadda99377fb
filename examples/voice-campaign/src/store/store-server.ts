import type { CampaignStore } from './campaign-store.ts';

/** The operations of a store, by the name under which they are called over HTTP. */
const STORE_OPERATIONS = [
  'startCampaign',
  'recordDispatched',
  'pauseCampaigns',
  'resumeCampaign',
  'progress',
  'claimCall',
  'completeCall',
  'recordOnce',
] as const satisfies readonly (keyof CampaignStore)[];

export type StoreOperation = (typeof STORE_OPERATIONS)[number];

export function isStoreOperation(name: string): name is StoreOperation {
  return STORE_OPERATIONS.some((operation) => operation === name);
}

/**
 * Carries out one operation on a store that lives in this process: `arguments` and answer are JSON, as the store client
 * sends and reads them. Stands for a database; the arguments are trusted.
 */
export async function serveStore(store: CampaignStore, operation: StoreOperation, body: string): Promise<string> {
  const call: (...args: never[]) => Promise<unknown> = store[operation];
  const args: never[] = JSON.parse(body);
  return JSON.stringify((await call(...args)) ?? null);
}
