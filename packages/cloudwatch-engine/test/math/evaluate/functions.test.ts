import { describe, expect, it } from 'vitest';
import { evaluateQueries } from '../../../src/math.ts';
import { answer, answers, ask } from '../query/ask.ts';
import { sourceOf } from '../sample-source.ts';

const _ = null;

describe('functions of one series', () => {
  const metrics = { m1: [4, _, -2.5, 10, _] };

  it.each([
    ['ABS(m1)', [4, _, 2.5, 10, _]],
    ['CEIL(m1)', [4, _, -2, 10, _]],
    ['FLOOR(m1)', [4, _, -3, 10, _]],
    ['LOG10(m1)', [Math.log10(4), _, _, 1, _]],
    ['LOG(m1)', [Math.log(4), _, _, Math.log(10), _]],
    ['DIFF(m1)', [_, _, -6.5, 12.5, _]],
    ['DIFF_TIME(m1)', [_, _, 120, 60, _]],
    ['RATE(m1)', [_, _, -6.5 / 120, 12.5 / 60, _]],
    ['RUNNING_SUM(m1)', [4, _, 1.5, 11.5, _]],
    ['m1 / PERIOD(m1)', [4 / 60, _, -2.5 / 60, 10 / 60, _]],
    ['FILL(m1, 7)', [4, 7, -2.5, 10, 7]],
    ['FILL(m1, REPEAT)', [4, 4, -2.5, 10, 10]],
    ['FILL(m1, LINEAR)', [4, 0.75, -2.5, 10, _]],
    ['FILL(m1, MIN(m1))', [4, -2.5, -2.5, 10, -2.5]],
    ['FILL(m1, m1 + 1)', [4, _, -2.5, 10, _]],
    ['FILL(m1, TIME_SERIES(3))', [4, 3, -2.5, 10, 3]],
    ['TIME_SERIES(SUM(m1))', [11.5, 11.5, 11.5, 11.5, 11.5]],
    ['TIME_SERIES(AVG(m1) * 3)', [11.5, 11.5, 11.5, 11.5, 11.5]],
    ['TIME_SERIES(MAX(m1) - MIN(m1))', [12.5, 12.5, 12.5, 12.5, 12.5]],
    ['TIME_SERIES(DATAPOINT_COUNT(m1))', [3, 3, 3, 3, 3]],
    ['MINUTE(m1)', [0, 1, 2, 3, 4]],
    ['EPOCH(m1)', [0, 60, 120, 180, 240]],
  ])('%s', (expression, values) => {
    expect(answer({ metrics, expression })).toEqual(values);
  });

  it('gives the standard deviation of all or of a sample, as set', () => {
    const few = { m1: [2, 4, _] };
    expect(answer({ metrics: few, expression: 'TIME_SERIES(STDDEV(m1))' })).toEqual([1, 1, 1]);
    const settings = { standardDeviation: 'sample' as const };
    expect(answer({ metrics: few, expression: 'TIME_SERIES(STDDEV(m1))', settings })).toEqual([
      Math.SQRT2,
      Math.SQRT2,
      Math.SQRT2,
    ]);
  });

  it('divides AVG by datapoints or by periods, as set', () => {
    const settings = { averageOfSeries: 'periods' as const };
    expect(answer({ metrics, expression: 'TIME_SERIES(AVG(m1))', settings })).toEqual([2.3, 2.3, 2.3, 2.3, 2.3]);
  });

  it('fills a series without any point, unless set otherwise', () => {
    const none = { m1: [_, _] };
    expect(answer({ metrics: none, expression: 'FILL(m1, 0)' })).toEqual([0, 0]);
    expect(answer({ metrics: none, expression: 'FILL(m1, REPEAT)' })).toEqual([_, _]);
    expect(answer({ metrics: none, expression: 'FILL(m1, 0)', settings: { fillOfEmpty: 'keep-empty' } })).toEqual([
      _,
      _,
    ]);
    expect(answer({ metrics: none, expression: 'm1 + SUM(m1)' })).toEqual([_, _]);
    expect(answer({ metrics: none, expression: 'TIME_SERIES(DATAPOINT_COUNT(m1))' })).toEqual([0, 0]);
  });

  it('reads the UTC calendar as Date does', () => {
    const start = 1_709_164_800;
    const reference = (read: (date: Date) => number) =>
      Array.from({ length: 800 }, (_each, day) => read(new Date((start + day * 86_400) * 1000)));
    const queries = ['DATE', 'DAY', 'MONTH', 'YEAR', 'HOUR'].map((name) => ({
      Id: name.toLowerCase(),
      Expression: `${name}(m1)`,
    }));
    const source = sourceOf([]);
    const metric = {
      Id: 'm1',
      ReturnData: false,
      MetricStat: { Metric: { Namespace: 'n', MetricName: 'm' }, Period: 86_400, Stat: 'Sum' },
    };
    const answered = evaluateQueries([metric, ...queries], { source, start, end: start + 800 * 86_400, now: start });
    if (!answered.ok) throw new Error(answered.issues[0]?.message);
    expect(answered.results.map(({ values }) => values)).toEqual([
      reference((date) => date.getUTCDate()),
      reference((date) => date.getUTCDay() || 7),
      reference((date) => date.getUTCMonth() + 1),
      reference((date) => date.getUTCFullYear()),
      reference((date) => date.getUTCHours()),
    ]);
  });
});

