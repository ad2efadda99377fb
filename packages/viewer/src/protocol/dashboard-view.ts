import type { Dashboard, DashboardMessage, DashboardVariable } from '@voice-campaign/cloudwatch-engine/dashboards';
import type { AlarmView } from './alarm-view.ts';
import type { TimeRange, WidgetSeries } from './widget-series.ts';

/** `GET /api/dashboards` gives them in the order of names. */
export type DashboardEntry = {
  readonly name: string;
  /** Seconds since 1970. */
  readonly lastModified: number;
};

/** A variable with the values that a reader can choose, also those found by its search. */
export type VariableView = DashboardVariable & {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  /** What is in the widgets now; undefined while nothing is. */
  readonly value?: string;
};

/** `GET /api/dashboards/{name}?var.{id}={value}`: the dashboard with the values of its variables in its widgets. */
export type DashboardView = {
  readonly name: string;
  readonly dashboard: Dashboard;
  readonly variables: readonly VariableView[];
  readonly messages: readonly DashboardMessage[];
};

/** What one widget shows. Text and custom widgets need none. */
export type WidgetData =
  | {
      readonly kind: 'metrics';
      readonly range: TimeRange;
      readonly series: readonly WidgetSeries[];
      readonly messages: readonly string[];
    }
  /** The metric of an alarm; the alarm says its threshold. */
  | {
      readonly kind: 'alarm-metric';
      readonly range: TimeRange;
      readonly alarm: AlarmView;
      readonly series: readonly WidgetSeries[];
    }
  | {
      readonly kind: 'logs';
      readonly range: TimeRange;
      readonly columns: readonly string[];
      readonly rows: readonly (readonly string[])[];
      /** `matched` of `scanned` events. */
      readonly matched: number;
      readonly scanned: number;
    }
  | { readonly kind: 'alarms'; readonly alarms: readonly AlarmView[]; readonly unknown: readonly string[] }
  /** What cannot be shown, and why, in the words that stand in the widget's place. */
  | { readonly kind: 'unavailable'; readonly reason: string };

/** `GET /api/dashboards/{name}/data?start=&end=&period=auto|inherit&widgets=0,3&var.{id}=` */
export type DashboardData = {
  readonly widgets: readonly { readonly widget: number; readonly data: WidgetData }[];
};
