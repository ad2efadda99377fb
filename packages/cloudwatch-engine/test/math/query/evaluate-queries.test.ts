import { describe, expect, it } from 'vitest';
import { compileQueries, evaluatePlan, evaluateQueries, type MetricDataQueryInput } from '../../../src/math.ts';
import { sourceOf } from '../sample-source.ts';
import { metricQuery, sampled } from './ask.ts';

const lambda = (name: string, FunctionName: string, values: readonly number[]) => ({
  namespace: 'AWS/Lambda',
  name,
  dimensions: { FunctionName },
  values,
});

const source = sourceOf([
  lambda('Errors', 'dialer', [1, 2, 3]),
  lambda('Errors', 'api', [0, 4, 0]),
  lambda('Invocations', 'dialer', [10, 10, 10]),
  sampled('calls', [5, null, 7]),
]);

const results = (queries: readonly MetricDataQueryInput[], labels = {}) => {
  const answered = evaluateQueries(queries, { source, start: 0, end: 180, now: 240, periodSeconds: 60, labels });
  if (!answered.ok) throw new Error(answered.issues.map(({ message }) => message).join('\n'));
  return answered.results;
};

const search = `SEARCH('{AWS/Lambda,FunctionName} MetricName="Errors"', 'Sum', 60)`;

