import { type Comparison, type Condition, operators, type Value } from './filter-pattern.ts';
import {
  deeper,
  expectToken,
  FilterPatternError,
  type PatternReader,
  readQuoted,
  readRegex,
  skipSpace,
  takeMatch,
  takes,
  unexpected,
} from './pattern-reader.ts';

/** Conditions joined by `&&` and `||`, in brackets or not; `readLeaf` reads one of them. */
export const readCondition = <Leaf>(reader: PatternReader, readLeaf: () => Leaf): Condition<Leaf> => {
  const readOne = (): Condition<Leaf> => {
    if (!takes(reader, '(')) return readLeaf();
    const inner = deeper(reader, readOr);
    expectToken(reader, ')');
    return inner;
  };
  const readAnd = (): Condition<Leaf> => {
    let left = readOne();
    while (takes(reader, '&&')) left = { kind: 'and', left, right: readOne() };
    return left;
  };
  const readOr = (): Condition<Leaf> => {
    let left = readAnd();
    while (takes(reader, '||')) left = { kind: 'or', left, right: readAnd() };
    return left;
  };
  return readOr();
};

/** An operator and what to compare with. */
export const readComparison = (reader: PatternReader): Comparison => {
  const operator = operators.find((each) => takes(reader, each));
  if (operator === undefined) throw unexpected(reader, operators.join(' '));
  skipSpace(reader);
  const at = reader.at;
  const value = readValue(reader);
  if (operator !== '=' && operator !== '!=' && value.kind !== 'number') {
    throw new FilterPatternError(`${operator} compares with a number`, at);
  }
  return { kind: 'compare', operator, value };
};

const numeric = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

const readValue = (reader: PatternReader): Value => {
  const next = reader.text[reader.at];
  if (next === '"') return { kind: 'text', text: readQuoted(reader) };
  if (next === '%') return readRegex(reader);
  const text = takeMatch(reader, /[^\s"%(){}[\],=<>!&|]+/y);
  if (text === undefined)
    throw unexpected(reader, 'a number, a word, a text in double quotes or an expression between %');
  return numeric.test(text) ? { kind: 'number', number: Number(text), text } : { kind: 'text', text };
};
