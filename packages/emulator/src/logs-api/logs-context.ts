import type { LogGroup } from '../logs/log-groups.ts';
import type { LogService } from '../logs/logs.ts';
import { constraint } from '../service-api/constraint.ts';
import { type Input, readString } from '../service-api/input.ts';
import { invalidParameter, notFound, validationError } from './logs-errors.ts';

export type LogsContext = {
  readonly logs: LogService;
  readonly region: string;
  readonly accountId: string;
  /** Of the emulator's clock, epoch milliseconds. */
  readonly now: () => number;
  readonly newId: () => string;
  /** Told of queries that failed, of which AWS gives no reason. */
  readonly warn: (message: string) => void;
};

/** Instants are epoch milliseconds, as numbers, in this service's inputs and outputs. */
export type LogsOperation = (context: LogsContext, input: Input) => unknown;

export const arnOf = ({ region, accountId }: LogsContext, logGroup: string): string =>
  `arn:aws:logs:${region}:${accountId}:log-group:${logGroup}`;

/** The name in a log group's ARN, with or without `:*` at its end; what is no ARN is a name already. */
export const nameIn = (identifier: string): string =>
  /^arn:[^:]+:logs:[^:]*:[^:]*:log-group:([^:]+)(:\*)?$/.exec(identifier)?.[1] ?? identifier;

/** A text of at most so many characters. @throws ServiceError InvalidParameterException. */
export const readText = (input: Input, member: string, most: number): string | undefined => {
  const text = readString(input, member);
  if (text === undefined || text.length <= most) return text;
  throw invalidParameter(constraint(text, member, `have length less than or equal to ${most}`));
};

/** A text of 1 to `most` characters without some. @throws ServiceError InvalidParameterException. */
export const readName = (input: Input, member: string, forbidden: string, most: number): string => {
  const name = readText(input, member, most) ?? '';
  if (name === '') throw empty(member);
  if (![...forbidden].some((character) => name.includes(character))) return name;
  throw notLike(name, member, `[^${forbidden}]*`);
};

const notLike = (name: string, member: string, pattern: string) =>
  invalidParameter(constraint(name, member, `satisfy regular expression pattern: ${pattern}`));

const empty = (member: string) => invalidParameter(constraint('', member, 'have length greater than or equal to 1'));

const longestName = 512;

/** Recorded: not in the words that there are for other members. */
const refuseLong = (name: string): void => {
  if (name.length <= longestName) return;
  throw invalidParameter(`Invalid LogGroup or LogStream, both must have length less than or equal to ${longestName}.`);
};

/** @throws ServiceError InvalidParameterException for a name that is missing, too long or of other characters. */
export const readGroupName = (input: Input, member = 'logGroupName'): string => {
  const name = readString(input, member) ?? '';
  refuseLong(name);
  if (name === '') throw empty(member);
  if (/^[.\-_/#A-Za-z0-9]+$/.test(name)) return name;
  throw notLike(name, member, '[\\.\\-_/#A-Za-z0-9]+');
};

/** @throws ServiceError InvalidParameterException for a name that is missing, too long or contains : or *. */
export const readStreamName = (input: Input): string => {
  const name = readString(input, 'logStreamName') ?? '';
  refuseLong(name);
  if (name === '') throw empty('logStreamName');
  if (/^[^:*]+$/.test(name)) return name;
  throw notLike(name, 'logStreamName', '[^:*]*');
};

/** @throws ServiceError ResourceNotFoundException. */
export const groupNamed = ({ logs }: LogsContext, name: string): LogGroup => {
  const group = logs.state.groups.get(name);
  if (group === undefined) throw notFound('The specified log group does not exist.');
  return group;
};

/** The group of `logGroupName` or `logGroupIdentifier`. @throws ServiceError where not exactly one is given, or it is not there. */
export const readGroup = (context: LogsContext, input: Input): LogGroup => {
  const [name, identifier] = [readString(input, 'logGroupName'), readString(input, 'logGroupIdentifier')];
  if (name === undefined && identifier === undefined) {
    throw invalidParameter('Exactly one of logGroupName and logGroupIdentifier must be given');
  }
  if (name !== undefined && identifier !== undefined) {
    throw validationError('LogGroup name and LogGroup ARN are mutually exclusive parameters.');
  }
  return groupNamed(context, identifier === undefined ? readGroupName(input) : nameIn(identifier));
};
