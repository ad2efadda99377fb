import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { MetricInput } from '../../series/metric.ts';

/** What a caller of PutMetricAlarm and PutCompositeAlarm may send: the SDK's field names, nothing checked yet. */
type ActionsInput = {
  readonly AlarmName?: string | undefined;
  readonly AlarmDescription?: string | undefined;
  /** Default true. */
  readonly ActionsEnabled?: boolean | undefined;
  readonly OKActions?: readonly string[] | undefined;
  readonly AlarmActions?: readonly string[] | undefined;
  readonly InsufficientDataActions?: readonly string[] | undefined;
};

/** PutMetricAlarmInput of the API Reference. An input of the AWS SDK can be given as it is. */
export type MetricAlarmInput = ActionsInput &
  MetricInput & {
    readonly Statistic?: string | undefined;
    readonly ExtendedStatistic?: string | undefined;
    /** Seconds: 10, 20, 30 or a multiple of 60. */
    readonly Period?: number | undefined;
    readonly Unit?: string | undefined;
    /** N: how many of the newest periods are looked at. */
    readonly EvaluationPeriods?: number | undefined;
    /** M: how many of them must breach; N where it is left out. */
    readonly DatapointsToAlarm?: number | undefined;
    readonly Threshold?: number | undefined;
    readonly ComparisonOperator?: string | undefined;
    readonly TreatMissingData?: string | undefined;
    readonly EvaluateLowSampleCountPercentile?: string | undefined;
    /** An item with a MetricStat reads a metric, one with an Expression computes; ReturnData marks what the alarm watches. */
    readonly Metrics?: readonly MetricDataQueryInput[] | undefined;
    /** The Id of the ANOMALY_DETECTION_BAND that stands in for the threshold. */
    readonly ThresholdMetricId?: string | undefined;
    /** PromQL alarms: refused by name. */
    readonly EvaluationCriteria?: unknown;
    readonly EvaluationInterval?: unknown;
    /** The sliding window is what alarms have without it; a wall-clock window is refused by name. */
    readonly EvaluationWindow?: unknown;
  };

/** PutCompositeAlarmInput of the API Reference. */
export type CompositeAlarmInput = ActionsInput & {
  readonly AlarmRule?: string | undefined;
  /** Name or ARN of an alarm that holds the actions back while it is in ALARM. */
  readonly ActionsSuppressor?: string | undefined;
  /** Seconds. */
  readonly ActionsSuppressorWaitPeriod?: number | undefined;
  /** Seconds. */
  readonly ActionsSuppressorExtensionPeriod?: number | undefined;
};

export type AlarmInput = MetricAlarmInput | CompositeAlarmInput;

/** A composite alarm has a rule and a metric alarm has none. */
export function isComposite(input: AlarmInput): input is CompositeAlarmInput {
  return 'AlarmRule' in input && input.AlarmRule !== undefined;
}
