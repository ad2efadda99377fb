import type { LogGroup } from '../../logs/log-groups.ts';
import { eventOverheadBytes } from '../../platform/log-metrics.ts';
import { byteLength } from '../../queue/message/byte-length.ts';
import { constraint } from '../../service-api/constraint.ts';
import { type Input, readBoolean, readInteger, readString, readStrings } from '../../service-api/input.ts';
import { pageOf } from '../log-pages.ts';
import {
  arnOf,
  groupNamed,
  type LogsContext,
  type LogsOperation,
  nameIn,
  readGroupName,
  readText,
} from '../logs-context.ts';
import { alreadyExists, invalidParameter } from '../logs-errors.ts';
import { readTags } from './log-tags.ts';

/** PutRetentionPolicy, retentionInDays. */
const retentions = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
];

const storedBytes = ({ logs }: LogsContext, logGroup: string): number =>
  logs.events({ logGroup }).reduce((sum, { message }) => sum + byteLength(message) + eventOverheadBytes, 0);

/** Recorded: a group that was found by a pattern is shown without its bytes and its protection. */
const rendered = (
  context: LogsContext,
  { name, createdAt, retentionDays, metricFilters, kmsKeyId }: LogGroup,
  byPattern: boolean,
) => ({
  logGroupName: name,
  creationTime: createdAt,
  ...(retentionDays !== undefined && { retentionInDays: retentionDays }),
  metricFilterCount: Object.keys(metricFilters).length,
  arn: `${arnOf(context, name)}:*`,
  ...(!byPattern && { storedBytes: storedBytes(context, name) }),
  ...(kmsKeyId !== undefined && { kmsKeyId }),
  logGroupClass: 'STANDARD',
  logGroupArn: arnOf(context, name),
  ...(!byPattern && { deletionProtectionEnabled: false }),
});

const byName = (one: LogGroup, other: LogGroup): number => (one.name < other.name ? -1 : 1);

const matching = ({ logs }: LogsContext, input: Input): readonly LogGroup[] => {
  const [prefix, pattern] = [readString(input, 'logGroupNamePrefix'), readString(input, 'logGroupNamePattern')];
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter('LogGroup name prefix and LogGroup name pattern are mutually exclusive parameters.');
  }
  const names = new Set(readStrings(input, 'logGroupIdentifiers').map(nameIn));
  return [...logs.state.groups.values()]
    .filter(({ name }) => name.startsWith(prefix ?? '') && (names.size === 0 || names.has(name)))
    .filter(({ name }) => name.toLowerCase().includes((pattern ?? '').toLowerCase()))
    .sort(byName);
};

const refuseUnknown = (input: Input): void => {
  const logGroupClass = readString(input, 'logGroupClass') ?? 'STANDARD';
  if (logGroupClass !== 'STANDARD') {
    throw invalidParameter(`logGroupClass ${logGroupClass} is not emulated: EMF and metric filters need STANDARD`);
  }
  if (readBoolean(input, 'deletionProtectionEnabled')) {
    throw invalidParameter('deletionProtectionEnabled is not emulated: leave it out, or delete groups with care');
  }
};

export const groupOperations: Readonly<Record<string, LogsOperation>> = {
  CreateLogGroup: (context, input) => {
    const name = readGroupName(input);
    if (/^aws\//i.test(name)) throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
    refuseUnknown(input);
    const kmsKeyId = readText(input, 'kmsKeyId', 256);
    if (context.logs.state.groups.has(name)) throw alreadyExists('The specified log group already exists');
    const group = {
      ...{ name, createdAt: context.now(), tags: readTags(input), metricFilters: {} },
      ...(kmsKeyId !== undefined && { kmsKeyId }),
    };
    context.logs.commit({ kind: 'group', group });
    return {};
  },
  DeleteLogGroup: (context, input) => {
    const { name } = groupNamed(context, readGroupName(input));
    context.logs.deleteGroup(name);
    return {};
  },
  DescribeLogGroups: (context, input) => {
    const { page, ...next } = pageOf(matching(context, input), input, { most: 50 });
    const byPattern = readString(input, 'logGroupNamePattern') !== undefined;
    return { logGroups: page.map((group) => rendered(context, group, byPattern)), ...next };
  },
  ListLogGroups: (context, input) => {
    const { page, ...next } = pageOf(matchingAny(context, input), input, { most: 1000 });
    return {
      logGroups: page.map(({ name }) => ({
        logGroupName: name,
        logGroupArn: arnOf(context, name),
        logGroupClass: 'STANDARD',
      })),
      ...next,
    };
  },
  PutRetentionPolicy: (context, input) => {
    const group = groupNamed(context, readGroupName(input));
    const retentionDays = readInteger(input, 'retentionInDays');
    if (retentionDays === undefined || !retentions.includes(retentionDays)) {
      throw invalidParameter(
        `1 validation error detected: Value '${retentionDays}' at 'retentionInDays' failed to satisfy constraint: Member must satisfy enum value set: [${retentions.join(', ')}]`,
      );
    }
    context.logs.commit({ kind: 'group', group: { ...group, retentionDays } });
    return {};
  },
  DeleteRetentionPolicy: (context, input) => {
    const { retentionDays: _, ...group } = groupNamed(context, readGroupName(input));
    context.logs.commit({ kind: 'group', group });
    return {};
  },
};

const namePattern = '(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}';
const isNamePattern = new RegExp(`^(?:${namePattern})$`);

/** ListLogGroups takes up to five parts between `|`, each at the start with `^`, anywhere without. */
const matchingAny = ({ logs }: LogsContext, input: Input): readonly LogGroup[] => {
  const pattern = readString(input, 'logGroupNamePattern');
  if (pattern !== undefined && !isNamePattern.test(pattern)) {
    throw invalidParameter(
      constraint(pattern, 'logGroupNamePattern', `satisfy regular expression pattern: ${namePattern}`),
    );
  }
  const parts = (pattern ?? '').split('|');
  const isLike = (name: string, part: string): boolean =>
    part.startsWith('^') ? name.startsWith(part.slice(1)) : name.includes(part);
  return [...logs.state.groups.values()].filter(({ name }) => parts.some((part) => isLike(name, part))).sort(byName);
};
