import {
  type DashboardMessage,
  invalidDashboardText,
  parseDashboard,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import { LogQueryError, parseLogQuery } from '@voice-campaign/cloudwatch-engine/logs';
import { compileQueries } from '@voice-campaign/cloudwatch-engine/math';
import { readTags } from '../alarms-api/alarms-context.ts';
import { type Input, readString } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { readDashboardName, readDashboardNames, readNamePrefix, readRequired } from './dashboard-names.ts';
import { dashboardSize } from './dashboard-size.ts';
import type { DashboardStore, DashboardsEvent, StoredDashboard } from './dashboard-store.ts';

export type DashboardsContext = {
  readonly store: DashboardStore;
  readonly commit: (event: DashboardsEvent) => void;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly warn: (message: string) => void;
};

type DashboardOperation = (context: DashboardsContext, input: Input) => unknown;

/** ListDashboards: a page. */
const mostListed = 1000;

const dashboardError = (shape: string, code: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazonaws.cloudwatch.v2010_08_01#${shape}`, code, message, status);

/** Dashboards belong to the account: their ARNs have no Region. */
const arnOf = ({ accountId }: DashboardsContext, name: string): string =>
  `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;

const checkExpression = (Expression: string): string | undefined => {
  // Alone it lacks what it refers to: only what is wrong with the text itself counts.
  const compiled = compileQueries([{ Id: 'e', Expression, ReturnData: true, Period: 60 }]);
  const issue = compiled.ok ? undefined : compiled.issues.find(({ code }) => code === 'syntax' || code === 'function');
  return issue?.message;
};

const checkLogQuery = (query: string): string | undefined => {
  try {
    parseLogQuery(query);
    return undefined;
  } catch (error) {
    if (error instanceof LogQueryError) return error.message;
    throw error;
  }
};

/** What the service's own answer leaves unsaid goes to the log: why a row is refused, and what would not be drawn. */
const explain = ({ warn }: DashboardsContext, name: string, messages: readonly DashboardMessage[]): void => {
  for (const { DataPath, Message, severity, hint } of messages) {
    if (hint !== undefined) warn(`PutDashboard ${name}: ${DataPath}: ${Message}: ${hint}`);
    else if (severity === 'advice') warn(`PutDashboard ${name}: ${DataPath}: ${Message}`);
  }
};

const put: DashboardOperation = (context, input) => {
  const name = readDashboardName(input);
  const given = readRequired(input, 'DashboardBody');
  const before = context.store.dashboards.get(name);
  const tags = before === undefined ? newTags(input) : before.tags;
  const parsed = parseDashboard(given, { checkExpression, checkLogQuery });
  explain(context, name, parsed.messages);
  if (!parsed.ok) {
    const text = invalidDashboardText(parsed.messages);
    throw dashboardError('DashboardInvalidInputError', 'InvalidParameterInput', text);
  }
  // As it was given, but for white space and escapes: what is warned of stays in it.
  const body = JSON.stringify(JSON.parse(given));
  const modifiedAt = Math.floor(context.now() / 1000) * 1000;
  const dashboard: StoredDashboard = { name, body, modifiedAt, ...(tags !== undefined && { tags }) };
  context.commit({ kind: 'dashboard', dashboard });
  const warnings = parsed.messages.filter(({ severity }) => severity === 'warning');
  return { DashboardValidationMessages: warnings.map(({ DataPath, Message }) => ({ DataPath, Message })) };
};

/** Tags are taken from the first PutDashboard of a name alone. */
const newTags = (input: Input): StoredDashboard['tags'] => {
  const tags = readTags(input);
  return Object.keys(tags).length === 0 ? undefined : tags;
};

const get: DashboardOperation = (context, input) => {
  const name = readDashboardName(input);
  const found = context.store.dashboards.get(name);
  if (found === undefined) {
    throw dashboardError('DashboardNotFoundError', 'ResourceNotFound', `Dashboard ${name} does not exist`, 404);
  }
  return { DashboardArn: arnOf(context, name), DashboardBody: found.body, DashboardName: name };
};

/** A token is the last name of the page before, of the same prefix. */
const readToken = (input: Input, prefix: string): string => {
  const token = readString(input, 'NextToken');
  if (token === undefined) return '';
  const name = /^after:([A-Za-z0-9_-]+)$/.exec(token)?.[1];
  if (name?.startsWith(prefix)) return name;
  throw new ServiceError('com.amazon.coral.validate#ValidationException', 'ValidationError', 'Invalid NextToken');
};

const list: DashboardOperation = (context, input) => {
  const prefix = readNamePrefix(input);
  const after = readToken(input, prefix);
  const found = [...context.store.dashboards.values()]
    .filter(({ name }) => name.startsWith(prefix) && name > after)
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  const page = found.slice(0, mostListed);
  return {
    DashboardEntries: page.map((dashboard) => ({
      DashboardName: dashboard.name,
      DashboardArn: arnOf(context, dashboard.name),
      LastModified: new Date(dashboard.modifiedAt),
      Size: dashboardSize(dashboard),
    })),
    ...(page.length < found.length && { NextToken: `after:${page.at(-1)?.name}` }),
  };
};

const remove: DashboardOperation = ({ store, commit }, input) => {
  for (const name of readDashboardNames(input)) {
    if (store.dashboards.has(name)) commit({ kind: 'dashboard-deleted', name });
  }
  return {};
};

/** CloudWatch's operations on dashboards; `TagResource` and its kin are those of alarms. */
export const dashboardOperations = (
  context: DashboardsContext,
): Readonly<Record<string, (input: Input) => unknown>> => ({
  PutDashboard: (input) => put(context, input),
  GetDashboard: (input) => get(context, input),
  ListDashboards: (input) => list(context, input),
  DeleteDashboards: (input) => remove(context, input),
});

/** The tags of the dashboard that an ARN names, and how they change; `undefined` where there is none. */
export const taggedDashboard = (context: DashboardsContext, arn: string) => {
  const dashboard = context.store.dashboards.get(arn.slice(arn.lastIndexOf('/') + 1));
  if (dashboard === undefined || arn !== arnOf(context, dashboard.name)) return undefined;
  const change = (tags: Readonly<Record<string, string>>): void => {
    const modifiedAt = Math.floor(context.now() / 1000) * 1000;
    context.commit({ kind: 'dashboard', dashboard: { ...dashboard, modifiedAt, tags } });
  };
  return { tags: dashboard.tags ?? {}, change };
};
