import type { Contract } from '@voice-campaign/metrics-schema';
import type {
  DashboardDefinition,
  MetricWidgetDefinition,
  SeriesDefinition,
  WidgetDefinition,
} from '../monitoring/dashboard-definition.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import type { WidgetReading } from '../monitoring/readings.ts';
import { mathOf, seriesOf } from './compile-series.ts';
import type {
  DashboardTemplate,
  Json,
  LineTemplate,
  RowsTemplate,
  SeriesTemplate,
  WidgetTemplate,
} from './document.ts';

const region = '{{region}}';
const gridColumns = 24;

/** In the order of the definition. */
export const compileDashboards = ({ contract, dashboards, alarms }: Monitoring): readonly DashboardTemplate[] =>
  Object.entries(dashboards).map(([name, { rows, start = '-PT3H' }]: [string, DashboardDefinition]) => ({
    name,
    start,
    rows: rows.map(({ height, widgets }) => ({
      height,
      widgets: widgets.map((widget) => widgetOf(contract, widget, Object.keys(alarms))),
    })),
  }));

const plain = { series: [], lines: [], logScopes: [], query: null, alarms: [] } as const;

const widgetOf = (contract: Contract, widget: WidgetDefinition, alarms: readonly string[]): WidgetTemplate => {
  switch (widget.kind) {
    case 'metric':
      return { ...plain, ...metricWidget(contract, widget) };
    case 'text':
      return { ...plain, type: 'text', width: widget.width, properties: { markdown: widget.markdown } };
    case 'log': {
      const { width, title, view = 'table', scopes, query } = widget;
      return { ...plain, type: 'log', width, properties: { title, region, view }, logScopes: scopes, query };
    }
    case 'contributors': {
      const { width, title, rule } = widget;
      const insightRule = { ruleName: `{{prefix}}-${rule}`, maxContributorCount: 10, orderBy: 'Sum' };
      const properties = { title, region, view: 'timeSeries', period: 300, insightRule };
      return { ...plain, type: 'metric', width, properties };
    }
    case 'alarms':
      return {
        ...plain,
        type: 'alarm',
        width: gridColumns,
        properties: { title: widget.title },
        alarms: widget.of ?? alarms,
      };
  }
};

const metricWidget = (contract: Contract, widget: MetricWidgetDefinition) => {
  const { kind, width, series, thresholds = [], period = 60, view = 'timeSeries', ...drawing } = widget;
  return {
    type: 'metric' as const,
    width,
    properties: { ...drawing, region, view, period } as unknown as WidgetTemplate['properties'],
    series: series.map((each, place) => rowsOf(contract, each, { place, period })),
    lines: thresholds.map(lineOf),
  };
};

const lineOf = (line: NonNullable<MetricWidgetDefinition['thresholds']>[number]): LineTemplate => {
  if ('alarm' in line) {
    const { alarm, ...drawing } = line;
    return { alarm, value: null, drawing };
  }
  const { value, ...drawing } = line;
  return { alarm: null, value, drawing };
};

type Where = { readonly place: number; readonly period: number };

const rowsOf = (contract: Contract, series: SeriesDefinition, where: Where): RowsTemplate => {
  const { scope = 'system', reads, label, color, axis } = series;
  const render = {
    ...(label !== undefined && { label }),
    ...(color !== undefined && { color }),
    ...(axis === 'right' && { yAxis: axis }),
  };
  return { scope, rows: rowsFor(contract, reads, { ...where, render }) };
};

type Drawn = Where & { readonly render: Readonly<Record<string, Json>> };

const rowsFor = (contract: Contract, reads: WidgetReading, { place, period, render }: Drawn): readonly Json[] => {
  switch (reads.kind) {
    case 'metric':
    case 'aws':
      return [metricRow(seriesOf(reads), render)];
    case 'search': {
      const dimensions = reads.by.join(',');
      const query = `{"{{namespace}}",${dimensions}} MetricName="${reads.metric}"`;
      return [[{ expression: `SEARCH('${query}', '${reads.statistic}', ${period})`, ...render }]];
    }
    case 'rate':
    case 'unguarded-rate':
    case 'math': {
      const { expression, label, of } = mathOf(contract, reads);
      const idOf = (id: string): string => `s${place}${id}{{i}}`;
      const hidden = Object.entries(of).map(([id, series]) => metricRow(series, { id: idOf(id), visible: false }));
      const ids = new RegExp(`\\b(${Object.keys(of).join('|')})\\b`, 'g');
      const own = { expression: expression.replace(ids, idOf), id: idOf('result'), label, ...render };
      return [...hidden, [own]];
    }
  }
};

const metricRow = (series: SeriesTemplate, render: Readonly<Record<string, Json>>): readonly Json[] => [
  series.namespace,
  series.metricName,
  ...Object.entries(series.dimensions).flat(),
  { stat: series.statistic, ...render },
];
