import {
  type DashboardMessage,
  invalidDashboardText,
  parseDashboard,
} from '@voice-campaign/cloudwatch-engine/dashboards';
import { LogQueryError, parseLogQuery } from '@voice-campaign/cloudwatch-engine/logs';
import { compileQueries } from '@voice-campaign/cloudwatch-engine/math';
import { invalidValue, missingParameter } from '../cloudwatch-api/cloudwatch-errors.ts';
import { byteLength } from '../queue/byte-length.ts';
import { type Input, readString, readStrings } from '../service-api/input.ts';
import { ServiceError } from '../service-api/service-error.ts';
import { committer, type Journal } from '../state/journal.ts';
import type { DashboardStore, StoredDashboard } from './dashboard-store.ts';

export type DashboardsContext = {
  readonly store: DashboardStore;
  readonly journal: Journal;
  readonly accountId: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
};

/** ListDashboards: a page. */
const mostListed = 1000;

const notFound = (message: string): ServiceError =>
  new ServiceError('com.amazonaws.cloudwatch#DashboardNotFoundError', 'ResourceNotFound', message, 404);

/** `severity` and `hint` are ours; the hint follows the words of CloudWatch. */
const rendered = ({ DataPath, Message, hint }: DashboardMessage) => ({
  DataPath,
  Message: hint === undefined ? Message : `${Message} (${hint})`,
});

const invalidBody = (messages: readonly DashboardMessage[]): ServiceError =>
  new ServiceError(
    'com.amazonaws.cloudwatch#DashboardInvalidInputError',
    'InvalidParameterInput',
    invalidDashboardText(messages),
    400,
    { dashboardValidationMessages: messages.filter(({ severity }) => severity === 'error').map(rendered) },
  );

const readName = (input: Input): string => {
  const name = readString(input, 'DashboardName') ?? '';
  if (name === '') throw missingParameter('DashboardName');
  // Recorded, with its line break.
  if (!/^[A-Za-z0-9_-]+$/.test(name)) {
    throw invalidValue(
      'The value for field DashboardName contains invalid characters. It can only contain alphanumerics, dash (-) and underscore (_).\n',
    );
  }
  if (name.length > 255) throw invalidValue('The value for field DashboardName must have at most 255 characters.');
  return name;
};

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

/** CloudWatch's operations on dashboards, whose ARNs have no Region. */
export const dashboardOperations = (
  context: DashboardsContext,
): Readonly<Record<string, (input: Input) => unknown>> => {
  const { store, journal, accountId, now } = context;
  const commit = committer(journal, store);
  const arnOf = ({ name }: StoredDashboard): string => `arn:aws:cloudwatch::${accountId}:dashboard/${name}`;
  const named = (name: string): StoredDashboard => {
    const found = store.dashboards.get(name);
    if (found === undefined) throw notFound(`Dashboard ${name} does not exist`);
    return found;
  };
  return {
    PutDashboard: (input) => {
      const name = readName(input);
      const body = readString(input, 'DashboardBody');
      if (body === undefined) throw missingParameter('DashboardBody');
      const parsed = parseDashboard(body, { checkExpression, checkLogQuery });
      if (!parsed.ok) throw invalidBody(parsed.messages);
      commit({ kind: 'dashboard', dashboard: { name, body, modifiedAt: now() } });
      return { DashboardValidationMessages: parsed.messages.map(rendered) };
    },
    GetDashboard: (input) => {
      const found = named(readString(input, 'DashboardName') ?? '');
      return { DashboardArn: arnOf(found), DashboardBody: found.body, DashboardName: found.name };
    },
    ListDashboards: (input) => {
      const prefix = readString(input, 'DashboardNamePrefix') ?? '';
      const from = Number(readString(input, 'NextToken') ?? 0);
      if (!Number.isInteger(from) || from < 0) throw invalidValue('The value for field NextToken is not valid.');
      const found = [...store.dashboards.values()]
        .filter(({ name }) => name.startsWith(prefix))
        .sort((one, other) => (one.name < other.name ? -1 : 1));
      return {
        DashboardEntries: found.slice(from, from + mostListed).map((dashboard) => ({
          DashboardName: dashboard.name,
          DashboardArn: arnOf(dashboard),
          LastModified: new Date(dashboard.modifiedAt),
          Size: byteLength(dashboard.body),
        })),
        ...(from + mostListed < found.length && { NextToken: String(from + mostListed) }),
      };
    },
    // All of them, or none.
    DeleteDashboards: (input) => {
      const names = readStrings(input, 'DashboardNames').map((name) => named(name.replace(/^arn:.*:dashboard\//, '')));
      for (const { name } of names) commit({ kind: 'dashboard-deleted', name });
      return {};
    },
  };
};
