import type { DashboardDefinition, MetricWidgetDefinition, WidgetDefinition } from '../dashboard-definition.ts';
import type { Monitoring } from '../monitoring.ts';
import { hasNumber } from './check-alarms.ts';
import { checkQuery } from './check-logs.ts';
import { checkReading, type Report } from './check-readings.ts';

const columns = 24;
const mostRows = 1000;

/** Dashboards with a widget that could not be laid out, or that reads what is not there. */
export const checkDashboards = (monitoring: Monitoring, report: Report): void => {
  for (const [name, { rows }] of Object.entries(monitoring.dashboards)) {
    for (const [index, row] of rows.entries()) checkRow(monitoring, row, `dashboards.${name}.rows[${index}]`, report);
  }
};

const widthOf = (widget: WidgetDefinition): number => (widget.kind === 'alarms' ? columns : widget.width);

const checkRow = (
  monitoring: Monitoring,
  { height, widgets }: DashboardDefinition['rows'][number],
  path: string,
  report: Report,
): void => {
  if (!Number.isInteger(height) || height < 1 || height > mostRows) {
    report('limit', `${path}.height`, `${height} is no height: 1 to ${mostRows}`);
  }
  const total = widgets.reduce((sum, widget) => sum + widthOf(widget), 0);
  if (total > columns) {
    report('limit', `${path}.widgets`, `are ${total} columns wide: a dashboard has ${columns}, so begin another row`);
  }
  for (const [index, widget] of widgets.entries()) {
    const place = `${path}.widgets[${index}]`;
    if (!Number.isInteger(widthOf(widget)) || widthOf(widget) < 1) {
      report('limit', `${place}.width`, `${widthOf(widget)} is no width: 1 to ${columns}`);
    }
    checkWidget(monitoring, widget, place, report);
  }
};

const checkWidget = (monitoring: Monitoring, widget: WidgetDefinition, path: string, report: Report): void => {
  switch (widget.kind) {
    case 'metric':
      checkMetricWidget(monitoring, widget, path, report);
      return;
    case 'log':
      checkQuery(widget.query, `${path}.query`, report);
      return;
    case 'contributors':
      if (!Object.hasOwn(monitoring.contributorRules, widget.rule)) {
        report('unknown-rule', `${path}.rule`, `there is no contributor rule ${widget.rule}`);
      }
      return;
    case 'alarms':
      for (const name of widget.of ?? []) {
        if (!Object.hasOwn(monitoring.alarms, name)) report('unknown-alarm', `${path}.of`, `there is no alarm ${name}`);
      }
      return;
    case 'text':
  }
};

const checkMetricWidget = (
  { contract, traceGroups, alarms }: Monitoring,
  { series, view, yAxis, thresholds = [] }: MetricWidgetDefinition,
  path: string,
  report: Report,
): void => {
  if (series.length === 0) report('limit', `${path}.series`, 'has no series to show');
  if (view === 'gauge' && (yAxis?.left?.min === undefined || yAxis.left.max === undefined)) {
    report('dashboard', `${path}.yAxis.left`, 'a gauge has a scale: say its min and max');
  }
  for (const [index, { scope = 'system', reads }] of series.entries()) {
    const place = `${path}.series[${index}]`;
    checkReading(contract, reads, scope, `${place}.reads`, report);
    const group = scope.startsWith('trace-group:') ? scope.slice('trace-group:'.length) : undefined;
    if (group !== undefined && !Object.hasOwn(traceGroups, group)) {
      report('scope', `${place}.scope`, `there is no trace group ${group}`);
    }
  }
  for (const [index, line] of thresholds.entries()) {
    if (!('alarm' in line)) continue;
    const alarm = Object.hasOwn(alarms, line.alarm) ? alarms[line.alarm] : undefined;
    const place = `${path}.thresholds[${index}].alarm`;
    if (alarm === undefined) report('unknown-alarm', place, `there is no alarm ${line.alarm}`);
    else if (!hasNumber(alarm)) {
      report('dashboard', place, `${line.alarm} has no number to draw a line at: say the value of the line`);
    }
  }
};
