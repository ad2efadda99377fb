import type { Contract } from '@voice-campaign/metrics-schema';
import type { Scope } from './aws-metrics.ts';
import type { DashboardDefinition } from './dashboard-definition.ts';
import type { ContributorRuleDefinition, QueryDefinition } from './log-definition.ts';
import type { AwsReading, CustomReading, Reading } from './readings.ts';
import type { SamplingRuleDefinition, TraceGroupDefinition } from './trace-definition.ts';

export type Severity = 'critical' | 'warning';

/** Alarms that cost more than they tell everybody, and are planned where the inputs ask for them. */
export type OptIn = 'anomalyDetection' | 'serviceLevelObjective';

/** Numbers of the deployment that a threshold can be a share of. */
export type ThresholdInput = 'lambdaTimeoutMs' | 'rdsMaxConnections' | 'rdsAllocatedStorageBytes';

export type Threshold = number | { readonly share: number; readonly of: ThresholdInput };

export type MetricAlarmDefinition = {
  readonly kind: 'metric';
  readonly scope: Scope;
  readonly severity: Severity;
  readonly reads: Reading;
  readonly comparison: '>' | '>=' | '<' | '<=';
  readonly threshold: Threshold;
  /** Seconds. */
  readonly period: number;
  /** M of N periods. */
  readonly datapoints: readonly [m: number, n: number];
  /** What periods without data are taken for (user guide, Configuring how alarms treat missing data). */
  readonly missingData: 'breaching' | 'notBreaching' | 'ignore' | 'missing';
  /** `{{threshold}}` stands for the threshold where that is a number, also one that a deployment overrides. */
  readonly description: string;
  /** What to do: a file in the folder of runbooks, whose address is the deployment's. */
  readonly runbook: string;
  readonly optIn?: OptIn;
  /** Whether it notifies by itself; default true. A roll-up notifies for those that do not. */
  readonly notifies?: boolean;
  /** Whether topics also hear that it is over; default false. */
  readonly notifiesOk?: boolean;
};

/** In ALARM while a metric is outside of the band that its own past makes likely. */
export type AnomalyAlarmDefinition = Omit<MetricAlarmDefinition, 'kind' | 'reads' | 'comparison' | 'threshold'> & {
  readonly kind: 'anomaly';
  readonly reads: CustomReading | AwsReading;
  readonly outside: 'above' | 'below' | 'either';
  /** Half the width of the band in standard deviations (ANOMALY_DETECTION_BAND). */
  readonly deviations: number;
};

/** In ALARM while one of some alarms is, in all their scopes, or while all of some are, and none of some others. */
export type RollUpDefinition = {
  readonly kind: 'roll-up';
  readonly severity: Severity;
  readonly any: readonly string[];
  /** With `any`, each of these must be in ALARM too: a short window beside a long one. */
  readonly all?: readonly string[];
  readonly unless?: readonly string[];
  readonly optIn?: OptIn;
  readonly description: string;
  readonly runbook: string;
};

export type AlarmDefinition = MetricAlarmDefinition | AnomalyAlarmDefinition | RollUpDefinition;

/** By names that stand in those of AWS's resources: `answer-rate`. */
export type Definitions = {
  readonly alarms: Readonly<Record<string, AlarmDefinition>>;
  readonly dashboards?: Readonly<Record<string, DashboardDefinition>>;
  readonly traceGroups?: Readonly<Record<string, TraceGroupDefinition>>;
  readonly samplingRules?: Readonly<Record<string, SamplingRuleDefinition>>;
  readonly queries?: Readonly<Record<string, QueryDefinition>>;
  readonly contributorRules?: Readonly<Record<string, ContributorRuleDefinition>>;
};

/** What watches a contract's metrics: plain data, to be planned for a deployment. */
export type Monitoring<C extends Contract = Contract> = Required<Definitions> & { readonly contract: C };
