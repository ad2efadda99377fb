import type { AlarmList } from '../protocol/alarm-view.ts';
import type { DashboardData } from '../protocol/dashboard-view.ts';
import type { LogLines } from '../protocol/log-view.ts';
import type { SourceView } from '../protocol/source-view.ts';
import { type ViewSource, ViewSourceError } from '../source/view-source.ts';
import { loneWidget } from '../view/lone-widget.ts';
import { openDashboard } from '../view/open-dashboard.ts';
import { widgetRequests } from '../view/widget-data.ts';
import { readCount, readPeriodOverride, readRange, readValues } from './read-question.ts';

export type ApiAnswer = { readonly status: number; readonly body: unknown };

type Route = (source: ViewSource, parameters: URLSearchParams, name: string) => Promise<unknown>;

const rangeOf = (source: ViewSource, parameters: URLSearchParams) => readRange(parameters)(source.now());

const text = (parameters: URLSearchParams, name: string): string => parameters.get(name) ?? '';

const MOST_LINES = 1000;

/** By the parts of the path, of which `*` is a name. */
const ROUTES: Readonly<Record<string, Route>> = {
  meta: async (source): Promise<SourceView> => ({ ...source.describe(), now: source.now() }),
  dashboards: async (source) => ({ dashboards: await source.dashboards() }),
  'dashboards/*': (source, parameters, name) => openDashboard(source, name, readValues(parameters)),
  'dashboards/*/data': dashboardData,
  alarms: async (source): Promise<AlarmList> => ({ alarms: await source.alarms() }),
  'alarms/*': (source, parameters, name) => source.alarm(name, rangeOf(source, parameters)),
  mailbox: (source) => source.mailbox(),
  traces: (source, parameters) => source.traces(text(parameters, 'filter'), rangeOf(source, parameters)),
  'traces/*': (source, _, id) => source.trace(id),
  'service-map': (source, parameters) => source.serviceMap(rangeOf(source, parameters)),
  'logs/groups': (source) => source.logGroups(),
  'logs/events': async (source, parameters): Promise<LogLines> => {
    const group = text(parameters, 'group');
    const pattern = text(parameters, 'pattern');
    const limit = Math.min(MOST_LINES, readCount(parameters, 'limit') ?? MOST_LINES);
    return { lines: await source.logLines({ limit, pattern, ...(group !== '' && { group }) }) };
  },
  'logs/query': (source, parameters) => source.logQuery(text(parameters, 'query'), rangeOf(source, parameters)),
  plan: (source) => source.plan(),
  widget: (source, parameters) => loneWidget(source, text(parameters, 'body')),
};

async function dashboardData(
  source: ViewSource,
  parameters: URLSearchParams,
  name: string,
): Promise<DashboardData | undefined> {
  const view = await openDashboard(source, name, readValues(parameters));
  if (!view) return undefined;
  const periodOverride = readPeriodOverride(parameters);
  const shown = { range: rangeOf(source, parameters), ...(periodOverride && { periodOverride }) };
  const wanted = parameters.get('widgets')?.split(',').map(Number);
  const requests = widgetRequests(source, view.dashboard, shown);
  const asked = requests.filter(({ widget }) => wanted === undefined || wanted.includes(widget));
  const widgets = await Promise.all(asked.map(async ({ widget, load }) => ({ widget, data: await load() })));
  return { widgets };
}

const routeOf = (path: string): Route | undefined => (Object.hasOwn(ROUTES, path) ? ROUTES[path] : undefined);

/** Answers a GET below `/api/`; `parts` are the decoded parts of the path behind it. */
export async function answerApi(
  source: ViewSource,
  parts: readonly string[],
  parameters: URLSearchParams,
): Promise<ApiAnswer> {
  const [first = '', name = '', ...rest] = parts;
  const route = routeOf(parts.length <= 2 ? parts.join('/') : '') ?? routeOf([first, '*', ...rest].join('/'));
  const nothing = { status: 404, body: { message: `There is no ${parts.join('/')} here` } };
  if (!route || parts.length === 0) return nothing;
  try {
    const body = await route(source, parameters, name);
    return body === undefined ? nothing : { status: 200, body };
  } catch (error) {
    if (error instanceof ViewSourceError) return { status: 400, body: { message: error.message } };
    throw error;
  }
}
