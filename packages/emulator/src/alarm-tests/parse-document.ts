import { type CollectionTag, parse, type ScalarTag, type Tags, type YAMLMap, type YAMLSeq } from 'yaml';

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

const functionTags = [
  ...functions.flatMap((name) => tagsOf(name, `Fn::${name}`)),
  ...['Ref', 'Condition'].flatMap((name) => tagsOf(name, name)),
];

const NUMBERS = ['tag:yaml.org,2002:int', 'tag:yaml.org,2002:float'];

/** To YAML `0x5` is 5, which a series means as five samples of 0, and 012345678901 an account without its zero. */
const plainNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => typeof value === 'number',
  test: /^-?\d+(?:\.\d+)?$/,
  resolve: (text) => (String(Number(text)) === text ? Number(text) : text),
};

const customTags = (tags: Tags): Tags => [
  ...tags.filter((tag) => typeof tag === 'string' || !NUMBERS.includes(tag.tag)),
  plainNumber,
  ...functionTags,
];

/**
 * YAML, JSON among it, with CloudFormation's short forms of functions in their long ones. What does not read as it would be
 * printed as a number (`0x5`, `007`, `1.10`) is a text. @throws YAMLParseError with line and column.
 */
export const parseDocument = (text: string): unknown => parse(text, { customTags, logLevel: 'error' });
