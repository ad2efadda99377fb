import { coralError, ServiceError } from './service-error.ts';

/**
 * Requests a second by operation that an account has in a Region unless it asks for more (CloudWatch, CloudWatch Logs
 * and X-Ray quotas, us-east-1). Operations without an entry are never throttled here.
 */
const defaultQuotas: Readonly<Record<string, number>> = {
  PutMetricData: 500,
  GetMetricData: 50,
  GetMetricStatistics: 400,
  ListMetrics: 25,
  PutMetricAlarm: 3,
  PutCompositeAlarm: 3,
  DeleteAlarms: 3,
  DescribeAlarms: 9,
  DescribeAlarmsForMetric: 9,
  DescribeAlarmHistory: 20,
  SetAlarmState: 3,
  EnableAlarmActions: 3,
  DisableAlarmActions: 3,
  PutDashboard: 10,
  GetDashboard: 10,
  ListDashboards: 10,
  DeleteDashboards: 10,
  PutInsightRule: 20,
  DescribeInsightRules: 20,
  GetInsightRuleReport: 20,
  PutLogEvents: 5000,
  FilterLogEvents: 25,
  GetLogEvents: 25,
  StartQuery: 5,
  GetQueryResults: 10,
  PutTraceSegments: 2600,
  GetTraceSummaries: 5,
  BatchGetTraces: 5,
};

/** `quotas`: those of AWS. Otherwise requests a second by operation name. */
export type Throttling = 'quotas' | Readonly<Record<string, number>>;

type Bucket = { tokens: number; at: number };

/**
 * Lets each operation through so many times a second, a second's worth at once. `now` is real time, epoch milliseconds.
 * @throws ServiceError from the function that is given back, for a request too many; the error is that of the service
 * with the signing name.
 */
export const createThrottle = (
  throttling: Throttling,
  now: () => number,
): ((operation: string, signingName: string) => void) => {
  const limits = throttling === 'quotas' ? defaultQuotas : throttling;
  const buckets = new Map<string, Bucket>();
  return (operation, signingName) => {
    const limit = Object.hasOwn(limits, operation) ? limits[operation] : undefined;
    if (limit === undefined) return;
    const time = now();
    const bucket = buckets.get(operation) ?? { tokens: Math.max(1, limit), at: time };
    buckets.set(operation, bucket);
    bucket.tokens = Math.min(Math.max(1, limit), bucket.tokens + ((time - bucket.at) * limit) / 1000);
    bucket.at = time;
    if (bucket.tokens < 1) throw rateExceeded(signingName);
    bucket.tokens -= 1;
  };
};

/** Query clients know it as `Throttling`, JSON clients as ThrottlingException; X-Ray's model has an error of its own. */
const rateExceeded = (signingName: string): ServiceError =>
  signingName === 'xray'
    ? new ServiceError('com.amazonaws.xray#ThrottledException', 'ThrottledException', 'Rate exceeded', 429)
    : new ServiceError(coralError('ThrottlingException', '').shape, 'Throttling', 'Rate exceeded');
