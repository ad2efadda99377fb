import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/alarms.ts';
import { createAlarmMath, type MetricDataQueryInput, printExpression } from '../../src/math.ts';
import { metricAlarm } from '../alarms/given.ts';
import { arbitrarySeries } from './evaluate/arbitrary-typed.ts';
import { metricQuery, sampled, type Values } from './query/ask.ts';
import { sourceOf } from './sample-source.ts';

const _ = null;
const math = createAlarmMath();
const queries = (Expression: string, ...more: readonly MetricDataQueryInput[]): readonly MetricDataQueryInput[] => [
  ...['a', 'b', 'c'].map((id) => metricQuery(id)),
  ...more,
  { Id: 'e', Expression, ...(/^SELECT/.test(Expression) ? { Period: 60 } : {}) },
];

/** The states that an alarm on an expression comes to, and the minute of each. */
const states = (metrics: Readonly<Record<string, Values>>, Metrics: readonly MetricDataQueryInput[], input = {}) => {
  const alarm = metricAlarm({ Metrics, TreatMissingData: 'notBreaching', ...input });
  const source = sourceOf(Object.entries(metrics).map(([name, values]) => sampled(name, values)));
  const minutes = Math.max(...Object.values(metrics).map((values) => values.length));
  const { events } = replay([alarm], source, { from: 0, to: minutes * 60, math });
  return events.flatMap((event) =>
    event.kind === 'state' && event.from.value !== event.to.value ? [[event.at / 60, event.to.value]] : [],
  );
};

