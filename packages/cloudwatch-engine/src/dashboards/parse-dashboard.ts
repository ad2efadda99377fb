import { readWidget, withPlacement } from './checks/read-widget.ts';
import { START } from './checks/recorded-patterns.ts';
import { anything, lenient, list, object, type Shape, text } from './checks/shape.ts';
import { variables } from './checks/variable-shapes.ts';
import type { Dashboard, LogProperties, Widget } from './dashboard.ts';
import { placeWidgets } from './flow-layout.ts';
import { advise, type DashboardMessage, inside, NOT_JSON, noFindings, type Place, refuse } from './message.ts';

export type ParsedDashboard =
  | { readonly ok: true; readonly dashboard: Dashboard; readonly messages: readonly DashboardMessage[] }
  | { readonly ok: false; readonly messages: readonly DashboardMessage[] };

export type ParseDashboardOptions = {
  /** Takes text with `${…}`, of a template before it is filled in, wherever text belongs. CloudWatch does not. */
  readonly templates?: boolean;
  /** What is wrong with an expression of a metric widget, and with the query of a log widget, for advice. */
  readonly checkExpression?: (expression: string) => string | undefined;
  readonly checkLogQuery?: (query: string) => string | undefined;
};

type RawDashboard = Omit<Dashboard, 'widgets'> & { readonly widgets: readonly unknown[] };

const MAXIMUM_WIDGETS = 500;
const MAXIMUM_METRICS = 2500;
const MAXIMUM_DEPTH = 500;

const periodOverride: Shape<'auto' | 'inherit'> = (value, place): value is 'auto' | 'inherit' =>
  text({ pattern: /^(inherit|auto)$/ })(value, place);

const rawDashboard: Shape<RawDashboard> = object<RawDashboard>(
  {
    widgets: list(anything, { maxItems: MAXIMUM_WIDGETS }),
    variables,
    start: lenient(text({ pattern: START })),
    end: lenient(text({ advised: START })),
    periodOverride: lenient(periodOverride),
  },
  { required: ['widgets'] },
);

/**
 * Reads a dashboard body ("Dashboard Body Structure and Syntax") with all its findings at once. Errors and warnings are
 * those that PutDashboard was seen to give, in its words, and those that follow from a documented type or range;
 * everything else the documentation asks for is advice, so that no body is refused here that CloudWatch would take.
 */
export function parseDashboard(body: string, options: ParseDashboardOptions = {}): ParsedDashboard {
  const findings = noFindings(options.templates ?? false);
  const place: Place = { path: '', findings };
  const dashboard = readDashboard(body, place);
  if (dashboard) adviseOn(dashboard, place, options);
  const { messages, counts } = findings;
  if (!dashboard || counts.error > 0) return { ok: false, messages };
  return { ok: true, dashboard, messages };
}

function parseJson(body: string): unknown {
  if (depthOf(body) > MAXIMUM_DEPTH) return undefined;
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** How many objects and lists are open at once: what is kept of a body is walked through by calls inside calls. */
function depthOf(body: string): number {
  let depth = 0;
  let deepest = 0;
  let inText = false;
  for (let index = 0; index < body.length; index += 1) {
    const character = body[index];
    if (character === '"') inText = !inText;
    else if (inText) index += character === '\\' ? 1 : 0;
    else if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
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

function adviseOn(dashboard: Dashboard, place: Place, options: ParseDashboardOptions): void {
  if (dashboard.end !== undefined && dashboard.start === undefined) {
    advise(inside(place, 'end'), 'an end needs a start: without it the dashboard shows its default range');
  }
  let metrics = 0;
  dashboard.widgets.forEach((widget, index) => {
    const at = inside(inside(inside(place, 'widgets'), index), 'properties');
    if (widget.kind === 'log') adviseQuery(widget.properties, inside(at, 'query'), options);
    if (widget.kind !== 'metric') return;
    (widget.properties.metrics ?? []).forEach((row, rowIndex) => {
      if (row.kind === 'metric') metrics += 1;
      const fault = row.kind === 'expression' ? options.checkExpression?.(row.expression) : undefined;
      if (fault !== undefined) advise(inside(inside(at, 'metrics'), rowIndex), fault);
    });
  });
  if (metrics > MAXIMUM_METRICS) {
    advise(
      place,
      `the dashboard has ${metrics} metrics, CloudWatch's quota is ${MAXIMUM_METRICS}: drop some of its graphs`,
    );
  }
}

function adviseQuery({ query, queryLanguage, queryBy }: LogProperties, place: Place, options: ParseDashboardOptions) {
  if (query === undefined) {
    advise(place, 'a log widget needs a query, which begins with the log groups it reads');
    return;
  }
  if (queryLanguage !== undefined && queryLanguage !== 'CWLI') return;
  if (queryBy === undefined && !/^\s*SOURCE\b/i.test(query)) {
    advise(place, "a query begins with the log groups it reads: SOURCE '/aws/lambda/name' | …");
  }
  const fault = options.checkLogQuery?.(query);
  if (fault !== undefined) advise(place, fault);
}
