import { describe, expect, it } from 'vitest';
import { compileQueries, type MetricDataQueryInput } from '../../../src/math.ts';
import { metricQuery } from './ask.ts';

const issuesOf = (expression: string, more: readonly MetricDataQueryInput[] = []) => {
  const compiled = compileQueries([
    metricQuery('m1'),
    metricQuery('m2'),
    ...more,
    { Id: 'e1', Expression: expression },
  ]);
  return compiled.ok ? [] : compiled.issues.map(({ code, at, message }) => [code, at, message]);
};

describe('compileQueries', () => {
  it.each([
    ['m1 + m3', 'reference', 5, 'e1: no query has the Id "m3": did you mean m1?; there are m1, m2 (at character 6)'],
    ['SUMM(m1)', 'function', 0, 'e1: metric math has no function SUMM: did you mean SUM? (at character 1)'],
    ['MEDIAN(m1)', 'function', 0, 'e1: metric math has no function MEDIAN (at character 1)'],
    ['MAX(m1, m2)', 'argument', 0, 'e1: MAX takes 1 argument, not 2: write MAX([…]) for an array (at character 1)'],
    [
      'RATE(5)',
      'argument',
      5,
      'e1: argument 1 of RATE is a time series or an array of time series, not a number (at character 6)',
    ],
    [
      'FILL(m1, LAST)',
      'argument',
      9,
      'e1: argument 2 of FILL is a number, a time series, REPEAT or LINEAR (at character 10)',
    ],
    [
      'SORT(METRICS(), MEDIAN, DESC)',
      'argument',
      16,
      'e1: argument 2 of SORT is AVG, MIN, MAX or SUM (at character 17)',
    ],
    ['PERIOD(m1 + m2)', 'argument', 10, 'e1: argument 1 of PERIOD is the Id of a metric (at character 11)'],
    [
      'METRICS() / METRICS()',
      'type',
      10,
      'e1: "/" stands between two arrays of time series: reduce one with SUM, AVG, MAX or MIN, or take one of its series with FIRST or LAST (at character 11)',
    ],
    ['[m1, 5]', 'type', 5, 'e1: an array holds time series, not numbers (at character 6)'],
    [
      'AVG(m1)',
      'result',
      0,
      'e1: the result is a number, and must be a time series: write TIME_SERIES(…) around it, or set ReturnData to false',
    ],
    [
      'IF(1, 2, 3)',
      'argument',
      0,
      'e1: IF with a number as its condition takes time series as its values: compare a time series, or write TIME_SERIES(…) around the number (at character 1)',
    ],
    [
      'SERVICE_QUOTA(m1)',
      'refused',
      0,
      'e1: SERVICE_QUOTA is not emulated: it reads Service Quotas: write the quota as a number, for example TIME_SERIES(1000) (at character 1)',
    ],
    [
      "LAMBDA('f')",
      'refused',
      0,
      'e1: LAMBDA is not emulated: it calls a data source connector: publish its values as a metric (at character 1)',
    ],
    ['IF(NOT(m1 > 5), 1, 0)', 'function', 3, 'e1: metric math has no NOT: compare with == 0 (at character 4)'],
    ['m1 + SUM', 'function', 5, 'e1: "SUM" stands alone; SUM is a function: write SUM(…) (at character 6)'],
    [
      'm1 + "m2"',
      'type',
      5,
      'e1: a text is an argument of METRICS, SEARCH or INSIGHT_RULE_METRIC only (at character 6)',
    ],
    [
      "SEARCH('{AWS/EC2', 'Sum')",
      'text',
      16,
      'e1: SEARCH: the search ends where the name of a dimension or } belongs (at character 9)',
    ],
    ["SEARCH('CPU', 'sum')", 'text', 15, 'e1: statistic "sum" breaks at character 1: capitals matter, write Sum'],
    [
      "SEARCH('CPU', 'Sum', 61)",
      'text',
      21,
      'e1: the period of SEARCH is a number: 1, 5, 10, 20, 30 or a multiple of 60 seconds',
    ],
    [
      'INSIGHT_RULE_METRIC("r", "Median")',
      'text',
      25,
      'e1: a rule of Contributor Insights has no metric "Median": there are UniqueContributors, MaxContributorValue, SampleCount, Sum, Minimum, Maximum, Average',
    ],
    [
      'ANOMALY_DETECTION_BAND(SUM(METRICS()))',
      'argument',
      0,
      'e1: a band is not made of METRICS: give it one metric, or math on metrics by their Id (at character 1)',
    ],
    ['SELECT SUM(x) FROM', 'syntax', 18, 'e1: the query ends where a namespace or SCHEMA belongs (at character 19)'],
  ])('refuses %s as %s at %i', (expression, code, at, message) => {
    expect(issuesOf(expression)).toContainEqual([code, at, message]);
  });

  it('reports everything that is wrong, at once', () => {
    expect(issuesOf('RATE(5) + LOGG(m9)')).toHaveLength(3);
    const compiled = compileQueries([
      { Id: 'M1', Expression: 'm1' },
      { Id: 'e1' },
      { Id: 'e1', Expression: 'TIME_SERIES(1)' },
      { Id: 'm2', MetricStat: { Metric: { Namespace: 'n' }, Period: 61, Stat: 'sum' } },
    ]);
    expect(compiled).toMatchObject({
      ok: false,
      issues: [
        { queryId: 'M1', message: 'M1: an Id begins with a small letter and has letters, digits and _, 255 at most' },
        { queryId: 'e1', message: 'e1: another query has this Id' },
        { queryId: 'm2', message: 'm2: MetricStat.Metric.MetricName is missing' },
        {
          queryId: 'm2',
          message: 'm2: MetricStat.Stat: statistic "sum" breaks at character 1: capitals matter, write Sum',
        },
        { queryId: 'm2', message: 'm2: MetricStat.Period is 61: take 1, 5, 10, 20, 30 or a multiple of 60 seconds' },
        { queryId: 'M1', code: 'reference' },
      ],
    });
  });

  it('finds circles of references, of one query or more', () => {
    expect(issuesOf('e1 + 1')).toEqual([
      ['cycle', undefined, 'e1: the expression needs its own result: break the circle of references'],
    ]);
    const more = [{ Id: 'e2', Expression: 'e1 + m1', ReturnData: false }];
    expect(issuesOf('e2 * 2', more)).toEqual([
      ['cycle', undefined, 'e2: the expression needs its own result: break the circle of references'],
    ]);
  });

  it('lets numbers pass that are not returned, and uses them', () => {
    expect(issuesOf('m1 - e2', [{ Id: 'e2', Expression: 'AVG(m1)', ReturnData: false }])).toEqual([]);
  });

  it('knows arrays of searches and of Metrics Insights queries with groups', () => {
    const search = { Id: 's', Expression: "SEARCH('{AWS/EC2}', 'Average', 60)" };
    const query = { Id: 'q', Expression: 'SELECT MAX(x) FROM own GROUP BY y', Period: 60 };
    expect(issuesOf('SUM(s) + SUM(q)', [search, query])).toEqual([]);
    expect(issuesOf('PERIOD(m1) * s', [search])).toEqual([]);
    expect(issuesOf('IF(s > 1, 1, 0)', [search])).toEqual([
      [
        'argument',
        5,
        'e1: argument 1 of IF is a number or a time series, not an array of time series (at character 6)',
      ],
    ]);
  });

  it('takes one Metrics Insights query, with a period', () => {
    const [q1, q2] = ['q1', 'q2'].map((Id) => ({ Id, Expression: 'SELECT MAX(x) FROM own', Period: 60 }));
    expect(issuesOf('q1 + q2', [q1!, q2!])).toEqual([
      ['query', undefined, 'q2: a request has one Metrics Insights query, and that is q1'],
    ]);
    expect(issuesOf('SELECT MAX(x) FROM own')).toEqual([
      ['query', undefined, 'e1: a Metrics Insights query needs a Period'],
    ]);
  });

  it('makes bands only of what the user guide allows', () => {
    const timed = (id: string, period: number) => metricQuery(id, { period });
    const messages = (expression: string, more: readonly MetricDataQueryInput[] = []) =>
      issuesOf(expression, more).map(([, , message]) => message);
    const two = 'FIRST(ANOMALY_DETECTION_BAND(m1)) - LAST(ANOMALY_DETECTION_BAND(m1))';
    expect(messages('ANOMALY_DETECTION_BAND(m1 / m2, 3)')).toEqual([]);
    expect(messages(two)).toEqual(['e1: an expression has one ANOMALY_DETECTION_BAND (at character 42)']);
    expect(messages('ANOMALY_DETECTION_BAND(m1 + t)', [timed('t', 300)])).toEqual([
      'e1: a band is made of metrics with one period, not 60 and 300 seconds (at character 1)',
    ]);
    expect(messages('ANOMALY_DETECTION_BAND(t)', [timed('t', 10)])).toEqual([
      'e1: a band is made of metrics with a period of 60 seconds or more (at character 1)',
    ]);
    const hidden = { Id: 's', Expression: "SUM(SEARCH('{n}', 'Sum', 60))", ReturnData: false };
    expect(messages('ANOMALY_DETECTION_BAND(s)', [hidden])).toEqual([
      'e1: a band is not made of SEARCH: give it one metric, or math on metrics by their Id (at character 1)',
    ]);
    const eleven = Array.from({ length: 11 }, (_, index) => timed(`x${index}`, 60));
    expect(messages(`ANOMALY_DETECTION_BAND(${eleven.map(({ Id }) => Id).join(' + ')})`, eleven)).toEqual([
      'e1: a band is made of 10 metrics and expressions at most, not 11 (at character 1)',
    ]);
  });

  it('takes 500 queries', () => {
    const queries = Array.from({ length: 501 }, (_, index) => metricQuery(`m${index}`));
    expect(compileQueries(queries.slice(1))).toMatchObject({ ok: true });
    expect(compileQueries(queries)).toMatchObject({
      ok: false,
      issues: [{ message: expect.stringContaining('501 queries') }],
    });
  });
});
