import { type Input, readObject, readString, readStrings } from '../../service-api/input.ts';
import { isReserved } from '../../service-api/reserved-tags.ts';
import { groupNamed, type LogsContext, type LogsOperation, nameIn, readGroupName } from '../logs-context.ts';
import { invalidParameter, tooManyTags } from '../logs-errors.ts';

const mostTags = 50;

/** The tags of a request. @throws ServiceError for a tag that CloudWatch Logs refuses. */
export const readTags = (input: Input): Record<string, string> =>
  Object.fromEntries(
    Object.entries(readObject(input, 'tags')).map(([key, value]) => {
      if (isReserved(key)) throw invalidParameter(`Tag ${JSON.stringify(key)}: the prefix aws: is reserved for AWS`);
      if (typeof value === 'string' && key.length >= 1 && key.length <= 128 && value.length <= 256) return [key, value];
      throw invalidParameter(`Tag ${JSON.stringify(key)}: keys have 1 to 128 characters, values at most 256`);
    }),
  );

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
