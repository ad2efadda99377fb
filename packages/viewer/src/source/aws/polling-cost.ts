/** The day of the prices: list prices of us-east-1, which other regions are near. */
export const PRICES_OF = '2026-06-13';

/** US dollars for one (CloudWatch, CloudWatch Logs and X-Ray pricing). What an account has for free is not taken off. */
const PRICES = {
  /** A metric that GetMetricData was asked for, whatever the number of its points. */
  metric: 0.01 / 1000,
  request: 0.01 / 1000,
  trace: 0.5 / 1_000_000,
  scannedByte: 0.005 / 1e9,
} as const;

type Priced = keyof typeof PRICES;

/** What asking has cost so far. */
export type CostLedger = {
  readonly add: (priced: Priced, count: number) => void;
  readonly dollars: () => number;
};

/** An empty ledger. */
export function createCostLedger(): CostLedger {
  let dollars = 0;
  return {
    add: (priced, count) => {
      dollars += PRICES[priced] * count;
    },
    dollars: () => dollars,
  };
}

/** US dollars an hour of asking for as many metrics, each at its interval in seconds. */
export const dollarsPerHour = (intervals: readonly number[]): number =>
  intervals.reduce((sum, seconds) => sum + (3600 / seconds) * PRICES.metric, 0);
