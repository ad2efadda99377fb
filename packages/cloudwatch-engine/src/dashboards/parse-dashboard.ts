import { readWidget, withPlacement } from './checks/read-widget.ts';
import { anything, list, object, oneOf, type Shape, text } from './checks/shape.ts';
import { variables } from './checks/widget-shapes.ts';
import type { Dashboard, Widget } from './dashboard.ts';
import { placeWidgets } from './flow-layout.ts';
import { type DashboardMessage, type Findings, inside, NOT_JSON, type Place, refuse, warn } from './message.ts';

export type ParsedDashboard =
  | { readonly ok: true; readonly dashboard: Dashboard; readonly messages: readonly DashboardMessage[] }
  | { readonly ok: false; readonly messages: readonly DashboardMessage[] };

export type ParseDashboardOptions = {
  /** Takes text with `${…}`, of a template before it is filled in, wherever text belongs. CloudWatch does not. */
  readonly templates?: boolean;
  /** What is wrong with an expression of a metric widget, and with the query of a log widget, for a warning. */
  readonly checkExpression?: (expression: string) => string | undefined;
  readonly checkLogQuery?: (query: string) => string | undefined;
};

type RawDashboard = Omit<Dashboard, 'widgets'> & { readonly widgets: readonly unknown[] };

const MAXIMUM_WIDGETS = 500;
const MAXIMUM_METRICS = 2500;

const rawDashboard: Shape<RawDashboard> = object<RawDashboard>(
  {
    widgets: list(anything, { maxItems: MAXIMUM_WIDGETS }),
    variables,
    start: text({ advised: /^(-P|\d{4}-)/ }),
    end: text({ advised: /^(-P|\d{4}-)/ }),
    periodOverride: oneOf('auto', 'inherit'),
  },
  { required: ['widgets'] },
);

/**
 * Reads a dashboard body ("Dashboard Body Structure and Syntax") with all its findings at once. Errors are those that
 * PutDashboard was seen to give, in its words, and those that follow from a documented type, range or list of values;
 * everything else the documentation asks for is a warning, so that no body is refused here that CloudWatch would take.
 */
export function parseDashboard(body: string, options: ParseDashboardOptions = {}): ParsedDashboard {
  const findings: Findings = { messages: [], templates: options.templates ?? false };
  const place: Place = { path: '', findings };
  const dashboard = readDashboard(body, place);
  if (dashboard) advise(dashboard, place, options);
  const { messages } = findings;
  if (!dashboard || messages.some(({ severity }) => severity === 'error')) return { ok: false, messages };
  return { ok: true, dashboard, messages };
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

function readDashboard(body: string, place: Place): Dashboard | undefined {
  const json = parseJson(body);
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    refuse(place, NOT_JSON);
    return undefined;
  }
  if (!rawDashboard(json, place)) {
    // The widgets may have faults of their own, which are to be known at the same time.
    const { widgets } = json as { readonly widgets?: unknown };
    if (Array.isArray(widgets) && widgets.length <= MAXIMUM_WIDGETS) readWidgets(widgets, place);
    return undefined;
  }
  return { ...json, widgets: readWidgets(json.widgets, place) };
}

function readWidgets(widgets: readonly unknown[], place: Place): readonly Widget[] {
  const at = inside(place, 'widgets');
  const read = widgets.flatMap((widget, index) => readWidget(widget, inside(at, index)) ?? []);
  const placements = placeWidgets(read.map(({ given }) => given));
  return read.flatMap(({ content }, index) => {
    const placement = placements[index];
    return placement ? [withPlacement(content, placement)] : [];
  });
}

function advise(dashboard: Dashboard, place: Place, options: ParseDashboardOptions): void {
  if (dashboard.end !== undefined && dashboard.start === undefined) {
    warn(inside(place, 'end'), 'an end needs a start: without it the dashboard shows its default range');
  }
  let metrics = 0;
  dashboard.widgets.forEach((widget, index) => {
    const at = inside(inside(inside(place, 'widgets'), index), 'properties');
    if (widget.kind === 'log') adviseQuery(widget.properties, inside(at, 'query'), options);
    if (widget.kind !== 'metric') return;
    (widget.properties.metrics ?? []).forEach((row, rowIndex) => {
      if (row.kind === 'metric') metrics += 1;
      const fault = row.kind === 'expression' ? options.checkExpression?.(row.expression) : undefined;
      if (fault !== undefined) warn(inside(inside(at, 'metrics'), rowIndex), fault);
    });
  });
  if (metrics > MAXIMUM_METRICS) {
    warn(
      place,
      `the dashboard has ${metrics} metrics, CloudWatch's quota is ${MAXIMUM_METRICS}: drop some of its graphs`,
    );
  }
}

type QueryProperties = { readonly query: string; readonly queryLanguage?: string; readonly queryBy?: string };

function adviseQuery({ query, queryLanguage, queryBy }: QueryProperties, place: Place, options: ParseDashboardOptions) {
  if (queryLanguage !== undefined && queryLanguage !== 'CWLI') return;
  if (queryBy === undefined && !/^\s*SOURCE\b/i.test(query)) {
    warn(place, "a query begins with the log groups it reads: SOURCE '/aws/lambda/name' | …");
  }
  const fault = options.checkLogQuery?.(query);
  if (fault !== undefined) warn(place, fault);
}
