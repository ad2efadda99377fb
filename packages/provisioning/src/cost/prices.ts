/** US dollars in us-east-1, as listed on the day, and what is free of it each month. */
export const prices = {
  asOf: '2026-06-13',
  region: 'us-east-1',
  sources: [
    'https://aws.amazon.com/cloudwatch/pricing/',
    'https://aws.amazon.com/xray/pricing/',
    'https://aws.amazon.com/sns/pricing/',
    'https://aws.amazon.com/kms/pricing/',
  ],
  /** For each metric that an alarm reads, not for each alarm. */
  alarmMetric: { standard: 0.1, highResolution: 0.3, free: 10 },
  /** A band is three metrics: the value and both of its edges. */
  anomalyMetrics: 3,
  compositeAlarm: 0.5,
  dashboard: { each: 3, free: 3, freeMetrics: 50 },
  /** Tiers of custom metrics: so many at this price each, then the next. */
  customMetric: {
    free: 10,
    tiers: [
      { most: 10_000, each: 0.3 },
      { most: 240_000, each: 0.1 },
      { most: 750_000, each: 0.05 },
      { most: Number.POSITIVE_INFINITY, each: 0.02 },
    ],
  },
  /** For a GB; what is kept is compressed to about this part. */
  logs: { ingest: 0.5, freeGb: 5, keepGbMonth: 0.03, compressed: 0.15, scan: 0.005 },
  contributorRule: { each: 0.5, free: 1, perMillionEvents: 0.02, freeMillionEvents: 1 },
  /** For a million traces recorded. */
  traces: { perMillion: 5, freeMillions: 0.1 },
  email: { perThousand: 0.02, free: 1000 },
  key: 1,
  detailedInstanceMetrics: 7,
  getMetricDataPerThousandMetrics: 0.01,
} as const;
