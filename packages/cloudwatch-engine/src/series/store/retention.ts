/** How long buckets of a size are kept before they are aggregated into larger ones (user guide, "Metrics retention"). */
export const TIERS = [
  { bucketSeconds: 1, keptSeconds: 3 * 3600 },
  { bucketSeconds: 60, keptSeconds: 15 * 86_400 },
  { bucketSeconds: 300, keptSeconds: 63 * 86_400 },
  { bucketSeconds: 3600, keptSeconds: 455 * 86_400 },
] as const;

export type BucketSeconds = (typeof TIERS)[number]['bucketSeconds'];

/** The start of the bucket that a time is in. */
export function bucketOf(seconds: number, bucketSeconds: number): number {
  return Math.floor(seconds / bucketSeconds) * bucketSeconds;
}

const SUB_MINUTE_PERIODS = [1, 5, 10, 20, 30];

/** A period CloudWatch takes: 1, 5, 10, 20, 30 or a multiple of 60 seconds (API reference, MetricStat). */
export function isPeriod(seconds: number): boolean {
  return (seconds % 60 === 0 && seconds > 0 && Number.isSafeInteger(seconds)) || SUB_MINUTE_PERIODS.includes(seconds);
}

/** For how long before now a period can be asked for (API reference, MetricStat.Period). */
export function reachOf(periodSeconds: number): number {
  let { keptSeconds } = TIERS[0];
  for (const tier of TIERS) if (periodSeconds % tier.bucketSeconds === 0) ({ keptSeconds } = tier);
  return keptSeconds;
}

/**
 * Before this time, buckets of a tier are aggregated into the next. A whole hour, so that a bucket moves whole and what
 * is kept depends on the clock alone, not on how often it was moved.
 */
export function cutoffOf({ keptSeconds }: (typeof TIERS)[number], nowSeconds: number): number {
  return Math.floor((nowSeconds - keptSeconds) / 3600) * 3600;
}

/**
 * The start of a request as CloudWatch rounds it (API reference, GetMetricStatistics.StartTime): down to a whole
 * minute, to 5 minutes from 15 days ago, to an hour from 63 days ago, and to the period where that is below a minute.
 */
export function roundStart(start: number, periodSeconds: number, nowSeconds: number): number {
  if (!Number.isFinite(start)) return start;
  const age = nowSeconds - start;
  const [, minutes, fives] = TIERS;
  const coarse = age > fives.keptSeconds ? 3600 : age > minutes.keptSeconds ? 300 : 60;
  const step = coarse === 60 ? Math.min(periodSeconds, 60) : coarse;
  return Math.floor(start / step) * step;
}
