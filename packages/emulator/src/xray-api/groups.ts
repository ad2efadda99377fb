import { type Input, readBoolean, readObject, readString } from '../service-api/input.ts';
import { compileFilter } from './compile-filter.ts';
import type { XrayContext } from './xray-context.ts';
import { invalidRequest } from './xray-errors.ts';
import type { TraceGroup } from './xray-state.ts';
import { readTags } from './xray-tags.ts';

/** Groups for each account and Region (X-Ray endpoints and quotas). */
const mostGroups = 25;

const rendered = ({ name, arn, filterExpression, insightsEnabled, notificationsEnabled }: TraceGroup) => ({
  GroupName: name,
  GroupARN: arn,
  ...(filterExpression !== '' && { FilterExpression: filterExpression }),
  InsightsConfiguration: { InsightsEnabled: insightsEnabled, NotificationsEnabled: notificationsEnabled },
});

/** @throws ServiceError where neither name nor ARN is one of a group. */
export const groupOf = ({ state }: XrayContext, input: Input): TraceGroup => {
  const [name, arn] = [readString(input, 'GroupName'), readString(input, 'GroupARN')];
  if (name === undefined && arn === undefined) throw invalidRequest('GroupName or GroupARN is required');
  const found = [...state.groups.values()].find(
    (group) => group.arn === arn || (arn === undefined && group.name === name),
  );
  if (found === undefined) throw invalidRequest(`Group not found: ${arn ?? name}`);
  return found;
};

const readInsights = (input: Input, before?: TraceGroup) => {
  const insights = readObject(input, 'InsightsConfiguration');
  const insightsEnabled = readBoolean(insights, 'InsightsEnabled') ?? before?.insightsEnabled ?? false;
  const notificationsEnabled = readBoolean(insights, 'NotificationsEnabled') ?? before?.notificationsEnabled ?? false;
  if (notificationsEnabled && !insightsEnabled) {
    throw invalidRequest('NotificationsEnabled needs InsightsEnabled: only insights notify');
  }
  return { insightsEnabled, notificationsEnabled };
};

/** @throws ServiceError for an expression that X-Ray cannot read. */
const readFilter = (input: Input, before = ''): string => {
  const expression = readString(input, 'FilterExpression') ?? before;
  compileFilter(expression);
  return expression;
};

type GroupOperation = (context: XrayContext, input: Input) => unknown;

export const groupOperations: Readonly<Record<string, GroupOperation>> = {
  CreateGroup: (context, input) => {
    const name = readString(input, 'GroupName') ?? '';
    if (!/^[\w-]{1,32}$/.test(name))
      throw invalidRequest(`GroupName ${JSON.stringify(name)}: 1 to 32 letters, digits, - and _`);
    if (name === 'Default') throw invalidRequest('Default is the name of the group of all traces');
    if ([...context.state.groups.values()].some((group) => group.name === name)) {
      throw invalidRequest(`Group already exists: ${name}`);
    }
    if (context.state.groups.size >= mostGroups) {
      throw invalidRequest(`The account has ${mostGroups} groups, which is all that it can have`);
    }
    const arn = `arn:aws:xray:${context.region}:${context.accountId}:group/${name}/${context.newId().replaceAll('-', '').toUpperCase()}`;
    const group = {
      name,
      arn,
      filterExpression: readFilter(input),
      ...readInsights(input),
      tags: readTags(input),
    };
    context.commit({ kind: 'group', group });
    return { Group: rendered(group) };
  },
  UpdateGroup: (context, input) => {
    const before = groupOf(context, input);
    const filterExpression = readFilter(input, before.filterExpression);
    const group = { ...before, filterExpression, ...readInsights(input, before) };
    context.commit({ kind: 'group', group });
    return { Group: rendered(group) };
  },
  DeleteGroup: (context, input) => {
    context.commit({ kind: 'group-deleted', arn: groupOf(context, input).arn });
    return {};
  },
  GetGroup: (context, input) => ({ Group: rendered(groupOf(context, input)) }),
  GetGroups: ({ state, region, accountId }) => ({
    Groups: [
      {
        GroupName: 'Default',
        GroupARN: `arn:aws:xray:${region}:${accountId}:group/Default`,
        InsightsConfiguration: { InsightsEnabled: false, NotificationsEnabled: false },
      },
      ...[...state.groups.values()].map(rendered),
    ],
  }),
};
