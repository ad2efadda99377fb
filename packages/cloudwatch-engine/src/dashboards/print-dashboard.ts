import type { Dashboard, Widget } from './dashboard.ts';
import type { MetricRow } from './metric-widget.ts';

type BodyWidget = {
  readonly type: string;
  readonly x?: number;
  readonly y?: number;
  readonly width: number;
  readonly height: number;
  readonly properties: unknown;
};

/** A dashboard body as plain JSON values. */
export type DashboardBody = Omit<Dashboard, 'widgets'> & { readonly widgets: readonly BodyWidget[] };

/**
 * The body that means the dashboard: rows are whole, without dots, and sizes are written out, so that parsing it gives
 * the same dashboard. Members that the documentation does not know are written as they were read.
 */
export function printDashboard(dashboard: Dashboard): string {
  return JSON.stringify(bodyOf(dashboard));
}

export function bodyOf(dashboard: Dashboard): DashboardBody {
  return { ...dashboard, widgets: dashboard.widgets.map(bodyOfWidget) };
}

function bodyOfWidget(widget: Widget): BodyWidget {
  const { x, y, width, height, flows } = widget.placement;
  const size = { ...(flows ? {} : { x, y }), width, height };
  if (widget.kind === 'other') return { type: widget.type, ...size, properties: widget.properties };
  if (widget.kind !== 'metric') return { type: widget.kind, ...size, properties: widget.properties };
  const { metrics, ...rest } = widget.properties;
  const properties = metrics === undefined ? rest : { metrics: metrics.map(printRow), ...rest };
  return { type: 'metric', ...size, properties };
}

function printRow(row: MetricRow): readonly unknown[] {
  if (row.kind === 'expression') return [{ expression: row.expression, ...row.render }];
  const dimensions = row.dimensions.flatMap(({ name, value }) => [name, value]);
  const render = Object.keys(row.render).length === 0 ? [] : [row.render];
  return [row.namespace, row.name, ...dimensions, ...render];
}
