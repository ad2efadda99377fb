import { describe, expect, it } from 'vitest';
import { evaluateQueries } from '../../../src/math.ts';
import vectors from '../../fixtures/metric-math-vectors.json' with { type: 'json' };
import { answer, answers, ask, metricQuery, sampled, type Values } from '../query/ask.ts';
import { sourceOf } from '../sample-source.ts';

const _ = null;
const { comparison, ifs } = vectors.metricMath;

describe('operators', () => {
  it.each(comparison.cases)('$expr is what the user guide says', ({ expr, out }) => {
    const { metric1, metric2 } = comparison;
    expect(answer({ metrics: { metric1, metric2 }, expression: expr })).toEqual(out);
  });

  it.each(ifs)('$expr is what the user guide says', ({ expr, out, ...given }) => {
    const { metric1, metric2, metric3, scalar2, scalar3 } = given as Record<string, Values | number | undefined>;
    const metrics = Object.fromEntries(
      Object.entries({ metric1, metric2, metric3 }).filter((entry): entry is [string, Values] =>
        Array.isArray(entry[1]),
      ),
    );
    const expression = expr.replace('scalar2', String(scalar2)).replace('scalar3', String(scalar3));
    expect(answer({ metrics, expression })).toEqual(out);
  });

  it('counts a missing point as 0 where another series has one, and has no result where none has', () => {
    const metrics = { m1: [1, _, 3, _], m2: [10, 20, _, _] };
    expect(answer({ metrics, expression: 'm1 + m2' })).toEqual([11, 20, 3, _]);
    expect(answer({ metrics, expression: 'm1 - m2' })).toEqual([-9, -20, 3, _]);
    expect(answer({ metrics, expression: 'm1 * m2' })).toEqual([10, 0, 0, _]);
    expect(answer({ metrics, expression: 'm1 + 5' })).toEqual([6, _, 8, _]);
    expect(answer({ metrics, expression: '-m1' })).toEqual([-1, _, -3, _]);
    expect(answer({ metrics, expression: 'm1 OR m2' })).toEqual([1, 1, 1, _]);
  });

  it('drops the point of a division by zero, and says so', () => {
    const [result] = ask({ metrics: { a: [5, 5, _], t: [10, 0, 4] }, expression: '100 * a / t' });
    expect(result).toMatchObject({
      values: [50, 0],
      timestamps: [0, 120],
      statusCode: 'Complete',
      messages: [{ code: 'ArithmeticError' }],
    });
    expect(answer({ metrics: { a: [0], t: [0] }, expression: 'a / t' })).toEqual([_]);
    expect(answer({ metrics: { a: [1, 2] }, expression: 'a / (SUM(a) - 3)' })).toEqual([_, _]);
    expect(answer({ metrics: { a: [-8, 4] }, expression: 'a ^ 0.5' })).toEqual([_, 2]);
    expect(ask({ metrics: { a: [1] }, expression: 'a + 1' })[0]?.messages).toEqual([]);
  });

  it('works on every series of an array', () => {
    const metrics = { m1: [1, 2], m2: [4, _] };
    expect(answers({ metrics, expression: 'METRICS() * 100' })).toEqual([
      [100, 200],
      [400, _],
    ]);
    expect(answers({ metrics, expression: '100 / [m1, m2]' })).toEqual([
      [100, 50],
      [25, _],
    ]);
    expect(answers({ metrics, expression: '[m1, m2] - m1' })).toEqual([
      [0, 0],
      [3, -2],
    ]);
    expect(answer({ metrics, expression: 'SUM(-[m1, m2])' })).toEqual([-5, -2]);
  });

  it('computes metrics with different periods at every time that one of them has', () => {
    const question = {
      metrics: { m1: [1, 1, 1, 1, 1, 1] },
      expression: 'm1 + m2',
      more: [
        {
          Id: 'm2',
          ReturnData: false,
          MetricStat: { Metric: { Namespace: 'Own', MetricName: 'm1' }, Period: 180, Stat: 'Sum' },
        },
      ],
    };
    expect(answer(question)).toEqual([4, 1, 1, 4, 1, 1]);
    const queries = [metricQuery('m1'), ...question.more, { Id: 'e', Expression: 'm2 + m1' }];
    const source = sourceOf([sampled('m1', question.metrics.m1)]);
    // The first period of three minutes begins after the first of one minute.
    expect(evaluateQueries(queries, { source, start: 60, end: 360 })).toMatchObject({
      results: [{ timestamps: [60, 120, 180, 240, 300], values: [1, 1, 4, 1, 1] }],
    });
    const refused = ask({ ...question, settings: { mixedPeriods: 'refuse' } });
    const value = 'the expression mixes periods of 60 and 180 seconds: give all metrics one';
    expect(refused).toMatchObject([{ statusCode: 'InternalError', values: [], messages: [{ value }] }]);
  });

  it('takes one series or the other where the condition of IF is a number', () => {
    const metrics = { m1: [1, _], m2: [7, 8] };
    expect(answer({ metrics, expression: 'IF(SUM(m1) == 1, m1, m2)' })).toEqual([1, _]);
    expect(answer({ metrics, expression: 'IF(SUM(m1) > 1, m1, m2)' })).toEqual([7, 8]);
    expect(answer({ metrics, expression: 'IF(SUM(m1) > 1, m1)' })).toEqual([_, _]);
  });

  it('filters with IF without a third value', () => {
    expect(answer({ metrics: { m1: [100, 500, _] }, expression: 'IF(m1 < 400, m1)' })).toEqual([100, _, _]);
    expect(answer({ metrics: { m1: [100, 500, _] }, expression: 'IF(m1 < 400, 10, 2)' })).toEqual([10, 2, _]);
  });
});
