import type { Contract } from '@voice-campaign/metrics-schema';
import type { ResourceKind, Scope } from '../monitoring/aws-metrics.ts';
import type { OptIn, Severity, ThresholdInput } from '../monitoring/monitoring.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [member: string]: Json };

/** Where the number comes from: itself, or a share of a number of the deployment. */
export type ThresholdTemplate = { readonly value: number; readonly of: ThresholdInput | null };

/** A series as GetMetricData and PutMetricAlarm take it. Dimensions by name. */
export type SeriesTemplate = {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly statistic: string;
};

export type QueryTemplate = {
  readonly id: string;
  readonly label: string | null;
  readonly returnData: boolean;
  readonly expression: string | null;
  readonly series: SeriesTemplate | null;
};

export type MetricAlarmTemplate = {
  readonly name: string;
  readonly severity: Severity;
  readonly scope: Scope;
  readonly optIn: OptIn | null;
  readonly description: string;
  readonly notifies: boolean;
  readonly notifiesOk: boolean;
  readonly period: number;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly treatMissingData: string;
  readonly comparisonOperator: string;
  /** `null`: the band of `thresholdMetricId`. */
  readonly threshold: ThresholdTemplate | null;
  readonly thresholdMetricId: string | null;
  /** The one series it reads, or `null` and `queries`. */
  readonly series: SeriesTemplate | null;
  readonly queries: readonly QueryTemplate[];
};

export type CompositeAlarmTemplate = {
  readonly name: string;
  readonly severity: Severity;
  readonly optIn: OptIn | null;
  readonly description: string;
  readonly any: readonly string[];
  readonly all: readonly string[];
  readonly unless: readonly string[];
};

/** Rows of a metric widget for each resource in scope; `{{i}}` is the place of the resource in it. */
export type RowsTemplate = { readonly scope: Scope; readonly rows: readonly Json[] };

/** A line across a graph: at the threshold of an alarm, or at a value. `drawing` is the rest of the annotation. */
export type LineTemplate = {
  readonly alarm: string | null;
  readonly value: number | null;
  readonly drawing: Readonly<Record<string, Json>>;
};

export type WidgetTemplate = {
  readonly type: 'metric' | 'text' | 'log' | 'alarm';
  readonly width: number;
  readonly properties: Readonly<Record<string, Json>>;
  /** Of a metric widget, which is left out when no row comes of them; empty for one that has no rows. */
  readonly series: readonly RowsTemplate[];
  /** Of a metric widget. */
  readonly lines: readonly LineTemplate[];
  /** Of a log widget: the functions whose log groups it queries; it is left out where there are none. */
  readonly logScopes: readonly Scope[];
  readonly query: string | null;
  /** Of an alarm widget: names of alarms. */
  readonly alarms: readonly string[];
};

export type DashboardTemplate = {
  readonly name: string;
  readonly start: string;
  readonly rows: readonly { readonly height: number; readonly widgets: readonly WidgetTemplate[] }[];
};

type TraceGroupTemplate = {
  readonly name: string;
  readonly services: readonly Scope[];
  readonly condition: string | null;
};

type SamplingRuleTemplate = {
  readonly name: string;
  readonly scope: Scope;
  readonly priority: number;
  readonly reservoirSize: number;
  readonly fixedRate: number;
  readonly serviceName: string;
  readonly effective: string;
};

type QueryDefinitionTemplate = {
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly query: string;
};

export type ContributorRuleTemplate = {
  readonly name: string;
  readonly scopes: readonly Scope[];
  /** The rule's definition without `LogGroupNames`. */
  readonly definition: Readonly<Record<string, Json>>;
};

/** A dashboard variable that takes the place of a kind's resources where there are too many for a graph. */
export type VariableTemplate = { readonly kind: ResourceKind; readonly property: string; readonly label: string };

/**
 * A monitoring definition with every decision made but those of a deployment: what `plan` and the Terraform module
 * both interpret, and what `contract.json` holds. Text may hold `{{project}}`, `{{environment}}`, `{{namespace}}`
 * (`project/environment`), `{{prefix}}` (`project-environment`), `{{region}}`, `{{stage}}`, `{{runbooks}}`, and for each resource
 * `{{name}}`, `{{short}}` (without the prefix) and `{{i}}` (its place, from 0); a metric alarm's description `{{threshold}}`.
 */
export type MonitoringDocument = {
  readonly version: 1;
  readonly contract: Contract;
  readonly metricAlarms: readonly MetricAlarmTemplate[];
  readonly compositeAlarms: readonly CompositeAlarmTemplate[];
  readonly dashboards: readonly DashboardTemplate[];
  readonly traceGroups: readonly TraceGroupTemplate[];
  readonly samplingRules: readonly SamplingRuleTemplate[];
  readonly queries: readonly QueryDefinitionTemplate[];
  readonly contributorRules: readonly ContributorRuleTemplate[];
  /** More resources of a kind than this, and a dashboard shows the one that its variable selects. */
  readonly seriesPerScope: number;
  readonly variables: readonly VariableTemplate[];
};
