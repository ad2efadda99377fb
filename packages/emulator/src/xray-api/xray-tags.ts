import { type Input, readObjects, readString, readStrings } from '../service-api/input.ts';
import type { XrayContext } from './xray-context.ts';
import { resourceNotFound } from './xray-errors.ts';

type Tags = Readonly<Record<string, string>>;

export const readTags = (input: Input): Tags =>
  Object.fromEntries(
    readObjects(input, 'Tags').map((tag) => [readString(tag, 'Key') ?? '', readString(tag, 'Value') ?? '']),
  );

const tagsOf = ({ state }: XrayContext, arn: string): Tags => {
  const tagged = state.groups.get(arn) ?? state.rules.get(arn);
  if (tagged === undefined) throw resourceNotFound(`${arn} does not exist`);
  return tagged.tags;
};

const change = ({ state, commit }: XrayContext, arn: string, tags: Tags): Record<string, never> => {
  const group = state.groups.get(arn);
  const record = state.rules.get(arn);
  if (group !== undefined) commit({ kind: 'group', group: { ...group, tags } });
  else if (record !== undefined) commit({ kind: 'rule', record: { ...record, tags } });
  return {};
};

const arnOf = (input: Input): string => readString(input, 'ResourceARN') ?? '';

export const xrayTagOperations: Readonly<Record<string, (context: XrayContext, input: Input) => unknown>> = {
  TagResource: (context, input) =>
    change(context, arnOf(input), { ...tagsOf(context, arnOf(input)), ...readTags(input) }),
  UntagResource: (context, input) => {
    const gone = new Set(readStrings(input, 'TagKeys'));
    const kept = Object.entries(tagsOf(context, arnOf(input))).filter(([key]) => !gone.has(key));
    return change(context, arnOf(input), Object.fromEntries(kept));
  },
  ListTagsForResource: (context, input) => ({
    Tags: Object.entries(tagsOf(context, arnOf(input))).map(([Key, Value]) => ({ Key, Value })),
  }),
};
