import type { Contract } from '@voice-campaign/metrics-schema';
import type { Scope } from './aws-metrics.ts';
import type { Reading } from './readings.ts';

export type Severity = 'critical' | 'warning';

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
  readonly description: string;
  /** Where to read what to do. */
  readonly runbook: string;
  /** Whether it notifies by itself; default true. A roll-up notifies for those that do not. */
  readonly notifies?: boolean;
  /** Whether topics also hear that it is over; default false. */
  readonly notifiesOk?: boolean;
};

/** In ALARM while one of some alarms is, in all their scopes, and none of some others. */
export type RollUpDefinition = {
  readonly kind: 'roll-up';
  readonly severity: Severity;
  readonly any: readonly string[];
  readonly unless?: readonly string[];
  readonly description: string;
  readonly runbook: string;
};

export type AlarmDefinition = MetricAlarmDefinition | RollUpDefinition;

/** What watches a contract's metrics: plain data, to be planned for a deployment. */
export type Monitoring<C extends Contract = Contract> = {
  readonly contract: C;
  /** By a name that stands in the alarm's own: `answer-rate`. */
  readonly alarms: Readonly<Record<string, AlarmDefinition>>;
};
