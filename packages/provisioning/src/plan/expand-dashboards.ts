import type {
  DashboardTemplate,
  Json,
  MonitoringDocument,
  RowsTemplate,
  VariableTemplate,
  WidgetTemplate,
} from '../document/document.ts';
import { type Bindings, fill } from '../document/fill.ts';
import { kindOf, type Scope } from '../monitoring/aws-metrics.ts';
import { mostLogGroups } from './expand-logs.ts';
import type { Resource } from './resources.ts';

const columns = 24;
// A variable has at most so many values, and an alarm widget so many alarms ("Dashboard Body Structure and Syntax").
const mostValues = 500;
const mostAlarms = 100;
const alarmsInLine = 4;

/** A dashboard of the plan; `body` is what PutDashboard takes as text. */
export type PlannedDashboard = { readonly name: string; readonly body: DashboardBody };

type DashboardBody = {
  readonly start: string;
  readonly variables?: readonly Readonly<Record<string, Json>>[];
  readonly widgets: readonly PlannedWidget[];
};

type PlannedWidget = {
  readonly type: WidgetTemplate['type'];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: Readonly<Record<string, Json>>;
};

export type DashboardSurroundings = {
  readonly bindings: Bindings;
  readonly resourcesOf: (scope: Scope) => readonly Resource[];
  /** Those whose logs are read: no variable of a dashboard selects a log group. Default: the same. */
  readonly loggedOf?: (scope: Scope) => readonly Resource[];
  /** ARNs of the alarms that came of a definition. */
  readonly alarmsOf: (definition: string) => readonly string[];
  /** Of an alarm on a number; `undefined` where the deployment has none. */
  readonly thresholdOf: (definition: string) => number | undefined;
};

/**
 * Every dashboard of the document. Where there are more than 500 resources of a kind, which no variable can list, a
 * dashboard is followed by others for those that are left.
 */
export const expandDashboards = (
  document: Pick<MonitoringDocument, 'dashboards' | 'variables' | 'seriesPerScope'>,
  around: DashboardSurroundings,
): readonly PlannedDashboard[] =>
  document.dashboards.flatMap((template) => {
    const used = document.variables.filter(({ kind }) => kindsIn(template).has(kind));
    const most = Math.max(1, ...used.map(({ kind }) => Math.ceil(around.resourcesOf(kind).length / mostValues)));
    return Array.from({ length: most }, (_, part) => {
      const slice = (all: readonly Resource[]): readonly Resource[] =>
        all.length <= mostValues ? all : all.slice(part * mostValues, (part + 1) * mostValues);
      const resourcesOf = (scope: Scope): readonly Resource[] => slice(around.resourcesOf(scope));
      const name = `${around.bindings.prefix}-${template.name}${part === 0 ? '' : `-${part + 1}`}`;
      return { name, body: bodyOf(document, template, { ...around, resourcesOf }) };
    });
  });

const kindsIn = ({ rows }: DashboardTemplate): ReadonlySet<string> =>
  new Set(rows.flatMap(({ widgets }) => widgets.flatMap(({ series }) => series.map(({ scope }) => kindOf(scope)))));

type Limits = Pick<MonitoringDocument, 'variables' | 'seriesPerScope'>;

const bodyOf = (limits: Limits, template: DashboardTemplate, around: DashboardSurroundings): DashboardBody => {
  const selected = limits.variables.filter(
    ({ kind }) => shownIn(template, kind) && around.resourcesOf(kind).length > limits.seriesPerScope,
  );
  const resourcesOf = (scope: Scope): readonly Resource[] => {
    const all = around.resourcesOf(scope);
    return selected.some(({ kind }) => kind === scope) ? all.slice(0, 1) : all;
  };
  const widgets = layOut(template, { ...around, resourcesOf, loggedOf: around.resourcesOf });
  const variables = selected.map((each) => variableOf(each, around.resourcesOf(each.kind)));
  return { start: template.start, ...(variables.length > 0 && { variables }), widgets };
};

const shownIn = ({ rows }: DashboardTemplate, kind: string): boolean =>
  rows.some(({ widgets }) => widgets.some(({ series }) => series.some(({ scope }) => scope === kind)));

