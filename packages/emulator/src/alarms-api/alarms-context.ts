import { type AlarmIdentity, alarmArn, nameOf, STATE_VALUES } from '@voice-campaign/cloudwatch-engine/alarms';
import type { AlarmService } from '../alarms/alarm-service.ts';
import type { StoredAlarm } from '../alarms/alarm-store.ts';
import { constraint, readWord } from '../service-api/constraint.ts';
import { type Input, readInteger, readObjects, readString, readStrings } from '../service-api/input.ts';
import { isReserved } from '../service-api/reserved-tags.ts';
import { invalidNextToken, resourceNotFoundException, validationError } from './alarm-errors.ts';

export type AlarmsContext = {
  readonly alarms: AlarmService;
  readonly identity: AlarmIdentity;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** What else an ARN may name that has tags. */
  readonly tagged: (arn: string) => Tagged | undefined;
};

type Tags = Readonly<Record<string, string>>;
export type Tagged = { readonly tags: Tags; readonly change: (tags: Tags) => void };

export type AlarmsOperation = (context: AlarmsContext, input: Input) => unknown;

/** Alarm names in one request. */
const mostNames = 100;

/** Of a resource (TagResource). */
const mostTags = 50;

export const arnOf = ({ identity }: AlarmsContext, name: string): string => alarmArn(identity, name);

/** @throws ServiceError ResourceNotFoundException. */
export const alarmNamed = ({ alarms }: AlarmsContext, name: string): StoredAlarm => {
  const found = alarms.store.alarms.get(nameOf(name));
  if (found === undefined) throw resourceNotFoundException(`Alarm ${name} does not exist`);
  return found;
};

/** AlarmNames of a request, 100 at most. @throws ServiceError ValidationError. */
export const readNames = (input: Input): readonly string[] => {
  const names = readStrings(input, 'AlarmNames');
  if (names.length <= mostNames) return names;
  const must = `have length less than or equal to ${mostNames}`;
  throw validationError(constraint(`[${names.join(', ')}]`, 'alarmNames', must));
};

/** StateValue; errors were recorded to list the values in this order. @throws ServiceError ValidationError. */
export const readState = (input: Input) => readWord(input, 'StateValue', STATE_VALUES.toReversed(), validationError);

/** @throws ServiceError ValidationError. */
export const readTags = (input: Input): Record<string, string> => {
  const tags = readObjects(input, 'Tags').map((tag) => [readString(tag, 'Key') ?? '', readString(tag, 'Value') ?? '']);
  const wrong = tags.find(([key = '', value = '']) => key === '' || key.length > 128 || value.length > 256);
  if (wrong !== undefined || tags.length > mostTags) {
    throw validationError(
      `Tags: at most ${mostTags}, with keys of 1 to 128 characters and values of up to 256 (${wrong?.[0] ?? tags.length})`,
    );
  }
  const reserved = tags.find(([key = '']) => isReserved(key));
  if (reserved !== undefined)
    throw validationError(`Tags: ${reserved[0]} has the prefix aws:, which is reserved for AWS`);
  return Object.fromEntries(tags);
};

/** The page of a list that MaxRecords (at most `most`) and NextToken ask for. @throws ServiceError. */
export const pageOf = <T>(all: readonly T[], input: Input, most = 100) => {
  const limit = readInteger(input, 'MaxRecords') ?? Math.min(50, most);
  if (limit < 1 || limit > most) {
    const must = limit < 1 ? 'greater than or equal to 1' : `less than or equal to ${most}`;
    throw validationError(constraint(String(limit), 'maxRecords', `have value ${must}`));
  }
  const token = readString(input, 'NextToken');
  if (token !== undefined && !/^\d{1,12}$/.test(token)) throw invalidNextToken();
  const from = Number(token ?? 0);
  const next = from + limit;
  return { page: all.slice(from, next), next: next < all.length ? { NextToken: String(next) } : {} };
};
