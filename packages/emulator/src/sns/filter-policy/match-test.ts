import { cidrTest } from './cidr-test.ts';
import { malformed } from './filter-policy-error.ts';
import { numericTest } from './numeric-test.ts';

type Test = (value: unknown) => boolean;

const isScalar = (value: unknown): boolean =>
  value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

/** One condition on a value, or on there being none. @throws FilterPolicyError in the words of AWS's Event Ruler. */
export const compileMatchTest = (condition: unknown): Test | 'absence' => {
  if (isScalar(condition)) return (value) => value === condition;
  if (typeof condition !== 'object' || condition === null || Array.isArray(condition)) {
    throw malformed('Match value must be String, number, true, false, or null');
  }
  const [member, ...others] = Object.entries(condition);
  if (member === undefined) throw malformed('Match expression name not found');
  const test = compileOperator(...member);
  if (others.length > 0) throw malformed('Only one key allowed in match expression');
  return test;
};

const compileOperator = (operator: string, operand: unknown): Test | 'absence' => {
  if (operator === 'exists') return existsTest(operand);
  if (operator === 'numeric') return numericTest(operand);
  if (operator === 'anything-but') {
    const excluded = excludedTest(operand);
    return (value) => !excluded(value);
  }
  const compile = Object.hasOwn(textOperators, operator) ? textOperators[operator] : undefined;
  if (compile === undefined) throw malformed(`Unrecognized match type ${operator}`);
  // AWS's own slip: it says of a CIDR block what it says of a prefix.
  if (typeof operand !== 'string') {
    throw malformed(`${operator === 'cidr' ? 'prefix' : operator} match pattern must be a string`);
  }
  const test = compile(operand);
  return (value) => typeof value === 'string' && test(value);
};

const existsTest = (operand: unknown): Test | 'absence' => {
  if (typeof operand !== 'boolean') throw malformed('exists match pattern must be either true or false.');
  return operand ? () => true : 'absence';
};

/** In time linear in text and pattern: greedy from the left, as only `*` is special. */
const wildcardTest = (pattern: string): ((text: string) => boolean) => {
  const parts = pattern.split('*');
  const [first = '', last = ''] = [parts[0], parts.at(-1)];
  return (text) => {
    if (parts.length === 1) return text === pattern;
    if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
    let from = first.length;
    for (const part of parts.slice(1, -1)) {
      const at = text.indexOf(part, from);
      if (at < 0 || at + part.length > text.length - last.length) return false;
      from = at + part.length;
    }
    return true;
  };
};

const textOperators: Readonly<Record<string, (operand: string) => (text: string) => boolean>> = {
  exactly: (operand) => (text) => text === operand,
  prefix: (operand) => (text) => text.startsWith(operand),
  suffix: (operand) => (text) => text.endsWith(operand),
  'equals-ignore-case': (operand) => (text) => text.toLowerCase() === operand.toLowerCase(),
  wildcard: wildcardTest,
  cidr: cidrTest,
};

/** What `anything-but` does not accept. */
const excludedTest = (operand: unknown): Test => {
  if (typeof operand === 'string' || typeof operand === 'number') return (value) => value === operand;
  if (Array.isArray(operand)) return excludedList(operand);
  if (typeof operand !== 'object' || operand === null) {
    throw malformed('Value of anything-but must be an array or single string/number value.');
  }
  const [[operator, inner] = [], ...others] = Object.entries(operand);
  if (operator === undefined) throw malformed('Anything-But expression name not found');
  if (operator !== 'prefix') throw malformed(`Unsupported anything-but pattern: ${operator}`);
  if (typeof inner !== 'string') throw malformed('prefix match pattern must be a string');
  if (others.length > 0) throw malformed('Only one key allowed in match expression');
  return (value) => typeof value === 'string' && value.startsWith(inner);
};

const excludedList = (list: readonly unknown[]): Test => {
  const types = new Set(list.map((each) => typeof each));
  if ([...types].some((type) => type !== 'string' && type !== 'number')) {
    throw malformed('Inside anything but list, start|null|boolean is not supported.');
  }
  if (types.size !== 1) {
    throw malformed('Inside anything but list, either all values are number or string, mixed type is not supported');
  }
  return (value) => list.includes(value);
};