describe('createAlarmMath', () => {
  it('lets an alarm watch a rate, guarded against few calls', () => {
    const rate = 'IF(b >= 20, 100 * a / b)';
    const metrics = { a: [1, 5, 0, 9, _], b: [10, 50, 50, 90, _] };
    expect(states(metrics, queries(rate), { Threshold: 5 })).toEqual([
      [1, 'OK'],
      [2, 'ALARM'],
      [3, 'OK'],
      [4, 'ALARM'],
    ]);
  });

  it('lets an alarm watch a metric leave its band', () => {
    const metrics = { a: [1, 3, 1, 3, 1, 3, 9, 2, -5, 2] };
    const watched = [
      { ...metricQuery('a'), ReturnData: true },
      { Id: 'ad1', Expression: 'ANOMALY_DETECTION_BAND(a, 2)' },
    ];
    const band = (ComparisonOperator: string) =>
      states(metrics, watched, { ThresholdMetricId: 'ad1', ComparisonOperator, TreatMissingData: 'missing' });
    expect(band('GreaterThanUpperThreshold').slice(-2)).toEqual([
      [7, 'ALARM'],
      [8, 'OK'],
    ]);
    expect(band('LessThanLowerThreshold').slice(-2)).toEqual([
      [9, 'ALARM'],
      [10, 'OK'],
    ]);
  });

  it('lets an alarm watch the groups of a Metrics Insights query', () => {
    const group = (id: string, values: Values) => ({ ...sampled('x', values), dimensions: { id } });
    const source = sourceOf([group('one', [1, 9, 1]), group('two', [1, 1, 9])]);
    const query = 'SELECT MAX(x) FROM Own GROUP BY id ORDER BY MAX() DESC';
    const alarm = metricAlarm({ Metrics: [{ Id: 'q', Expression: query, Period: 60 }], Threshold: 5 });
    const { events } = replay([alarm], source, { from: 0, to: 180, math });
    expect(
      events.flatMap((event) =>
        event.kind === 'contributor' ? [[event.at / 60, event.contributor.attributes, event.to]] : [],
      ),
    ).toEqual([
      [2, { id: 'one' }, 'ALARM'],
      [3, { id: 'one' }, 'OK'],
      [3, { id: 'two' }, 'ALARM'],
    ]);
  });

  it('gives alarms the lower edge of a band before the upper', () => {
    const source = sourceOf([sampled('a', [1, 3, 1, 3, 9])]);
    const found = createAlarmMath().evaluate(queries('ANOMALY_DETECTION_BAND(a, 2)'), source, { start: 240, end: 300 });
    expect(found).toEqual([
      { id: 'e', points: { timestamps: [240], values: [0] } },
      { id: 'e', points: { timestamps: [240], values: [4] } },
    ]);
  });

  it('gives each group of a Metrics Insights query with what it is grouped by', () => {
    const source = sourceOf([
      { namespace: 'Own', name: 'x', dimensions: { id: 'one' }, values: [1] },
      { namespace: 'Own', name: 'x', dimensions: { id: 'two' }, values: [2] },
    ]);
    const query = 'SELECT MAX(x) FROM Own GROUP BY id ORDER BY MAX() DESC';
    expect(math.evaluate(queries(query), source, { start: 0, end: 60 })).toEqual([
      { id: 'e', points: { timestamps: [0], values: [2] }, attributes: { id: 'two' } },
      { id: 'e', points: { timestamps: [0], values: [1] }, attributes: { id: 'one' } },
    ]);
  });

  it('has periods begin with the window', () => {
    const source = sourceOf([sampled('a', [1, 2, 3, 4, 5, 6])]);
    const five = { ...metricQuery('a'), MetricStat: { ...metricQuery('a').MetricStat, Period: 300 } };
    const found = math.evaluate([five, { Id: 'e', Expression: 'FILL(a, 0) * 2' }], source, { start: 60, end: 360 });
    expect(found).toEqual([{ id: 'e', points: { timestamps: [60], values: [40] } }]);
  });

  it('refuses queries with issues', () => {
    expect(() => math.pointwise(queries('a +'))).toThrow('e: the expression ends where');
  });

  it.each([
    ['IF(b >= 20, 100 * a / b)', true],
    ['SUM([a, b]) / MAX(METRICS())', true],
    ['FILL(a, 0)', true],
    ['IF(HOUR(a) > 8, a)', true],
    ['ANOMALY_DETECTION_BAND(a)', true],
    ['a - AVG(a)', false],
    ['RATE(a)', false],
    ['RUNNING_SUM(a)', false],
    ['FILL(a, REPEAT)', false],
    ['FIRST(SORT(METRICS(), SUM, ASC))', false],
    ['SELECT SUM(x) FROM y', false],
  ])('knows of %s whether one reading serves all windows: %s', (expression, expected) => {
    expect(math.pointwise(queries(expression))).toBe(expected);
  });

  it('is right about it: where one reading serves, a window of it has the same values', () => {
    const column = fc.array(fc.option(fc.integer({ min: -3, max: 9 })), { minLength: 12, maxLength: 12 });
    const window = fc.tuple(fc.nat(11), fc.nat(12)).filter(([from, to]) => from < to);
    let shared = 0;
    fc.assert(
      fc.property(
        arbitrarySeries,
        fc.record({ a: column, b: column, c: column }),
        window,
        (tree, columns, [from, to]) => {
          const text = printExpression(tree);
          fc.pre(text.length <= 2048);
          const asked = queries(text);
          if (!math.pointwise(asked)) return;
          shared += 1;
          const source = sourceOf(Object.entries(columns).map(([name, values]) => sampled(name, values)));
          const [whole] = math.evaluate(asked, source, { start: 0, end: 720 });
          const [part] = math.evaluate(asked, source, { start: from * 60, end: to * 60 });
          const inside = whole!.points.timestamps.flatMap((at, index) =>
            at >= from * 60 && at < to * 60 ? [[at, whole!.points.values[index]]] : [],
          );
          expect(part!.points.timestamps.map((at, index) => [at, part!.points.values[index]])).toEqual(inside);
        },
      ),
      { numRuns: 1000 },
    );
    expect(shared).toBeGreaterThan(100);
  });
});
