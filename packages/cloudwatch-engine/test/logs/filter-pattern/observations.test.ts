import { describe, expect, it } from 'vitest';
import { FilterPatternError, matchFilterPattern, parseFilterPattern } from '../../../src/logs.ts';
import observations from '../../fixtures/filter-pattern-observations.json' with { type: 'json' };

const corpora: Readonly<Record<string, readonly string[]>> = observations.corpora;

/** Here numbers are texts as JavaScript writes them: 1.0 is "1". */
const beyond: Readonly<Record<string, readonly string[]>> = { '{ $.v = "1" }': ['{"v":1.0}', '{"v":1e0}'] };

describe('filter patterns as AWS was seen to match them', () => {
  it.each(observations.cases.filter(({ refused }) => refused))('$pattern is refused', ({ pattern }) => {
    expect(() => parseFilterPattern(pattern)).toThrow(FilterPatternError);
  });

  it.each(
    observations.cases.flatMap(({ corpus, pattern, matches }) => (matches ? [{ corpus, pattern, matches }] : [])),
  )('$pattern matches $matches of $corpus', ({ corpus, pattern, matches }) => {
    const parsed = parseFilterPattern(pattern);
    const messages = corpora[corpus] ?? [];
    const found = messages.filter((message) => matchFilterPattern(parsed, message) !== undefined);
    const seen = matches.map((index) => messages[index]);
    expect(found.filter((message) => !beyond[pattern]?.includes(message))).toEqual(seen);
  });

  it.each(observations.extracted)('$pattern extracts of $message', ({ pattern, message, extracted }) => {
    expect(matchFilterPattern(parseFilterPattern(pattern), message)?.extracted).toEqual(extracted);
  });
});
