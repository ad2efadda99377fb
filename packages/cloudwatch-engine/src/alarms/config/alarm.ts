import type { Unit } from '@voice-campaign/metrics-schema';
import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { Metric } from '../../series/metric.ts';
import type { AlarmRule } from '../composite/rule.ts';
import type { CompositeAlarmInput, MetricAlarmInput } from './alarm-input.ts';

export const COMPARISON_OPERATORS = [
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
  'LessThanLowerOrGreaterThanUpperThreshold',
  'LessThanLowerThreshold',
  'GreaterThanUpperThreshold',
] as const;
export type ComparisonOperator = (typeof COMPARISON_OPERATORS)[number];

/** The three operators that compare with the band of an anomaly detector, not with a threshold. */
export const BAND_OPERATORS: readonly ComparisonOperator[] = COMPARISON_OPERATORS.slice(4);

export const MISSING_DATA_TREATMENTS = ['breaching', 'notBreaching', 'ignore', 'missing'] as const;
export type MissingDataTreatment = (typeof MISSING_DATA_TREATMENTS)[number];

/** What an alarm reads its datapoints from. */
export type Watched =
  | { readonly kind: 'metric'; readonly metric: Metric; readonly stat: string; readonly unit?: Unit }
  /** Metric math; `id` is the query whose result is compared, `band` that of the ANOMALY_DETECTION_BAND. */
  | {
      readonly kind: 'math';
      readonly queries: readonly MetricDataQueryInput[];
      readonly id: string;
      readonly band?: string;
    }
  /** A Metrics Insights query that gives one series for each contributor. */
  | { readonly kind: 'contributors'; readonly queries: readonly MetricDataQueryInput[]; readonly id: string };

/** A metric alarm that `validateAlarm` let pass. */
export type MetricAlarm = {
  readonly kind: 'metric';
  readonly name: string;
  /** As it was given: what DescribeAlarms, messages and history repeat. */
  readonly input: MetricAlarmInput;
  readonly watched: Watched;
  readonly periodSeconds: number;
  /** N. */
  readonly evaluationPeriods: number;
  /** M; N where the input leaves it out. */
  readonly datapointsToAlarm: number;
  readonly operator: ComparisonOperator;
  /** Without meaning where `watched` has a band. */
  readonly threshold: number;
  readonly missingData: MissingDataTreatment;
  /** With fewer samples than these a period changes no state (user guide, "Percentile-based alarms and low data samples"). */
  readonly minimumSamples?: number;
};

/** A composite alarm that `validateAlarm` let pass. */
export type CompositeAlarm = {
  readonly kind: 'composite';
  readonly name: string;
  readonly input: CompositeAlarmInput;
  readonly rule: AlarmRule;
  /** `alarm` is a name; periods in seconds. */
  readonly suppressor?: { readonly alarm: string; readonly waitPeriod: number; readonly extensionPeriod: number };
};

export type Alarm = MetricAlarm | CompositeAlarm;
