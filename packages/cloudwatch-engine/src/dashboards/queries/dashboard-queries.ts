import type { Dashboard, LogProperties, Widget } from '../dashboard.ts';
import type { AxisSide, MetricProperties, MetricRow } from '../metric-widget.ts';
import { type AutoPeriod, autoPeriod, periodFor, wholeRange } from './periods.ts';
import { substituteVariables, type VariableValues } from './substitute-variables.ts';
import { type TimeRange, timeRange } from './time-range.ts';

/** GetMetricData's `MetricDataQuery`. Periods in seconds. */
export type WidgetQuery = {
  readonly Id: string;
  readonly Label?: string;
  readonly ReturnData: boolean;
  readonly AccountId?: string;
} & (
  | {
      readonly MetricStat: {
        readonly Metric: {
          readonly Namespace: string;
          readonly MetricName: string;
          readonly Dimensions: readonly { readonly Name: string; readonly Value: string }[];
        };
        readonly Period: number;
        readonly Stat: string;
      };
    }
  | { readonly Expression: string; readonly Period: number }
);

/** How the result of the query of the same id is drawn. An expression may give many series. */
export type SeriesDrawing = {
  readonly id: string;
  readonly yAxis: AxisSide;
  readonly visible: boolean;
  readonly color?: string;
  /** Where the metric is, if not in the widget's region. */
  readonly region?: string;
};

type Asked = {
  /** The index of the widget in the dashboard. */
  readonly widget: number;
  readonly range: TimeRange;
  readonly region?: string;
  readonly accountId?: string;
};

export type WidgetQueries = Asked &
  (
    | {
        readonly kind: 'metrics';
        readonly queries: readonly WidgetQuery[];
        /** In the order of the queries. */
        readonly series: readonly SeriesDrawing[];
        /** One value over all of the range is wanted (`setPeriodToTimeRange`): periods begin at its start. */
        readonly wholeRange: boolean;
      }
    /** The alarm's metric, with its threshold. */
    | { readonly kind: 'alarm'; readonly alarmArn: string; readonly periodSeconds: number }
    | {
        readonly kind: 'insight-rule';
        readonly rule: NonNullable<MetricProperties['insightRule']>;
        readonly periodSeconds: number;
      }
    | { readonly kind: 'logs'; readonly query: string }
  );

export type DashboardQueriesOptions = TimeRange & {
  readonly variables?: VariableValues;
  /** Instead of the one the dashboard asks for, as the console's menu does. */
  readonly periodOverride?: 'auto' | 'inherit';
  readonly autoPeriod?: AutoPeriod;
};

type Settings = { readonly override: 'auto' | 'inherit'; readonly auto: AutoPeriod; readonly shown: TimeRange };

const DEFAULT_PERIOD = 300;
const DEFAULT_STATISTIC = 'Average';

/**
 * What to ask CloudWatch for, to draw the metric and log widgets in a time range (seconds since 1970); a widget's own
 * `start` and `end` come first. Rows without an id get `row0`, `row1`… Widgets that ask for nothing have no entry.
 */
export function dashboardQueries(dashboard: Dashboard, options: DashboardQueriesOptions): readonly WidgetQueries[] {
  const { dashboard: substituted } = substituteVariables(dashboard, options.variables);
  const settings: Settings = {
    override: options.periodOverride ?? substituted.periodOverride ?? 'auto',
    auto: options.autoPeriod ?? autoPeriod,
    shown: { start: options.start, end: options.end },
  };
  return substituted.widgets.flatMap((widget, index) => queriesOf(widget, index, settings));
}

function queriesOf(widget: Widget, index: number, settings: Settings): readonly WidgetQueries[] {
  if (widget.kind === 'log') {
    const { query } = widget.properties;
    return query === undefined ? [] : [{ kind: 'logs', query, ...askedBy(widget, index, settings) }];
  }
  if (widget.kind !== 'metric') return [];
  const { properties } = widget;
  const asked = askedBy(widget, index, settings);
  const [alarmArn] = properties.annotations?.alarms ?? [];
  const rows = properties.metrics ?? [];
  const periodSeconds = periodFor(properties.period ?? DEFAULT_PERIOD, settings.override, asked.range, settings.auto);
  if (rows.length > 0)
    return [{ kind: 'metrics', ...asked, ...metricQueries(rows, properties, asked.range, settings) }];
  if (alarmArn !== undefined) return [{ kind: 'alarm', alarmArn, periodSeconds, ...asked }];
  return properties.insightRule
    ? [{ kind: 'insight-rule', rule: properties.insightRule, periodSeconds, ...asked }]
    : [];
}

type Asking =
  | { readonly kind: 'log'; readonly properties: LogProperties }
  | { readonly kind: 'metric'; readonly properties: MetricProperties };

function askedBy({ kind, properties }: Asking, widget: number, { shown }: Settings): Asked {
  const { region, accountId } = properties;
  return {
    widget,
    range: kind === 'log' ? shown : timeRange(properties, shown),
    ...(region === undefined ? {} : { region }),
    ...(accountId === undefined ? {} : { accountId }),
  };
}

type MetricQueries = Pick<Extract<WidgetQueries, { kind: 'metrics' }>, 'queries' | 'series' | 'wholeRange'>;

function metricQueries(
  rows: readonly MetricRow[],
  properties: MetricProperties,
  range: TimeRange,
  { override, auto }: Settings,
): MetricQueries {
  const ids = idsOf(rows);
  const whole = properties.setPeriodToTimeRange === true && (properties.view ?? 'timeSeries') !== 'timeSeries';
  const queries = rows.map((row, index): WidgetQuery => {
    const asked = row.render.period ?? properties.period ?? DEFAULT_PERIOD;
    const period = whole ? wholeRange(range) : periodFor(asked, override, range, auto);
    return queryOf(row, ids[index] ?? '', period, properties);
  });
  const series = rows.map(({ render }, index): SeriesDrawing => {
    const { yAxis = 'left', visible = true, color, region } = render;
    return {
      id: ids[index] ?? '',
      yAxis,
      visible,
      ...(color === undefined ? {} : { color }),
      ...(region === undefined || region === properties.region ? {} : { region }),
    };
  });
  return { queries, series, wholeRange: whole };
}

/** Each row's own id, or one that no row has. */
function idsOf(rows: readonly MetricRow[]): readonly string[] {
  const taken = new Set(rows.flatMap(({ render }) => render.id ?? []));
  return rows.map(({ render }, index) => {
    if (render.id !== undefined) return render.id;
    let id = `row${index}`;
    while (taken.has(id)) id += '_';
    return id;
  });
}

function queryOf(row: MetricRow, id: string, period: number, properties: MetricProperties): WidgetQuery {
  const { label, visible = true, stat = properties.stat ?? DEFAULT_STATISTIC } = row.render;
  const accountId = row.render.accountId ?? properties.accountId;
  const common = {
    Id: id,
    ...(label === undefined ? {} : { Label: label }),
    ReturnData: visible,
    ...(accountId === undefined ? {} : { AccountId: accountId }),
  };
  if (row.kind === 'expression') return { ...common, Expression: row.expression, Period: period };
  const Dimensions = row.dimensions.map(({ name, value }) => ({ Name: name, Value: value }));
  const Metric = { Namespace: row.namespace, MetricName: row.name, Dimensions };
  return { ...common, MetricStat: { Metric, Period: period, Stat: stat } };
}
