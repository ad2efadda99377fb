import { unaccountedCalls, voiceCampaign } from '@voice-campaign/metrics-schema';
import { type Duplicate, partDuplicates, type Reported } from './reported.ts';

/** One metric: what was reported beside what is true. */
export type CountRow = {
  readonly metric: string;
  /** Everything written, duplicates too: what CloudWatch would show. */
  readonly reported: number;
  /** Of it, what was written again after a redelivery. */
  readonly duplicated: number;
  readonly truth: number;
  readonly differs: boolean;
};

type RateRow = { readonly rate: string; readonly value: number; readonly unit: '%' | 'USD' };

export type Comparison = {
  readonly rows: readonly CountRow[];
  readonly duplicates: readonly Duplicate[];
  readonly rates: readonly RateRow[];
  /** TotalCalls less the sum of its outcomes. */
  readonly unaccounted: number;
};

/** Costs are added up from millionths of a dollar as floating point numbers: closer than this is equal. */
const EQUAL_WITHIN = 1e-6;

/** Holds each metric of `truth` against what was reported. Duplicates are taken out of counters before comparing. */
export function compare(reported: Reported, truth: Readonly<Record<string, number>>): Comparison {
  const { first, repeated, duplicates } = partDuplicates(reported.counted);
  const again = repeated.map((each) => each.again);
  const rows = Object.entries(truth).map(([metric, value]) => {
    const sums = { first: sumOf(first, metric), repeated: sumOf(again, metric) };
    const counted = reported.peaks[metric] ?? sums.first;
    const differs = Math.abs(counted - value) > EQUAL_WITHIN;
    return { metric, reported: counted + sums.repeated, duplicated: sums.repeated, truth: value, differs };
  });
  const counted = (metric: string) => sumOf(first, metric);
  return {
    rows,
    duplicates,
    rates: ratesOf(counted),
    unaccounted: unaccountedCalls({
      TotalCalls: counted('TotalCalls'),
      AnsweredCalls: counted('AnsweredCalls'),
      BusyCalls: counted('BusyCalls'),
      NoAnswerCalls: counted('NoAnswerCalls'),
      FailedCalls: counted('FailedCalls'),
    }),
  };
}

/** The contract's rates over the whole run; without those whose denominator is 0. */
function ratesOf(counted: (metric: string) => number): readonly RateRow[] {
  return Object.entries(voiceCampaign.rates).flatMap(([rate, { numerator, denominator, scale }]) => {
    if (counted(denominator) === 0) return [];
    const ratio = counted(numerator) / counted(denominator);
    return [scale === 'percent' ? { rate, value: 100 * ratio, unit: '%' } : { rate, value: ratio, unit: 'USD' }];
  });
}

function sumOf(counted: Reported['counted'], metric: string): number {
  return counted.reduce((sum, each) => (each.metric === metric ? sum + each.value : sum), 0);
}
