import { type CollectionTag, parse, type ScalarTag, type YAMLMap, type YAMLSeq } from 'yaml';

const functions = [
  ...['And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or'],
  ...['Select', 'Split', 'Sub', 'ToJsonString', 'Transform', 'GetAtt'],
];

/** `!Sub x` is `{ 'Fn::Sub': x }` (CloudFormation user guide, Intrinsic functions); `!Ref` and `!Condition` have no prefix. */
const tagsOf = (short: string, full: string): (ScalarTag | CollectionTag)[] => [
  { tag: `!${short}`, resolve: (text: string) => ({ [full]: text }) },
  { tag: `!${short}`, collection: 'seq', resolve: (list: YAMLSeq | YAMLMap) => ({ [full]: list.toJSON() }) },
  { tag: `!${short}`, collection: 'map', resolve: (map: YAMLSeq | YAMLMap) => ({ [full]: map.toJSON() }) },
];

const customTags = [
  ...functions.flatMap((name) => tagsOf(name, `Fn::${name}`)),
  ...['Ref', 'Condition'].flatMap((name) => tagsOf(name, name)),
];

/**
 * YAML, JSON among it, with CloudFormation's short forms of functions in their long ones.
 * @throws YAMLParseError with line and column.
 */
export const parseDocument = (text: string): unknown => parse(text, { customTags, logLevel: 'error' });
