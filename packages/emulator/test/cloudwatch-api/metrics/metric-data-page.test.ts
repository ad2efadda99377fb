import type { QueryResult } from '@voice-campaign/cloudwatch-engine/math';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeptResults } from '../../../src/cloudwatch-api/metrics/kept-results.ts';
import { pageOfResults, readToken, renderToken } from '../../../src/cloudwatch-api/metrics/metric-data-page.ts';

const result = (id: string, count: number): QueryResult => ({
  id,
  label: id,
  timestamps: Array.from({ length: count }, (_, index) => index * 60),
  values: Array.from({ length: count }, (_, index) => index),
  statusCode: 'Complete',
  messages: [],
});

describe('the pages of results', () => {
  it('have every point once, in order, none with more than the limit', () => {
    const counts = fc.array(fc.nat({ max: 12 }), { maxLength: 6 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 10 }), fc.boolean(), (lengths, limit, descending) => {
        const all = lengths.map((count, index) => result(`m${index}`, count));
        const found = new Map<string, number[]>(all.map(({ id }) => [id, []]));
        const completed: string[] = [];
        for (let from: Parameters<typeof pageOfResults>[1]['from'] | undefined = { result: 0 }; from; ) {
          const page = pageOfResults(all, { descending, limit, from });
          expect(page.results.reduce((sum, { values }) => sum + values.length, 0)).toBeLessThanOrEqual(limit);
          for (const { id, values, statusCode } of page.results) {
            found.get(id)?.push(...values);
            if (statusCode === 'Complete') completed.push(id);
          }
          from = page.next && readToken(renderToken({ ...page.next, kept: 7 }));
        }
        expect(completed).toEqual(all.map(({ id }) => id));
        const expected = all.map(({ values }) => (descending ? values.toReversed() : values));
        expect([...found.values()]).toEqual(expected);
      }),
    );
  });
});

describe('kept results', () => {
  it('are found again for the same request, as long as there is room', () => {
    const kept = createKeptResults(25);
    const [one, two] = [[result('a', 10)], [result('b', 10)]];
    const [first, second] = [kept.keep('one', one, 0), kept.keep('two', two, 0)];
    expect(kept.find(first, 'one')).toEqual(one);
    expect(kept.find(first, 'two')).toBeUndefined();
    kept.keep('three', [result('c', 10)], 0);
    expect(kept.find(first, 'one')).toBeUndefined();
    expect(kept.find(second, 'two')).toEqual(two);
    expect(kept.find(kept.keep('four', [result('d', 30)], 0), 'four')).toBeUndefined();
  });

  it('are those from one on, in their places, until the last page', () => {
    const kept = createKeptResults(25);
    const id = kept.keep('one', [result('a', 30), result('b', 20)], 1);
    expect(kept.find(id, 'one')).toEqual([{ ...result('a', 0) }, result('b', 20)]);
    kept.drop(id);
    kept.drop(id);
    expect(kept.find(id, 'one')).toBeUndefined();
    const [second, third] = [kept.keep('two', [result('b', 20)], 0), kept.keep('three', [result('c', 5)], 0)];
    expect([kept.find(second, 'two'), kept.find(third, 'three')]).toEqual([[result('b', 20)], [result('c', 5)]]);
  });
});
