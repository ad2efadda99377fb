import type { PlanView } from '../protocol/plan-view.ts';

/** As `estimateCost` gives it; prices of one day. */
type Estimate = {
  readonly lines: readonly { readonly line: string; readonly usd: number; readonly basis: string }[];
  readonly usd: number;
  readonly asOf: string;
  readonly region: string;
};

/** As a dry run of `applyPlan` gives them: what would be created is missing, what would be updated has changed. */
type Found = {
  readonly type: string;
  readonly name: string;
  readonly outcome: 'created' | 'updated' | 'unchanged' | 'lacking' | 'failed';
};

const states = {
  created: 'missing',
  updated: 'changed',
  unchanged: 'same',
  lacking: 'missing',
  failed: 'changed',
} as const satisfies Record<Found['outcome'], string>;

/** What the page of cost and drift shows. `checkedAt` in seconds since 1970. */
export const planViewOf = (
  estimate: Estimate,
  found: readonly Found[],
  { checkedAt, assumptions }: { readonly checkedAt: number; readonly assumptions: readonly string[] },
): PlanView => ({
  cost: {
    total: estimate.usd,
    pricesOf: estimate.asOf,
    region: estimate.region,
    items: estimate.lines.map(({ line: name, usd: dollars, basis: note }) => ({ name, dollars, note })),
    assumptions,
  },
  drift: {
    checkedAt,
    items: found.map(({ type: resource, name, outcome }) => ({
      ...{ resource, name, state: states[outcome], differences: [] },
    })),
  },
  notes: [],
});
