/** What a filter policy looks at: a value for each property, several where the property is an array. */
export type Filterable = Readonly<Record<string, unknown>>;

type Json = Readonly<Record<string, unknown>>;
type Matcher = (values: readonly unknown[]) => boolean;

/** A policy that SNS would refuse; the message is its reason. */
export class FilterPolicyError extends Error {
  override readonly name = 'FilterPolicyError';
}

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Whether a message is accepted by a subscription filter policy (SNS developer guide, Subscription filter policies).
 * `scope` decides on nesting, which only a policy over the message body may have. All operators of the guide are known.
 * @throws FilterPolicyError for a policy that SNS refuses.
 */
export const compileFilterPolicy = (
  policy: unknown,
  scope: 'MessageAttributes' | 'MessageBody',
): ((message: Filterable) => boolean) => {
  if (!isJson(policy)) throw new FilterPolicyError('Filter policy is not a JSON object');
  const keys = countKeys(policy);
  if (keys > 5) throw new FilterPolicyError(`Filter policy can not have more than 5 keys, it has ${keys}`);
  if (combinations(policy) > 150)
    throw new FilterPolicyError('Filter policy is too complex: more than 150 combinations');
  return compileObject(policy, scope === 'MessageBody');
};

const countKeys = (policy: Json): number =>
  Object.entries(policy).reduce((sum, [key, rule]) => {
    if (key === '$or' && Array.isArray(rule)) return sum + Math.max(0, ...rule.filter(isJson).map(countKeys));
    return sum + (isJson(rule) ? countKeys(rule) : 1);
  }, 0);

const combinations = (policy: Json): number =>
  Object.entries(policy).reduce((product, [key, rule]) => {
    if (key === '$or' && Array.isArray(rule)) {
      return product * rule.filter(isJson).reduce((sum, branch) => sum + combinations(branch), 0);
    }
    return product * (Array.isArray(rule) ? Math.max(1, rule.length) : isJson(rule) ? combinations(rule) : 1);
  }, 1);

const compileObject = (policy: Json, nested: boolean): ((message: Filterable) => boolean) => {
  const tests = Object.entries(policy).map(([key, rule]) => {
    if (key === '$or') return compileOr(rule, nested);
    if (Array.isArray(rule)) {
      const matcher = compileRule(key, rule);
      return (message: Filterable) => matcher(valuesOf(message, key));
    }
    if (!isJson(rule) || !nested) throw new FilterPolicyError(`"${key}" must be an object or an array`);
    const inner = compileObject(rule, true);
    return (message: Filterable) => objectsIn(message, key).some(inner);
  });
  return (message) => tests.every((test) => test(message));
};

const compileOr = (rule: unknown, nested: boolean): ((message: Filterable) => boolean) => {
  if (!Array.isArray(rule) || rule.length < 2 || !rule.every(isJson)) {
    throw new FilterPolicyError('"$or" must be an array of two objects at the least');
  }
  const branches = rule.map((branch) => compileObject(branch, nested));
  return (message) => branches.some((branch) => branch(message));
};

/** Properties of objects in an array count as the property's values. */
const objectsIn = (message: Filterable, key: string): Json[] => {
  const value: unknown = Object.hasOwn(message, key) ? message[key] : undefined;
  return (Array.isArray(value) ? value : [value]).filter(isJson);
};

const valuesOf = (message: Filterable, key: string): readonly unknown[] => {
  const value: unknown = Object.hasOwn(message, key) ? message[key] : undefined;
  if (value === undefined) return [];
  return Array.isArray(value) ? value : [value];
};

const compileRule = (key: string, rule: readonly unknown[]): Matcher => {
  if (rule.length === 0) throw new FilterPolicyError(`"${key}" must not be an empty array`);
  const matchers = rule.map((condition) => compileCondition(key, condition));
  return (values) => matchers.some((matcher) => matcher(values));
};

const some =
  (test: (value: unknown) => boolean): Matcher =>
  (values) =>
    values.some(test);

const textTest =
  (test: (text: string) => boolean) =>
  (value: unknown): boolean =>
    typeof value === 'string' && test(value);

const compileCondition = (key: string, condition: unknown): Matcher => {
  if (condition === null || ['string', 'number', 'boolean'].includes(typeof condition)) {
    return some((value) => value === condition);
  }
  const [[operator, operand] = [], ...others] = isJson(condition) ? Object.entries(condition) : [];
  if (operator === undefined || others.length > 0) throw new FilterPolicyError(`"${key}" has a malformed condition`);
  if (operator === 'exists' && typeof operand === 'boolean') return (values) => values.length > 0 === operand;
  if (operator === 'numeric') return some(numericTest(key, operand));
  if (operator === 'anything-but') {
    const excluded = anythingBut(key, operand);
    return (values) => values.length > 0 && values.some((value) => !excluded(value));
  }
  return some(textOperator(key, operator, operand));
};

const textOperator = (key: string, operator: string, operand: unknown): ((value: unknown) => boolean) => {
  if (typeof operand !== 'string') {
    throw new FilterPolicyError(`"${key}": ${operator} match pattern must be a string`);
  }
  switch (operator) {
    case 'prefix':
      return textTest((text) => text.startsWith(operand));
    case 'suffix':
      return textTest((text) => text.endsWith(operand));
    case 'equals-ignore-case':
      return textTest((text) => text.toLowerCase() === operand.toLowerCase());
    case 'wildcard':
      return textTest(wildcardTest(operand));
    case 'cidr':
      return textTest(cidrTest(key, operand));
  }
  throw new FilterPolicyError(`"${key}": unrecognized match type ${operator}`);
};

const anythingBut = (key: string, operand: unknown): ((value: unknown) => boolean) => {
  if (isJson(operand)) {
    const [[operator = '', inner] = []] = Object.entries(operand);
    const tests = (Array.isArray(inner) ? inner : [inner]).map((text) => textOperator(key, operator, text));
    return (value) => tests.some((test) => test(value));
  }
  const excluded = Array.isArray(operand) ? operand : [operand];
  return (value) => excluded.includes(value);
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

const cidrTest = (key: string, block: string): ((text: string) => boolean) => {
  const [network = '', bits = ''] = block.split('/');
  const base = ipv4(network);
  if (base === undefined || !/^\d+$/.test(bits) || Number(bits) > 32) {
    throw new FilterPolicyError(`"${key}": ${block} is no CIDR block of IPv4 (IPv6 is not emulated)`);
  }
  const size = 2 ** (32 - Number(bits));
  return (text) => {
    const address = ipv4(text);
    return address !== undefined && Math.floor(address / size) === Math.floor(base / size);
  };
};

const ipv4 = (text: string): number | undefined => {
  const bytes = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number);
  return bytes?.every((byte) => byte < 256) ? bytes.reduce((sum, byte) => sum * 256 + byte, 0) : undefined;
};

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

const numericTest = (key: string, operand: unknown): ((value: unknown) => boolean) => {
  const wrong = new FilterPolicyError(`"${key}": numeric takes ["=", 1], or bounds such as [">", 0, "<=", 5]`);
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) throw wrong;
  const tests: ((value: number) => boolean)[] = [];
  for (let index = 0; index < operand.length; index += 2) {
    const compare = comparisons[String(operand[index])];
    const bound: unknown = operand[index + 1];
    if (compare === undefined || typeof bound !== 'number') throw wrong;
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
};