const variableOf = (
  { kind, property, label }: VariableTemplate,
  resources: readonly Resource[],
): Readonly<Record<string, Json>> => ({
  type: 'property',
  property,
  inputType: 'select',
  id: kind,
  label,
  visible: true,
  defaultValue: resources[0]?.name ?? '',
  values: resources.map(({ name, short }) => ({ value: name, label: short })),
});

type Shown = Omit<PlannedWidget, 'x' | 'y' | 'height'>;

const layOut = ({ rows }: DashboardTemplate, around: DashboardSurroundings): readonly PlannedWidget[] => {
  let y = 0;
  return rows.flatMap(({ height, widgets }) => {
    const lines = linesOf(widgets, height, around);
    return lines.flatMap(({ shown, height: own }) => {
      const placed = inColumns(shown, y, own);
      y += own;
      return placed;
    });
  });
};

type Line = { readonly height: number; readonly shown: readonly Shown[] };

const linesOf = (
  widgets: readonly WidgetTemplate[],
  height: number,
  around: DashboardSurroundings,
): readonly Line[] => {
  const [first] = widgets;
  if (first?.type === 'alarm') return alarmLines(first, around);
  const shown = widgets.flatMap((widget) => shownOf(widget, around));
  return shown.length === 0 ? [] : [{ height, shown }];
};

const alarmLines = ({ width, properties, alarms }: WidgetTemplate, around: DashboardSurroundings): readonly Line[] => {
  const arns = alarms.flatMap(around.alarmsOf);
  return Array.from({ length: Math.ceil(arns.length / mostAlarms) }, (_, index) => {
    const own = arns.slice(index * mostAlarms, (index + 1) * mostAlarms);
    const height = 1 + Math.ceil(own.length / alarmsInLine);
    return { height, shown: [{ type: 'alarm', width, properties: { ...properties, alarms: own } }] };
  });
};

/** The widget, or nothing where it has nothing to show. */
const shownOf = (
  widget: WidgetTemplate,
  { bindings, resourcesOf, loggedOf = resourcesOf, thresholdOf }: DashboardSurroundings,
): readonly Shown[] => {
  const { type, width, series, logScopes, query } = widget;
  const properties = fill({ ...widget.properties, ...annotationsOf(widget, thresholdOf) }, bindings);
  if (type === 'log') {
    const read = logScopes.flatMap(loggedOf).slice(0, mostLogGroups);
    const sources = read.map(({ name }) => `SOURCE '/aws/lambda/${name}'`);
    if (sources.length === 0) return [];
    return [{ type, width, properties: { ...properties, query: [...sources, query].join(' | ') } }];
  }
  if (series.length === 0) return [{ type, width, properties }];
  const metrics = series.flatMap((rows) => rowsOf(rows, bindings, resourcesOf));
  return metrics.length === 0 ? [] : [{ type, width, properties: { ...properties, metrics } }];
};

const annotationsOf = ({ lines }: WidgetTemplate, thresholdOf: DashboardSurroundings['thresholdOf']) => {
  const horizontal = lines.flatMap(({ alarm, value, drawing }) => {
    const at = alarm === null ? value : thresholdOf(alarm);
    return at === undefined ? [] : [{ ...drawing, value: at }];
  });
  return horizontal.length === 0 ? {} : { annotations: { horizontal } };
};

const rowsOf = (
  { scope, rows }: RowsTemplate,
  bindings: Bindings,
  resourcesOf: DashboardSurroundings['resourcesOf'],
): readonly Json[] =>
  resourcesOf(scope).flatMap(({ name, short }, i) => fill(rows, { ...bindings, name, short, i: String(i) }));

/** Side by side over all columns, each with its share of what is asked for. */
const inColumns = (shown: readonly Shown[], y: number, height: number): readonly PlannedWidget[] => {
  const total = shown.reduce((sum, { width }) => sum + width, 0);
  const starts = shown.map((_, index) => {
    const before = shown.slice(0, index).reduce((sum, { width }) => sum + width, 0);
    return Math.floor((columns * before) / total);
  });
  return shown.map(({ type, properties }, index) => {
    const x = starts[index] ?? 0;
    return { type, x, y, width: (starts[index + 1] ?? columns) - x, height, properties };
  });
};
