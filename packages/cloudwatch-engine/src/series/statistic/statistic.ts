/** The five statistics of GetMetricStatistics, which need no raw samples. */
export const SIMPLE_STATISTICS = ['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'] as const;
export type SimpleStatistic = (typeof SIMPLE_STATISTICS)[number];

/** Trimmed mean, winsorized mean, trimmed count, trimmed sum. */
export const TRIMMED_STATISTICS = ['TM', 'WM', 'TC', 'TS'] as const;
export type TrimmedStatistic = (typeof TRIMMED_STATISTICS)[number];

/**
 * The samples a statistic is about, between `lower` (exclusive, absent: from the lowest) and `upper` (inclusive,
 * absent: up to the highest): percentages of the samples in their order, or the samples' own values.
 */
export type Boundaries = { readonly lower?: number; readonly upper?: number };

/** What a statistic's spelling means (user guide, "CloudWatch statistics definitions"). */
export type Statistic =
  | { readonly kind: 'simple'; readonly name: SimpleStatistic }
  /** 0 to 100. */
  | { readonly kind: 'percentile'; readonly percent: number }
  /** `IQM` is `TM` of 25 to 75 percent. */
  | {
      readonly kind: 'trimmed';
      readonly name: TrimmedStatistic;
      readonly by: 'percent' | 'value';
      readonly boundaries: Boundaries;
    }
  /** How many percent of the samples lie between two values. */
  | { readonly kind: 'percentile-rank'; readonly boundaries: Boundaries };

/** CloudWatch's spelling: one and the same for statistics that are the same, the short one (`tm90`, `IQM`) where there is one. */
export function printStatistic(statistic: Statistic): string {
  switch (statistic.kind) {
    case 'simple':
      return statistic.name;
    case 'percentile':
      return `p${printNumber(statistic.percent)}`;
    case 'percentile-rank':
      return `PR(${printBoundaries(statistic.boundaries, '')})`;
    case 'trimmed': {
      const { name, by, boundaries } = statistic;
      const { lower, upper } = boundaries;
      if (by === 'value') return `${name}(${printBoundaries(boundaries, '')})`;
      if (name === 'TM' && lower === 25 && upper === 75) return 'IQM';
      if (lower === undefined && upper !== undefined) return `${name.toLowerCase()}${printNumber(upper)}`;
      return `${name}(${printBoundaries(boundaries, '%')})`;
    }
  }
}

function printBoundaries({ lower, upper }: Boundaries, sign: '%' | ''): string {
  const [from, to] = [lower, upper].map((bound) => (bound === undefined ? '' : `${printNumber(bound)}${sign}`));
  return `${from}:${to}`;
}

/** Without an exponent, which no statistic may have. */
function printNumber(number: number): string {
  if (Number.isInteger(number)) return BigInt(number).toString();
  return number.toFixed(10).replace(/0+$/, '');
}