describe('functions of arrays', () => {
  const metrics = { m1: [1, 2, _, _], m2: [5, _, 3, _], other: [9, 1, _, _] };

  it.each([
    ['SUM([m1, m2])', [6, 2, 3, _]],
    ['AVG([m1, m2])', [3, 1, 1.5, _]],
    ['MAX([m1, m2])', [5, 2, 3, _]],
    ['MIN([m1, m2])', [1, 2, 3, _]],
    ['STDDEV([m1, m2])', [2, 0, 0, _]],
    ['DATAPOINT_COUNT([m1, m2])', [2, 1, 1, _]],
    ['SUM(METRICS())', [15, 3, 3, _]],
    ['SUM(METRICS("m"))', [6, 2, 3, _]],
    ['SUM([METRICS("m"), METRICS("other")])', [15, 3, 3, _]],
    ['m1 / METRIC_COUNT(METRICS())', [1 / 3, 2 / 3, _, _]],
    ['FIRST(METRICS())', [1, 2, _, _]],
    ['LAST(METRICS())', [9, 1, _, _]],
    ['FIRST(SORT(METRICS(), MAX, DESC))', [9, 1, _, _]],
    ['LAST(SORT(METRICS(), SUM, ASC, 2))', [5, _, 3, _]],
  ])('%s', (expression, values) => {
    expect(answer({ metrics, expression })).toEqual(values);
  });

  it('counts missing points as set', () => {
    expect(answer({ metrics, expression: 'AVG([m1, m2])', settings: { averageOfArray: 'skip' } })).toEqual([
      3,
      2,
      3,
      _,
    ]);
    expect(answer({ metrics, expression: 'MIN([m1, m2])', settings: { extremesOfArray: 'zero' } })).toEqual([
      1,
      0,
      0,
      _,
    ]);
  });

  it('sorts, cuts and leaves out empty series', () => {
    const some = { a: [1], b: [3], c: [_], d: [2] };
    expect(answers({ metrics: some, expression: 'SORT(METRICS(), AVG, DESC)' })).toEqual([[3], [2], [1], [_]]);
    expect(answers({ metrics: some, expression: 'SORT(METRICS(), AVG, ASC)' })).toEqual([[1], [2], [3], [_]]);
    expect(answers({ metrics: some, expression: 'SLICE(SORT(METRICS(), AVG, DESC), 0, 2)' })).toEqual([[3], [2]]);
    expect(answers({ metrics: some, expression: 'SLICE(METRICS(), 2)' })).toEqual([[_], [2]]);
    expect(answers({ metrics: some, expression: 'REMOVE_EMPTY(METRICS())' })).toEqual([[1], [3], [2]]);
    expect(ask({ metrics: some, expression: 'SLICE(METRICS(), 0 - 1)' })).toMatchObject([
      {
        values: [],
        statusCode: 'InternalError',
        messages: [{ value: 'argument 2 of SLICE is -1: it counts series, from 0' }],
      },
    ]);
    expect(answers({ metrics: some, expression: 'FILL(METRICS(), 0)' })).toEqual([[1], [3], [0], [2]]);
    expect(answers({ metrics: some, expression: 'RATE(METRICS())' })).toEqual([[_], [_], [_], [_]]);
  });
});
