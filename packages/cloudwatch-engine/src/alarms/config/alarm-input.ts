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

export type DimensionInput = { readonly Name?: string | undefined; readonly Value?: string | undefined };

type MetricStatInput = {
  readonly Metric?:
    | {
        readonly Namespace?: string | undefined;
        readonly MetricName?: string | undefined;
        readonly Dimensions?: readonly DimensionInput[] | undefined;
      }
    | undefined;
  readonly Period?: number | undefined;
  readonly Stat?: string | undefined;
  readonly Unit?: string | undefined;
};

/** An item of `Metrics`: `MetricStat` reads a metric, `Expression` computes; `ReturnData` (default true) marks what the alarm watches. */
export type MetricDataQueryInput = {
  readonly Id?: string | undefined;
  readonly MetricStat?: MetricStatInput | undefined;
  readonly Expression?: string | undefined;
  readonly Label?: string | undefined;
  readonly ReturnData?: boolean | undefined;
  readonly Period?: number | undefined;
  readonly AccountId?: string | undefined;
};

/** PutMetricAlarmInput of the API Reference. An input of the AWS SDK can be given as it is. */
export type MetricAlarmInput = ActionsInput & {
  readonly MetricName?: string | undefined;
  readonly Namespace?: string | undefined;
  readonly Statistic?: string | undefined;
  readonly ExtendedStatistic?: string | undefined;
  readonly Dimensions?: readonly DimensionInput[] | undefined;
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
