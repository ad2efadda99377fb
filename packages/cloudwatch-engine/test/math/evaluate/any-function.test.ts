import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Expression, evaluateQueries, printExpression } from '../../../src/math.ts';
import { metricQuery, sampled } from '../query/ask.ts';
import { sourceOf } from '../sample-source.ts';
import { arbitraryArray, arbitrarySeries } from './arbitrary-typed.ts';

const at = 0;
const call = (name: string, ...given: readonly Expression[]): Expression => ({
  kind: 'call',
  name,
  arguments: given,
  at,
});
const number = (value: number): Expression => ({ kind: 'number', value, at });
const word = (text: string): Expression => ({ kind: 'keyword', word: text, at });
const text = (quoted: string): Expression => ({ kind: 'text', text: quoted, at });

/** What the naive model knows nothing of, around what it knows. */
const series: fc.Arbitrary<Expression> = fc.oneof(
  fc
    .tuple(fc.constantFrom('MINUTE', 'HOUR', 'DAY', 'DATE', 'MONTH', 'YEAR', 'EPOCH', 'RUNNING_SUM'), arbitrarySeries)
    .map(([name, of]) => call(name, of)),
  fc.tuple(fc.constantFrom('FIRST', 'LAST'), arbitraryArray).map(([name, of]) => call(name, of)),
  fc.tuple(arbitrarySeries, fc.constantFrom('REPEAT', 'LINEAR')).map(([of, how]) => call('FILL', of, word(how))),
  arbitrarySeries.map((of) => call('TIME_SERIES', call('AVG', of))),
);
const array: fc.Arbitrary<Expression> = fc.oneof(
  fc.constantFrom(call('METRICS'), call('METRICS', text('a')), call('SEARCH', text('{Own}'), text('Sum'), number(60))),
  arbitraryArray.map((of) => call('REMOVE_EMPTY', of)),
  fc
    .tuple(arbitraryArray, fc.nat(4), fc.option(fc.nat(4), { nil: undefined }))
    .map(([of, from, to]) => call('SLICE', of, number(from), ...(to === undefined ? [] : [number(to)]))),
  fc
    .tuple(arbitraryArray, fc.constantFrom('AVG', 'MIN', 'MAX', 'SUM'), fc.constantFrom('ASC', 'DESC'))
    .map(([of, by, order]) => call('SORT', of, word(by), word(order))),
  arbitrarySeries.map((of) => call('ANOMALY_DETECTION_BAND', of, number(2))),
);

describe('evaluation', () => {
  it('gives finite values at rising times inside the range, whatever the expression', () => {
    const column = fc.array(fc.option(fc.oneof(fc.integer(), fc.constantFrom(1.7e308, -1.7e308, 5e-324, -0))), {
      maxLength: 20,
    });
    const columns = fc.record({ a: column, b: column, c: column });
    fc.assert(
      fc.property(fc.oneof(series, array), columns, fc.nat(1200), fc.nat(1200), (tree, metrics, start, length) => {
        const Expression = printExpression(tree);
        fc.pre(Expression.length <= 2048);
        const source = sourceOf(Object.entries(metrics).map(([name, values]) => sampled(name, values)));
        const queries = [...Object.keys(metrics).map((id) => metricQuery(id)), { Id: 'e', Expression }];
        const answered = evaluateQueries(queries, { source, start, end: start + length, periodSeconds: 60 });
        if (!answered.ok) throw new Error(`${Expression}: ${answered.issues[0]?.message}`);
        for (const { timestamps, values, statusCode } of answered.results) {
          expect(statusCode).toBe('Complete');
          expect(values).toHaveLength(timestamps.length);
          expect(values.every(Number.isFinite)).toBe(true);
          expect(timestamps.every((time, index) => time > (timestamps[index - 1] ?? -1))).toBe(true);
          expect(timestamps.every((time) => time >= start - 60 && time < start + length)).toBe(true);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
