import type {
  CallResult,
  CampaignProgress,
  CampaignStore,
  Claim,
  Completion,
  Delivery,
  Fact,
  FactKind,
  Recorded,
} from './campaign-store.ts';

type Call = {
  readonly campaignId: string;
  readonly owner: Delivery;
  /** Epoch milliseconds. */
  readonly leaseUntil: number;
  readonly result?: CallResult;
};

const COUNTED: Partial<Record<FactKind, 'converted' | 'optedOut'>> = {
  converted: 'converted',
  'opted-out': 'optedOut',
};

/**
 * A store in this process's memory. Every operation runs to its end in one turn of the event loop, which makes it
 * atomic. `now` in epoch milliseconds.
 */
export function memoryStore(now: () => number): CampaignStore {
  const campaigns = new Map<string, CampaignProgress>();
  const calls = new Map<string, Call>();
  const facts = new Map<string, Delivery>();

  const progressOf = (campaignId: string) => campaigns.get(campaignId) ?? emptyProgress(campaignId);
  const update = (campaignId: string, change: (before: CampaignProgress) => Partial<CampaignProgress>) => {
    const before = progressOf(campaignId);
    const after = { ...before, ...change(before) };
    campaigns.set(campaignId, after);
    return after;
  };

  return {
    startCampaign: async ({ campaignId, contacts }) =>
      update(campaignId, (before) => ({ contacts: before.contacts || contacts })),

    recordDispatched: async ({ campaignId, upTo }) =>
      update(campaignId, (before) => ({ dispatched: Math.max(before.dispatched, upTo) })),

    async pauseCampaigns({ reason }) {
      const running = [...campaigns.values()].filter(
        ({ dispatched, contacts, pausedBecause }) => dispatched < contacts && pausedBecause === undefined,
      );
      for (const { campaignId } of running) update(campaignId, () => ({ pausedBecause: reason }));
      return running.map(({ campaignId }) => campaignId);
    },

    async resumeCampaign({ campaignId }) {
      const paused = campaigns.get(campaignId);
      if (paused === undefined) return undefined;
      const { pausedBecause, ...running } = paused;
      campaigns.set(campaignId, running);
      return running;
    },

    progress: async (campaignId) => campaigns.get(campaignId),

    async claimCall({ campaignId, callId, delivery, leaseSeconds }) {
      const call = calls.get(callId);
      const claim = judgeClaim(call, delivery, now(), progressOf(campaignId).done);
      if (claim.kind === 'dial') {
        calls.set(callId, { campaignId, owner: delivery, leaseUntil: now() + leaseSeconds * 1000 });
      }
      return claim;
    },

    async completeCall({ callId, delivery, result }): Promise<Completion> {
      const call = calls.get(callId);
      if (!call || !isSame(call.owner, delivery)) return { kind: 'superseded' };
      if (call.result) return { kind: 'completed', contactsDone: progressOf(call.campaignId).done };
      calls.set(callId, { ...call, result });
      const answered = result.outcome === 'answered' ? 1 : 0;
      const { done } = update(call.campaignId, (before) => ({
        done: before.done + 1,
        answered: before.answered + answered,
      }));
      return { kind: 'completed', contactsDone: done };
    },

    async recordOnce(fact: Fact, delivery: Delivery): Promise<Recorded> {
      const key = `${fact.kind} ${fact.callId}`;
      const recordedBy = facts.get(key);
      if (recordedBy) return isLaterAttempt(delivery, recordedBy) ? 'again' : 'known';
      facts.set(key, delivery);
      const counter = COUNTED[fact.kind];
      if (counter) update(fact.campaignId, (before) => ({ [counter]: before[counter] + 1 }));
      return 'first';
    },
  };
}

function judgeClaim(call: Call | undefined, delivery: Delivery, now: number, contactsDone: number): Claim {
  if (!call) return { kind: 'dial' };
  if (call.owner.id !== delivery.id) {
    if (call.result) return { kind: 'elsewhere' };
    return { kind: call.leaseUntil <= now ? 'dial' : 'busy' };
  }
  if (!isLaterAttempt(delivery, call.owner)) return { kind: 'busy' };
  return call.result ? { kind: 'completed', result: call.result, contactsDone } : { kind: 'dial' };
}

function isLaterAttempt(delivery: Delivery, before: Delivery): boolean {
  return delivery.id === before.id && delivery.attempt > before.attempt;
}

function isSame(one: Delivery, other: Delivery): boolean {
  return one.id === other.id && one.attempt === other.attempt;
}

function emptyProgress(campaignId: string): CampaignProgress {
  return { campaignId, contacts: 0, dispatched: 0, done: 0, answered: 0, converted: 0, optedOut: 0 };
}
