import { malformed } from './filter-policy-error.ts';
import { compileMatchTest } from './match-test.ts';

/** What a policy asks of the values at one place in a message. */
export type Rule = {
  /** Keys joined by dots, as a key with dots in it is a path as well. */
  readonly path: string;
  /** One of them has to accept a value. */
  readonly tests: readonly ((value: unknown) => boolean)[];
  readonly acceptsAbsence: boolean;
};

type PolicyNode =
  | { readonly kind: 'rule'; readonly rule: Rule; readonly values: number; readonly depth: number }
  | { readonly kind: 'or'; readonly branches: readonly (readonly PolicyNode[])[] };

type Json = Readonly<Record<string, unknown>>;

const isJson = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value);

/** AWS's names of what stands in conditions, which may thus not name a property beside `$or`. */
const reserved = new Set([
  'exactly',
  'prefix',
  'suffix',
  'numeric',
  'anything-but',
  'exists',
  'cidr',
  'equals-ignore-case',
  'wildcard',
]);

/** The texts are those of AWS's Event Ruler, whose first complaint is the one that is told. @throws FilterPolicyError */
export const parsePolicy = (policy: unknown): readonly PolicyNode[] => {
  if (!isJson(policy)) throw malformed('Filter is not an object');
  return Object.entries(policy).flatMap(([key, rule]) => parseMember(key, rule, [], false));
};

const parseObject = (policy: Json, steps: readonly string[], inOr: boolean): readonly PolicyNode[] => {
  const members = Object.entries(policy);
  if (members.length === 0) throw malformed('Empty objects are not allowed');
  return members.flatMap(([key, rule]) => parseMember(key, rule, steps, inOr));
};

const parseMember = (key: string, rule: unknown, steps: readonly string[], inOr: boolean): readonly PolicyNode[] => {
  if (key === '$or') return [{ kind: 'or', branches: parseOr(rule, steps) }];
  if (inOr && reserved.has(key)) throw malformed(`${key} is Ruler reserved fieldName which cannot be used inside $or.`);
  const path = [...steps, key];
  if (Array.isArray(rule)) {
    return [{ kind: 'rule', rule: parseRule(path.join('.'), rule), values: rule.length, depth: path.length }];
  }
  if (!isJson(rule)) throw malformed(`"${key}" must be an object or an array`);
  return parseObject(rule, path, inOr);
};

const parseOr = (rule: unknown, steps: readonly string[]): readonly (readonly PolicyNode[])[] => {
  if (!Array.isArray(rule)) throw malformed('It must be an Array followed with $or.');
  const branches = rule.map((branch: unknown) => {
    if (!isJson(branch)) throw malformed('Only JSON object is allowed in array of $or relationship.');
    return parseObject(branch, steps, true);
  });
  if (branches.length < 2) throw malformed('There must have at least 2 Objects in $or relationship.');
  return branches;
};

const parseRule = (path: string, conditions: readonly unknown[]): Rule => {
  const compiled = conditions.map(compileMatchTest);
  if (compiled.length === 0) throw malformed('Empty arrays are not allowed');
  return {
    path,
    tests: compiled.filter((test) => test !== 'absence'),
    acceptsAbsence: compiled.includes('absence'),
  };
};

/** Whether a property is looked for inside another. */
export const isNested = (nodes: readonly PolicyNode[]): boolean =>
  nodes.some((node) => (node.kind === 'rule' ? node.depth > 1 : node.branches.some(isNested)));

/** How many keys have conditions, in the branch that has most of them. */
export const keysIn = (nodes: readonly PolicyNode[]): number =>
  nodes.reduce((sum, node) => sum + (node.kind === 'rule' ? 1 : Math.max(...node.branches.map(keysIn))), 0);

/**
 * AWS's measure of complexity: the product of the numbers of values, each times how deep it is nested, and the sum over
 * the branches of `$or` (SNS developer guide, Filter policy constraints).
 */
export const combinationsIn = (nodes: readonly PolicyNode[]): number =>
  nodes.reduce((product, node) => {
    if (node.kind === 'rule') return product * node.values * node.depth;
    return product * node.branches.reduce((sum, branch) => sum + combinationsIn(branch), 0);
  }, 1);

/** The rules of each way in which a message may be accepted. */
export const branchesOf = (nodes: readonly PolicyNode[]): readonly (readonly Rule[])[] =>
  nodes.reduce<readonly (readonly Rule[])[]>(
    (before, node) => {
      const after = node.kind === 'rule' ? [[node.rule]] : node.branches.flatMap(branchesOf);
      return before.flatMap((rules) => after.map((more) => [...rules, ...more]));
    },
    [[]],
  );
