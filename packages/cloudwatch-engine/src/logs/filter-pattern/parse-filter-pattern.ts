import type { Comparison, DelimitedField, FilterPattern, JsonLeaf, Term } from './filter-pattern.ts';
import {
  atEnd,
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
import { readComparison, readCondition } from './read-condition.ts';
import { isAny, readSelector } from './read-selector.ts';

// Limits of the user guide, Filter pattern syntax, and of the API reference.
const longest = 1024;
const mostRegexes = 2;
const mostWildcards = 3;

/**
 * Reads a filter pattern: terms, `{ $.json = "conditions" }` or `[space, delimited, fields]`.
 * @throws FilterPatternError that names the character and what may stand there.
 */
export const parseFilterPattern = (text: string): FilterPattern => {
  if (text.length > longest) {
    throw new FilterPatternError(`the pattern has ${text.length} characters, of which ${longest} are allowed`, longest);
  }
  const reader: PatternReader = { text, at: 0, regexes: 0, wildcards: 0, depth: 0 };
  skipSpace(reader);
  if (atEnd(reader)) return { kind: 'all' };
  const next = text[reader.at];
  if (next !== '{' && next !== '[') return readTerms(reader);
  const pattern = next === '{' ? readJson(reader) : readDelimited(reader);
  skipSpace(reader);
  if (!atEnd(reader)) throw unexpected(reader, 'the end');
  if (reader.regexes > mostRegexes) {
    throw new FilterPatternError(
      `there are ${reader.regexes} expressions between %, of which ${mostRegexes} are allowed`,
      0,
    );
  }
  if (reader.wildcards > mostWildcards) {
    throw new FilterPatternError(`there are ${reader.wildcards} wildcards, of which ${mostWildcards} are allowed`, 0);
  }
  return pattern;
};

const readTerms = (reader: PatternReader): FilterPattern => {
  const terms = { required: [] as Term[], optional: [] as Term[], excluded: [] as Term[] };
  while (!atEnd(reader)) {
    const sign = takeMatch(reader, /[?-]/y);
    const term = readTerm(reader);
    if (sign === '?') terms.optional.push(term);
    else if (sign === '-') terms.excluded.push(term);
    else terms.required.push(term);
    skipSpace(reader);
  }
  return { kind: 'terms', ...terms };
};

const readTerm = (reader: PatternReader): Term => {
  const from = reader.at;
  const next = reader.text[from];
  if (next === '"') return { kind: 'text', text: readQuoted(reader) };
  if (next === '%') return readRegex(reader);
  const text = takeMatch(reader, /\S+/y);
  if (text === undefined) throw unexpected(reader, 'a term');
  if (!/^[\p{L}\p{N}_]+$/u.test(text)) {
    throw new FilterPatternError(`Invalid character(s) in term '${text}': put it in double quotes`, from);
  }
  return { kind: 'text', text };
};

const readJson = (reader: PatternReader): FilterPattern => {
  expectToken(reader, '{');
  const condition = readCondition(reader, () => readLeaf(reader));
  expectToken(reader, '}');
  return { kind: 'json', condition };
};

const readLeaf = (reader: PatternReader): JsonLeaf => {
  const selector = readSelector(reader);
  if (selector.some(isAny)) reader.wildcards += 1;
  skipSpace(reader);
  const word = takeMatch(reader, /(?:IS\s+(?:NULL|TRUE|FALSE)|NOT\s+EXISTS)(?![\w])/iy)?.toUpperCase();
  if (word === undefined) return { selector, ...readJsonComparison(reader) };
  if (word.startsWith('NOT')) return { kind: 'not-exists', selector };
  return { kind: 'is', selector, what: word.endsWith('NULL') ? 'NULL' : word.endsWith('TRUE') ? 'TRUE' : 'FALSE' };
};

const readJsonComparison = (reader: PatternReader): Comparison => {
  const from = reader.at;
  const comparison = readComparison(reader);
  if (/(?<!\S)[=!<>]+\s*null$/.test(reader.text.slice(from, reader.at))) {
    throw new FilterPatternError('null compares with nothing: write IS NULL, or "null" for the text', from);
  }
  return comparison;
};

const readDelimited = (reader: PatternReader): FilterPattern => {
  expectToken(reader, '[');
  const fields: DelimitedField[] = [];
  let ellipsisAt: number | undefined;
  if (takes(reader, ']')) return { kind: 'delimited', fields, ellipsisAt: 0 };
  do {
    skipSpace(reader);
    const at = reader.at;
    if (takes(reader, '...')) {
      if (ellipsisAt !== undefined) throw new FilterPatternError("Duplicate field '...'", at);
      ellipsisAt = fields.length;
      continue;
    }
    const field = readField(reader);
    if (fields.some(({ name }) => name === field.name)) {
      throw new FilterPatternError(`Duplicate field '${field.name}'`, at);
    }
    fields.push(field);
  } while (takes(reader, ','));
  expectToken(reader, ']');
  return { kind: 'delimited', fields, ...(ellipsisAt !== undefined && { ellipsisAt }) };
};

const readField = (reader: PatternReader): DelimitedField => {
  skipSpace(reader);
  const from = reader.at;
  takeMatch(reader, /[(\s]+/y);
  const name = takeMatch(reader, /\w+/y);
  if (name === undefined) throw unexpected(reader, 'the name of a field or ...');
  skipSpace(reader);
  if (reader.text[from] !== '(' && /^[,\]]?$/.test(reader.text[reader.at] ?? '')) return { name };
  reader.at = from;
  const condition = readCondition(reader, () => {
    skipSpace(reader);
    const at = reader.at;
    const other = takeMatch(reader, /\w+/y);
    if (other !== undefined && other !== name) {
      throw new FilterPatternError(
        `the conditions of field ${name} speak of ${other}: a field has conditions of its own`,
        at,
      );
    }
    return readComparison(reader);
  });
  return { name, condition };
};
