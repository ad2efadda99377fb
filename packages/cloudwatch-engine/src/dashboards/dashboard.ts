import type { MetricProperties } from './metric-widget.ts';

/** On a grid of 24 columns, in grid units. `flows` where the body gave no `x` and `y`. */
export type Placement = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly flows: boolean;
};

export type TextProperties = { readonly markdown: string; readonly background?: 'solid' | 'transparent' };

type LogView = 'table' | 'timeSeries' | 'bar' | 'pie';
export type LogProperties = {
  /** `SOURCE 'group' | SOURCE 'other' | fields … | …` */
  readonly query?: string;
  readonly region?: string;
  readonly accountId?: string;
  readonly title?: string;
  /** `table` without it. */
  readonly view?: LogView;
  readonly stacked?: boolean;
  /** `CWLI` (Logs Insights) without it. */
  readonly queryLanguage?: string;
  readonly queryBy?: string;
  readonly logGroupPrefixes?: unknown;
};

export type AlarmState = 'ALARM' | 'INSUFFICIENT_DATA' | 'OK';
export type AlarmProperties = {
  /** ARNs, 1 to 100. */
  readonly alarms: readonly string[];
  readonly title?: string;
  readonly sortBy?: 'default' | 'stateUpdatedTimestamp' | 'timestamp';
  /** Shows only these; all without it, or when it is empty. */
  readonly states?: readonly AlarmState[];
};

export type ExplorerProperties = {
  readonly metrics?: readonly { readonly metricName: string; readonly resourceType: string; readonly stat?: string }[];
  readonly labels?: readonly { readonly key: string; readonly value?: string }[];
  readonly aggregateBy?: { readonly key: string; readonly func: 'AVG' | 'MIN' | 'MAX' | 'STDDEV' | 'SUM' };
  readonly splitBy?: string;
  readonly period?: number;
  readonly title?: string;
  readonly widgetOptions?: {
    readonly legend?: { readonly position?: 'right' | 'bottom' | 'hidden' };
    readonly rowsPerPage?: number;
    readonly stacked?: boolean;
    readonly view?: 'timeSeries' | 'bar' | 'pie';
    readonly widgetsPerRow?: number;
  };
};

export type CustomProperties = {
  /** The ARN of the function that draws. */
  readonly endpoint: string;
  readonly params?: unknown;
  readonly title?: string;
  readonly updateOn?: { readonly refresh?: boolean; readonly resize?: boolean; readonly timeRange?: boolean };
};

/** `type` and `properties` as the body has them; `other` is a type that CloudWatch stores and this package does not draw. */
export type Widget = { readonly placement: Placement } & (
  | { readonly kind: 'metric'; readonly properties: MetricProperties }
  | { readonly kind: 'text'; readonly properties: TextProperties }
  | { readonly kind: 'log'; readonly properties: LogProperties }
  | { readonly kind: 'alarm'; readonly properties: AlarmProperties }
  | { readonly kind: 'explorer'; readonly properties: ExplorerProperties }
  | { readonly kind: 'custom'; readonly properties: CustomProperties }
  | { readonly kind: 'other'; readonly type: string; readonly properties: unknown }
);

type VariableValue = string | number | boolean;

/** A field above the dashboard whose value is put into its widgets. */
export type DashboardVariable = {
  readonly type: 'property' | 'pattern';
  /** The property or dimension whose value changes. */
  readonly property?: string;
  /** The regular expression whose matches change, anywhere in the widgets. */
  readonly pattern?: string;
  readonly inputType: 'input' | 'select' | 'radio';
  readonly id: string;
  readonly label?: string;
  /** `__FIRST`: the first value that `search` finds. */
  readonly defaultValue?: VariableValue;
  readonly visible?: boolean;
  readonly values?: readonly { readonly value: VariableValue; readonly label?: string }[];
  readonly search?: string;
  readonly populateFrom?: string;
  /** PutDashboard takes these two for a source of values as well; they are not documented, and not resolved here. */
  readonly tag?: string;
  readonly searchLabelValues?: string;
};

/** What a dashboard body says ("Dashboard Body Structure and Syntax"). Members it has beyond this are kept. */
export type Dashboard = {
  readonly widgets: readonly Widget[];
  readonly variables?: readonly DashboardVariable[];
  /** ISO 8601, or `-PT6H`, `-P3D` and the like before now. */
  readonly start?: string;
  readonly end?: string;
  /** `auto` without it. */
  readonly periodOverride?: 'auto' | 'inherit';
};
