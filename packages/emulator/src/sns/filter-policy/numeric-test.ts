import { malformed } from './filter-policy-error.ts';

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
};

type Comparison = (value: number, bound: number) => boolean;

/** Event Ruler's name of a token; the end of the list is one too. */
const tokenOf = (list: readonly unknown[], index: number): string => {
  if (index >= list.length) return ']';
  const value = list[index];
  if (Array.isArray(value)) return '[';
  return typeof value === 'object' && value !== null ? '{' : String(value);
};

/** The operands of `numeric`: `["=", 1]`, one bound, or a lower bound and an upper one. @throws FilterPolicyError */
export const numericTest = (operand: unknown): ((value: unknown) => boolean) => {
  if (!Array.isArray(operand)) throw malformed('Value of numeric must be an array.');
  const [operator, bound] = operand;
  if (typeof operator !== 'string') throw malformed(`Invalid member in numeric match: ${tokenOf(operand, 0)}`);
  const compare = comparisons[operator];
  if (compare === undefined) throw malformed(`Unrecognized numeric range operator: ${operator}`);
  const first = boundOf(operator === '=' ? 'equals' : operator, bound);
  const isLower = operator === '>' || operator === '>=';
  if (!isLower && operand.length > 2) throw malformed('Too many elements in numeric expression');
  const upper = isLower && operand.length > 2 ? upperTest(operand, first) : () => true;
  return (value) => typeof value === 'number' && compare(value, first) && upper(value);
};

const boundOf = (name: string, bound: unknown): number => {
  if (typeof bound === 'number') return bound;
  throw malformed(`Value of ${name} must be numeric`);
};

const upperTest = (operand: readonly unknown[], bottom: number): ((value: number) => boolean) => {
  const operator = operand[2];
  if (typeof operator !== 'string') throw malformed(`Bad value in numeric range: ${tokenOf(operand, 2)}`);
  const compare: Comparison | undefined = operator.startsWith('<') ? comparisons[operator] : undefined;
  if (compare === undefined) throw malformed(`Bad numeric range operator: ${operator}`);
  const top = boundOf(operator, operand[3]);
  if (operand.length > 4) throw malformed('Too many terms in numeric range expression');
  if (bottom >= top) throw malformed('Bottom must be less than top');
  return (value) => compare(value, top);
};
