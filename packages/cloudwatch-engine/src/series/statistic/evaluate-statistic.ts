import type { SampleRange, StatisticSet } from './samples.ts';
import type { Boundaries, SimpleStatistic, Statistic } from './statistic.ts';

/**
 * AWS does not say how CloudWatch finds a percentile between two samples. `nearest-rank` takes the smallest sample
 * that enough of the others do not exceed, after the user guide's words that p99 is the maximum of the 99% that
 * remain; `linear` interpolates between the two nearest, as spreadsheets and numpy do.
 */
export type PercentileInterpolation = 'nearest-rank' | 'linear';

export function evaluateSimple(name: SimpleStatistic, { sampleCount, sum, minimum, maximum }: StatisticSet): number {
  switch (name) {
    case 'SampleCount':
      return sampleCount;
    case 'Sum':
      return sum;
    case 'Average':
      return sum / sampleCount;
    case 'Minimum':
      return minimum;
    case 'Maximum':
      return maximum;
  }
}

/**
 * A statistic that needs raw samples. `undefined`, a missing point, where a sample is negative (user guide,
 * "Requirements to use percentiles…") and for a mean of no sample.
 */
export function evaluateSamples(
  statistic: Exclude<Statistic, { kind: 'simple' }>,
  samples: SampleRange,
  interpolation: PercentileInterpolation,
): number | undefined {
  if ((samples.values[samples.from] as number) < 0) return undefined;
  const total = countOf(samples);
  if (statistic.kind === 'percentile') return percentile(samples, total, statistic.percent, interpolation);
  if (statistic.kind === 'percentile-rank') return (100 * within(samples, statistic.boundaries).count) / total;
  const { name, by, boundaries } = statistic;
  const part = by === 'value' ? within(samples, boundaries) : between(samples, total, boundaries);
  switch (name) {
    case 'TC':
      return part.count;
    case 'TS':
      return part.sum;
    case 'TM':
      return part.count === 0 ? undefined : part.sum / part.count;
    case 'WM': {
      // What lies outside counts as if it lay on the edge.
      const edge = (bound = 0) => (by === 'value' ? bound : percentile(samples, total, bound, interpolation));
      const below = part.below === 0 ? 0 : part.below * edge(boundaries.lower);
      const above = part.above === 0 ? 0 : part.above * edge(boundaries.upper);
      return (below + part.sum + above) / total;
    }
  }
}

/** How many samples are kept and what they add up to, and how many lie below and above. */
type Part = { below: number; count: number; sum: number; above: number };

function countOf({ counts, from, to }: SampleRange): number {
  let total = 0;
  for (let index = from; index < to; index += 1) total += counts[index] as number;
  return total;
}

/** The samples in (lower, upper]. */
function within({ values, counts, from, to }: SampleRange, boundaries: Boundaries): Part {
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = boundaries;
  const part = { below: 0, count: 0, sum: 0, above: 0 };
  for (let index = from; index < to; index += 1) {
    const value = values[index] as number;
    const count = counts[index] as number;
    if (value <= lower) part.below += count;
    else if (value > upper) part.above += count;
    else {
      part.count += count;
      part.sum += value * count;
    }
  }
  return part;
}

/**
 * The samples between two percentages of all. A sample that a boundary cuts counts in part: "trimmed count can
 * return decimal values" (user guide).
 */
function between(
  { values, counts, from: first, to: end }: SampleRange,
  total: number,
  { lower = 0, upper = 100 }: Boundaries,
): Part {
  const from = (lower * total) / 100;
  const to = (upper * total) / 100;
  let sum = 0;
  let seen = 0;
  for (let index = first; index < end; index += 1) {
    const next = seen + (counts[index] as number);
    const kept = Math.min(next, to) - Math.max(seen, from);
    if (kept > 0) sum += (values[index] as number) * kept;
    seen = next;
  }
  return { below: from, count: to - from, sum, above: total - to };
}

function percentile(
  samples: SampleRange,
  total: number,
  percent: number,
  interpolation: PercentileInterpolation,
): number {
  if (interpolation === 'nearest-rank') {
    // A share of 1e-13 is less than 10 decimals of a percentage can tell apart, and more than rounding adds.
    return sampleAt(samples, (percent * total) / 100 - total * 1e-13);
  }
  const position = ((total - 1) * percent) / 100;
  if (position <= 0) return sampleAt(samples, 0);
  const below = Math.floor(position);
  const low = sampleAt(samples, below + 1);
  return low + (sampleAt(samples, below + 2) - low) * (position - below);
}

/** The smallest value that, with all below it, makes at least `rank` samples; the largest where there are fewer. */
function sampleAt({ values, counts, from, to }: SampleRange, rank: number): number {
  let seen = 0;
  for (let index = from; index < to; index += 1) {
    seen += counts[index] as number;
    if (seen >= rank) return values[index] as number;
  }
  return values[to - 1] as number;
}
