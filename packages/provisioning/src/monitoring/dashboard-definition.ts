import type { HorizontalAnnotation, MetricProperties } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { Scope } from './aws-metrics.ts';
import type { WidgetReading } from './readings.ts';

/** One line of a widget for each resource in scope, the system if none is said. */
export type SeriesDefinition = {
  readonly scope?: Scope;
  readonly reads: WidgetReading;
  /** May hold `{{short}}`, the resource's name without the deployment's; CloudWatch's own dynamic labels as well. */
  readonly label?: string;
  readonly color?: string;
  readonly axis?: 'left' | 'right';
};

/** Its share of the row's 24 columns. */
type Sized = { readonly width: number; readonly title: string };

/** A line at the threshold of an alarm on a number, wherever a deployment puts it; none where it has no such alarm. */
type AlarmLine = Omit<HorizontalAnnotation, 'value'> & { readonly alarm: string };

export type MetricWidgetDefinition = Sized & {
  readonly kind: 'metric';
  readonly view?: MetricProperties['view'];
  /** Seconds; default 60. */
  readonly period?: number;
  readonly series: readonly SeriesDefinition[];
  readonly thresholds?: readonly (HorizontalAnnotation | AlarmLine)[];
} & Pick<
    MetricProperties,
    'stacked' | 'liveData' | 'sparkline' | 'setPeriodToTimeRange' | 'yAxis' | 'legend' | 'table'
  >;

/** A query over the log groups of the functions in scope: a pipeline without its `SOURCE`. */
type LogWidgetDefinition = Sized & {
  readonly kind: 'log';
  readonly view?: 'table' | 'timeSeries' | 'bar' | 'pie';
  readonly scopes: readonly Scope[];
  readonly query: string;
};

/** The top contributors of a rule. */
type ContributorWidgetDefinition = Sized & { readonly kind: 'contributors'; readonly rule: string };

export type WidgetDefinition =
  | MetricWidgetDefinition
  | LogWidgetDefinition
  | ContributorWidgetDefinition
  /** May hold the placeholders of a monitoring document. */
  | { readonly kind: 'text'; readonly width: number; readonly markdown: string }
  /** The states of these alarms, or of all: alone in its row, which grows with their number. */
  | { readonly kind: 'alarms'; readonly title: string; readonly of?: readonly string[] };

/** A widget without anything to show leaves its row, and the others take its columns. */
type RowDefinition = { readonly height: number; readonly widgets: readonly WidgetDefinition[] };

export type DashboardDefinition = {
  readonly rows: readonly RowDefinition[];
  /** Before now, as CloudWatch writes it; default `-PT3H`. */
  readonly start?: string;
};
