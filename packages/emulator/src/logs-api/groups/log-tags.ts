import { constraint } from '../../service-api/constraint.ts';
import { type Input, readObject, readString, readStrings } from '../../service-api/input.ts';
import { isReserved } from '../../service-api/reserved-tags.ts';
import { groupNamed, type LogsContext, type LogsOperation, nameIn, readGroupName } from '../logs-context.ts';
import { invalidParameter, tooManyTags } from '../logs-errors.ts';

const mostTags = 50;

/** Letters, white space and digits of any language, and _ . : / = + - @ (API reference, TagResource). */
const isKey = (key: string): boolean => /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,128}$/u.test(key);
const isValue = (value: unknown): value is string =>
  typeof value === 'string' && /^[\p{L}\p{Z}\p{N}_.:/=+\-@]{0,256}$/u.test(value);

/** The tags of a request, 50 at most. @throws ServiceError for tags that CloudWatch Logs refuses. */
export const readTags = (input: Input): Record<string, string> => {
  const given = Object.entries(readObject(input, 'tags'));
  if (given.length > mostTags) {
    const text = `{${given.map(([key, value]) => `${key}=${String(value)}`).join(', ')}}`;
    throw invalidParameter(constraint(text, 'tags', `have length less than or equal to ${mostTags}`));
  }
  return Object.fromEntries(
    given.map(([key, value]) => {
      if (isReserved(key)) throw invalidParameter(`Tag ${JSON.stringify(key)}: the prefix aws: is reserved for AWS`);
      if (isKey(key) && isValue(value)) return [key, value];
      throw invalidParameter(
        `Tag ${JSON.stringify(key)}: keys have 1 to 128 letters, digits, spaces and _ . : / = + - @, values at most 256`,
      );
    }),
  );
};

const groupOfArn = (context: LogsContext, input: Input) =>
  groupNamed(context, nameIn(readString(input, 'resourceArn') ?? ''));

const change = (
  context: LogsContext,
  group: ReturnType<typeof groupNamed>,
  tags: Readonly<Record<string, string>>,
): Record<string, never> => {
  if (Object.keys(tags).length > mostTags) throw tooManyTags(`A log group has at most ${mostTags} tags`);
  context.logs.commit({ kind: 'group', group: { ...group, tags } });
  return {};
};

const without = (tags: Readonly<Record<string, string>>, keys: readonly string[]): Record<string, string> =>
  Object.fromEntries(Object.entries(tags).filter(([key]) => !keys.includes(key)));

/** TagLogGroup and its kin are the older calls, by name. */
export const tagOperations: Readonly<Record<string, LogsOperation>> = {
  TagResource: (context, input) => {
    const group = groupOfArn(context, input);
    return change(context, group, { ...group.tags, ...readTags(input) });
  },
  UntagResource: (context, input) => {
    const group = groupOfArn(context, input);
    return change(context, group, without(group.tags, readStrings(input, 'tagKeys')));
  },
  ListTagsForResource: (context, input) => ({ tags: new Map(Object.entries(groupOfArn(context, input).tags)) }),
  TagLogGroup: (context, input) => {
    const group = groupNamed(context, readGroupName(input));
    return change(context, group, { ...group.tags, ...readTags(input) });
  },
  UntagLogGroup: (context, input) => {
    const group = groupNamed(context, readGroupName(input));
    return change(context, group, without(group.tags, readStrings(input, 'tags')));
  },
  ListTagsLogGroup: (context, input) => ({
    tags: new Map(Object.entries(groupNamed(context, readGroupName(input)).tags)),
  }),
};
