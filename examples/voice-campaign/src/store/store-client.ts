import type { CampaignStore } from './campaign-store.ts';
import type { StoreOperation } from './store-server.ts';

/** The store behind `url`, in another process. Every operation rejects when the store answers anything but 200. */
export function storeClient(url: string): CampaignStore {
  const operation =
    <K extends StoreOperation>(name: K) =>
    async (...args: Parameters<CampaignStore[K]>): Promise<Awaited<ReturnType<CampaignStore[K]>>> => {
      const response = await fetch(`${url}/${name}`, { method: 'POST', body: JSON.stringify(args) });
      const body = await response.text();
      if (!response.ok) throw new Error(`the store refused ${name}: ${response.status} ${body}`);
      return JSON.parse(body) ?? undefined;
    };
  return {
    startCampaign: operation('startCampaign'),
    recordDispatched: operation('recordDispatched'),
    pauseCampaigns: operation('pauseCampaigns'),
    resumeCampaign: operation('resumeCampaign'),
    progress: operation('progress'),
    claimCall: operation('claimCall'),
    completeCall: operation('completeCall'),
    recordOnce: operation('recordOnce'),
  };
}
