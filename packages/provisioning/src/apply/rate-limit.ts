/** Waits until an operation may be sent. */
export type RateLimit = (operation: string) => Promise<void>;

export type RateLimitOptions = {
  /** Milliseconds; any origin. */
  readonly now: () => number;
  readonly sleep: (milliseconds: number) => Promise<void>;
};

// Requests a second that an account has at first ("CloudWatch service quotas", "CloudWatch Logs quotas", "Amazon SNS quotas").
const quotas: Readonly<Record<string, number>> = {
  PutMetricAlarm: 3,
  PutCompositeAlarm: 3,
  DescribeAlarms: 9,
  PutDashboard: 10,
  GetDashboard: 10,
  ListDashboards: 10,
  PutInsightRule: 5,
  TagResource: 20,
  Subscribe: 100,
};
const otherwise = 5;

/** Spaces requests of an operation evenly at its quota, beginning at once. */
export const rateLimit = ({ now, sleep }: RateLimitOptions): RateLimit => {
  const free = new Map<string, number>();
  return async (operation) => {
    const at = Math.max(now(), free.get(operation) ?? 0);
    free.set(operation, at + 1000 / (quotas[operation] ?? otherwise));
    const wait = at - now();
    if (wait > 0) await sleep(wait);
  };
};

/** For an endpoint that has no quotas, such as a local one. */
export const unlimited: RateLimit = async () => {};
