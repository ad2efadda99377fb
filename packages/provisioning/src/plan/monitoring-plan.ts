import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import type { PlannedDashboard } from './expand-dashboards.ts';
import type { PlannedContributorRule, PlannedLogGroup, PlannedQuery } from './expand-logs.ts';
import type { Notifications } from './expand-notifications.ts';
import type { PlannedSamplingRule, TraceGroup } from './expand-traces.ts';

/** Everything that is to exist for one deployment, each in AWS's own shape, in an order that never changes. */
export type MonitoringPlan = Notifications & {
  readonly namespace: string;
  readonly region: string;
  readonly accountId: string;
  /** `project-environment`, with which every name begins. */
  readonly prefix: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly metricAlarms: readonly MetricAlarmInput[];
  readonly compositeAlarms: readonly CompositeAlarmInput[];
  readonly dashboards: readonly PlannedDashboard[];
  readonly traceGroups: readonly TraceGroup[];
  readonly samplingRules: readonly PlannedSamplingRule[];
  readonly logGroups: readonly PlannedLogGroup[];
  readonly queryDefinitions: readonly PlannedQuery[];
  readonly contributorRules: readonly PlannedContributorRule[];
  /** What will not work as it looks, what was left out, and what a way out cannot express, with the reason. */
  readonly warnings: readonly PlanWarning[];
};

/** Something that will not work as it looks; `about` names it. */
export type PlanWarning = {
  readonly code: string;
  readonly about: string;
  readonly message: string;
  /** Where only they cannot express it; absent: all of them. */
  readonly waysOut?: readonly WayOut[];
};

/** How a plan is brought about. */
export type WayOut = 'terraform' | 'cloudformation' | 'cdk' | 'sdk';