describe('evaluateQueries', () => {
  it('answers what is to be returned, in the order of the queries', () => {
    expect(
      results([
        { ...metricQuery('calls'), ReturnData: true },
        metricQuery('hidden'),
        { Id: 'e1', Expression: 'calls * 2' },
      ]),
    ).toEqual([
      { id: 'calls', label: 'calls', timestamps: [0, 120], values: [5, 7], statusCode: 'Complete', messages: [] },
      { id: 'e1', label: 'e1', timestamps: [0, 120], values: [10, 14], statusCode: 'Complete', messages: [] },
    ]);
  });

  it('answers a search with a series for each metric, labelled by what tells them apart', () => {
    expect(results([{ Id: 's', Expression: search }])).toMatchObject([
      { id: 's', label: 'dialer', values: [1, 2, 3] },
      { id: 's', label: 'api', values: [0, 4, 0] },
    ]);
    expect(
      results([{ Id: 's', Expression: `SEARCH('{AWS/Lambda} dialer', 'Sum', 60)` }]).map(({ label }) => label),
    ).toEqual(['Errors', 'Invocations']);
    const all = `SEARCH('{AWS/Lambda,FunctionName}', 'Sum', 60)`;
    expect(results([{ Id: 's', Expression: all }]).map(({ label }) => label)).toEqual([
      'dialer Errors',
      'api Errors',
      'dialer Invocations',
    ]);
    expect(results([{ Id: 'e', Expression: `SUM(${search})` }])).toMatchObject([
      { id: 'e', label: 'e', values: [1, 6, 3] },
    ]);
    expect(results([{ Id: 'e', Expression: `SUM(SEARCH('nothing', 'Sum'))` }])).toMatchObject([
      { values: [], statusCode: 'Complete' },
    ]);
    expect(results([{ Id: 's', Expression: `SEARCH('nothing', 'Sum')` }])).toEqual([]);
  });

  it('puts the label of an expression before those of its series, and dynamic ones in their place', () => {
    const labelled = (Label: string) => results([{ Id: 's', Expression: search, Label }]).map(({ label }) => label);
    expect(labelled('Errors of')).toEqual(['Errors of dialer', 'Errors of api']);
    expect(labelled('')).toEqual(['dialer', 'api']);
    expect(labelled('[max: ${MAX}] ${LABEL}')).toEqual(['[max: 3] dialer', '[max: 4] api']);
    expect(labelled("${PROP('Dim.FunctionName')} ${PROP('MetricName')} ${PROP('Stat')}")).toEqual([
      'dialer Errors Sum',
      'api Errors Sum',
    ]);
    expect(
      results([{ Id: 'e', Expression: `${search} * 100`, Label: "${PROP('Namespace')}" }]).map(({ label }) => label),
    ).toEqual(['AWS/Lambda', 'AWS/Lambda']);
  });

  it('says what is wrong with a label, and shows it as it is', () => {
    expect(results([{ Id: 's', Expression: 'TIME_SERIES(1)', Label: '${MEDIAN}', Period: 60 }])).toMatchObject([
      {
        label: '${MEDIAN}',
        statusCode: 'Complete',
        messages: [{ code: 'InvalidLabel', value: expect.stringContaining('MEDIAN') }],
      },
    ]);
  });

  it('names metrics by what tells them apart, as recorded of CloudWatch', () => {
    const named = (...queries: readonly (readonly [string, number])[]) =>
      results(
        queries.map(([stat, period], index) => ({
          ...metricQuery(`m${index}`, { name: 'metric1', stat, period }),
          ReturnData: true,
        })),
      ).map(({ label }) => label);
    expect(named(['Sum', 60], ['Minimum', 30])).toEqual(['metric1 Sum 60', 'metric1 Minimum 30']);
    expect(named(['Sum', 60], ['Minimum', 60])).toEqual(['metric1 Sum', 'metric1 Minimum']);
    expect(named(['Sum', 60], ['Sum', 30])).toEqual(['metric1 60', 'metric1 30']);
    expect(named(['Sum', 60], ['Sum', 60])).toEqual(['metric1', 'metric1']);
    expect(named(['Average', 60])).toEqual(['metric1']);
  });

  it('reads every metric once, over the time asked for', () => {
    const asking = sourceOf([sampled('m1', [1, 2, 3])]);
    const queries = [
      metricQuery('m1'),
      { Id: 'e1', Expression: 'm1 + m1 + SUM(METRICS())' },
      { Id: 'e2', Expression: 'm1 / e1' },
    ];
    evaluateQueries(queries, { source: asking, start: 60, end: 180, alignment: 'start' });
    expect(asking.asked).toEqual([
      {
        metric: { namespace: 'Own', name: 'm1', dimensions: {} },
        ...{ stat: 'Sum', periodSeconds: 60, start: 60, end: 180, alignment: 'start' },
      },
    ]);
  });

  it('evaluates a plan over any time', () => {
    const compiled = compileQueries([metricQuery('calls'), { Id: 'e1', Expression: 'FILL(calls, 0)' }]);
    if (!compiled.ok) throw new Error('not compiled');
    const values = (start: number, end: number) => evaluatePlan(compiled.plan, { source, start, end })[0]?.values;
    expect(values(0, 180)).toEqual([5, 0, 7]);
    expect(values(60, 240)).toEqual([0, 7, 0]);
    expect(values(0, 0)).toEqual([]);
    expect(() => evaluatePlan(compiled.plan, { source, start: 0, end: Number.POSITIVE_INFINITY })).toThrow(RangeError);
  });

  it('gives series that no metric gives a period that of the query, of its metrics or the default', () => {
    const count = (query: MetricDataQueryInput, ...more: readonly MetricDataQueryInput[]) => {
      const answered = evaluateQueries([...more, query], { source, start: 0, end: 3600 });
      return answered.ok ? answered.results[0]?.values.length : undefined;
    };
    expect(count({ Id: 'e', Expression: 'TIME_SERIES(1)' })).toBe(12);
    expect(count({ Id: 'e', Expression: 'TIME_SERIES(1)', Period: 600 })).toBe(6);
    expect(count({ Id: 'e', Expression: 'TIME_SERIES(1)' }, metricQuery('m1'))).toBe(60);
    expect(
      count({ Id: 'e', Expression: 'TIME_SERIES(SUM(m2))' }, metricQuery('m1'), {
        ...metricQuery('m2'),
        MetricStat: { ...metricQuery('calls').MetricStat, Period: 1200 },
      }),
    ).toBe(3);
  });

  it('gives them the shortest period where there are several', () => {
    const queries = [
      metricQuery('m1', { period: 300 }),
      metricQuery('m2'),
      { Id: 'e', Expression: 'TIME_SERIES(SUM(m1) + SUM(m2))' },
    ];
    const answered = evaluateQueries(queries, {
      source: sourceOf([sampled('m1', [1]), sampled('m2', [1])]),
      start: 0,
      end: 600,
    });
    expect(answered.ok && answered.results[0]?.values).toHaveLength(10);
  });

  it('bounds what a series may span', () => {
    const answered = evaluateQueries([{ Id: 'e', Expression: 'TIME_SERIES(1)', Period: 1 }], {
      source,
      start: 0,
      end: 1e12,
    });
    expect(answered).toMatchObject({ ok: true, results: [{ values: [], statusCode: 'InternalError' }] });
  });

  it('shows of a metric with many points the same as a calculation has of it', () => {
    const values = Array.from({ length: 1000 }, (_, index) => (index % 7 === 3 ? null : index));
    const many = sourceOf([sampled('calls', values)]);
    const queries = [
      { ...metricQuery('calls'), ReturnData: true },
      { Id: 'e1', Expression: 'calls * 1' },
    ];
    const answered = evaluateQueries(queries, { source: many, start: 600, end: 50_000 });
    if (!answered.ok) throw new Error('not answered');
    const [shown, calculated] = answered.results;
    expect(shown?.values).toHaveLength(706);
    expect({ ...shown, id: 'e1', label: 'e1' }).toEqual(calculated);
  });

  it('bounds what all series of a request may span, and how many an array may have', () => {
    const doubled = Array.from({ length: 30 }, (_, index) => ({
      Id: `e${index + 1}`,
      Expression: `[e${index}, e${index}]`,
      ReturnData: index === 29,
    }));
    const first = { Id: 'e0', Expression: '[m1, m1]', ReturnData: false };
    for (const end of [0, 3600]) {
      const answered = evaluateQueries([metricQuery('m1'), first, ...doubled], { source, start: 0, end });
      expect(answered).toMatchObject({
        results: [
          { values: [], statusCode: 'InternalError', messages: [{ value: expect.stringContaining('span more than') }] },
        ],
      });
    }
    const queries = Array.from({ length: 5 }, (_, index) => ({ ...metricQuery(`m${index}`), ReturnData: true }));
    const few = evaluateQueries(queries, { source, start: 0, end: 6000, settings: { maxTotalDatapoints: 500 } });
    expect(few.ok && few.results.map(({ statusCode }) => statusCode)).toEqual([
      ...['Complete', 'Complete', 'InternalError', 'InternalError', 'InternalError'],
    ]);
  });

  it('reads metrics of Contributor Insights rules, and says when there is no such rule', () => {
    const queries = [{ Id: 'e', Expression: 'INSIGHT_RULE_METRIC("rule", "Sum") * 2', Period: 60 }];
    const insightRuleMetric = ({ rule, metric }: { rule: string; metric: string }) =>
      rule === 'rule' && metric === 'Sum' ? { timestamps: [60], values: [4] } : undefined;
    const outside = { insightRuleMetric };
    expect(evaluateQueries(queries, { source, start: 0, end: 120, outside })).toMatchObject({
      results: [{ timestamps: [60], values: [8] }],
    });
    expect(evaluateQueries(queries, { source, start: 0, end: 120 })).toMatchObject({
      results: [{ statusCode: 'InternalError', messages: [{ value: 'there is no Contributor Insights rule "rule"' }] }],
    });
  });

  it('finds 500 metrics at most, and says so', () => {
    const many = Array.from({ length: 501 }, (_, index) => lambda('Errors', `f${index}`, [1]));
    const answered = evaluateQueries([{ Id: 's', Expression: search }], { source: sourceOf(many), start: 0, end: 60 });
    expect(answered.ok && answered.results).toHaveLength(500);
    expect(answered.ok && answered.results[0]).toMatchObject({
      statusCode: 'PartialData',
      messages: [{ code: 'MaxMetricsExceeded' }],
    });
  });
});
