import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InsightsQuery, printInsightsQuery } from '../../src/insights/insights-query.ts';
import { parseInsightsQuery } from '../../src/insights/parse-insights.ts';
import { evaluateQueries } from '../../src/math.ts';
import { type SampledMetric, sourceOf } from '../math/sample-source.ts';

const errors = (values: readonly (number | null)[], dimensions: Record<string, string>): SampledMetric => ({
  namespace: 'AWS/Lambda',
  name: 'Errors',
  dimensions,
  values,
  every: 30,
});

const source = sourceOf([
  errors([1, 2, 3, null], { FunctionName: 'dialer' }),
  errors([5, null, null, null], { FunctionName: 'api' }),
  errors([7, 7, 7, 7], { FunctionName: 'api', Resource: 'api:1' }),
  errors([100, null, 100, null], {}),
  errors([null, null, null, null], { FunctionName: 'silent' }),
]);

const results = (Expression: string, end = 120) => {
  const answered = evaluateQueries([{ Id: 'q1', Expression, Period: 60 }], { source, start: 0, end });
  if (!answered.ok) throw new Error(answered.issues[0]?.message);
  return answered.results.map(({ label, values }) => [label, ...values]);
};

describe('Metrics Insights', () => {
  it('aggregates the observations of all metrics that match', () => {
    expect(results('SELECT SUM(Errors) FROM "AWS/Lambda"')).toEqual([['q1', 122, 117]]);
    expect(results('SELECT COUNT(Errors) FROM "AWS/Lambda"')).toEqual([['q1', 6, 4]]);
    expect(results('SELECT AVG(Errors) FROM "AWS/Lambda"')).toEqual([['q1', 122 / 6, 117 / 4]]);
    expect(results('SELECT MIN(Errors) FROM "AWS/Lambda"')).toEqual([['q1', 1, 3]]);
    expect(results('select max(Errors) from "AWS/Lambda" where FunctionName = \'dialer\'')).toEqual([['q1', 2, 3]]);
  });

  it('takes with SCHEMA only metrics with exactly those dimensions', () => {
    expect(results('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda")')).toEqual([['q1', 100, 100]]);
    expect(results('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)')).toEqual([['q1', 8, 3]]);
    expect(results('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", "Resource", FunctionName)')).toEqual([['q1', 14, 14]]);
  });

  it('groups, orders and limits', () => {
    const query = 'SELECT SUM(Errors) FROM "AWS/Lambda" GROUP BY FunctionName';
    expect(results(query)).toEqual([
      ['Other', 100, 100],
      ['api', 19, 14],
      ['dialer', 3, 3],
    ]);
    expect(results(`${query} ORDER BY MAX()`)).toEqual([
      ['dialer', 3, 3],
      ['api', 19, 14],
      ['Other', 100, 100],
    ]);
    expect(results(`${query} ORDER BY SUM() DESC LIMIT 2`)).toEqual([
      ['Other', 100, 100],
      ['api', 19, 14],
    ]);
    expect(
      results(
        'SELECT MAX(Errors) FROM "AWS/Lambda" WHERE FunctionName != \'dialer\' GROUP BY FunctionName, "Resource"',
      ),
    ).toEqual([
      ['api Other', 5],
      ['api api:1', 7, 7],
    ]);
  });

  it('says what a series is grouped by, and is an array for metric math', () => {
    const answered = evaluateQueries(
      [
        {
          Id: 'q1',
          Expression: 'SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName) GROUP BY FunctionName',
          Period: 60,
        },
        { Id: 'e1', Expression: 'SUM(q1 * 10)' },
      ],
      { source, start: 0, end: 120, periodSeconds: 60 },
    );
    expect(answered).toMatchObject({
      results: [
        { id: 'q1', attributes: { FunctionName: 'api' }, values: [5] },
        { id: 'q1', attributes: { FunctionName: 'dialer' }, values: [3, 3] },
        { id: 'e1', values: [80, 30] },
      ],
    });
  });

  it('aggregates by minutes at least', () => {
    const queries = [{ Id: 'q1', Expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', Period: 10 }];
    expect(evaluateQueries(queries, { source, start: 0, end: 120 })).toMatchObject({
      results: [{ timestamps: [0, 60] }],
    });
  });

  it('looks back two weeks, and says so when more is asked for', () => {
    const queries = [{ Id: 'q1', Expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', Period: 3600 }];
    expect(evaluateQueries(queries, { source, start: 0, end: 15 * 86_400 })).toMatchObject({
      results: [{ values: [], statusCode: 'PartialData', messages: [{ code: 'MaxQueryTimeRangeExceeded' }] }],
    });
  });

  it('looks at 10,000 metrics at most, and says so', () => {
    const many = Array.from({ length: 10_001 }, (_, index) => errors([1], { FunctionName: `f${index}` }));
    const ask = (metrics: readonly SampledMetric[]) => {
      const queries = [{ Id: 'q1', Expression: 'SELECT SUM(Errors) FROM "AWS/Lambda"', Period: 60 }];
      return evaluateQueries(queries, { source: sourceOf(metrics), start: 0, end: 60 });
    };
    expect(ask(many.slice(1))).toMatchObject({ results: [{ values: [10_000], statusCode: 'Complete', messages: [] }] });
    expect(ask(many)).toMatchObject({
      results: [{ values: [10_000], statusCode: 'PartialData', messages: [{ code: 'MaxMatchingResultsExceeded' }] }],
    });
  });

  it('returns 500 series at most, and says so', () => {
    const many = Array.from({ length: 501 }, (_, index) =>
      errors([index], { FunctionName: `f${String(index).padStart(3, '0')}` }),
    );
    const ask = (tail: string) => {
      const Expression = `SELECT SUM(Errors) FROM "AWS/Lambda" GROUP BY FunctionName ${tail}`;
      const answered = evaluateQueries([{ Id: 'q1', Expression, Period: 60 }], {
        source: sourceOf(many),
        start: 0,
        end: 60,
      });
      return answered.ok ? answered.results : [];
    };
    expect(ask('')).toHaveLength(500);
    expect(ask('')[0]).toMatchObject({ statusCode: 'PartialData', messages: [{ code: 'MaxQueryResultsExceeded' }] });
    expect(ask('ORDER BY SUM() DESC LIMIT 1')).toMatchObject([{ label: 'f500', statusCode: 'Complete' }]);
  });

  it('takes the reserved names that the guide’s own samples have without quotes, as dimensions alone', () => {
    const sample =
      'SELECT COUNT(CallCount) FROM SCHEMA("AWS/Usage", Class, Resource, Service, Type) ' +
      "WHERE Type = 'API' AND Service = 'CloudWatch' GROUP BY Operation ORDER BY COUNT() DESC";
    const parsed = parseInsightsQuery(sample);
    expect(parsed.ok && parsed.value.from).toMatchObject({ dimensions: ['Class', 'Resource', 'Service', 'Type'] });
    expect(parsed.ok && parsed.value.groupBy).toEqual(['Operation']);
    expect(parseInsightsQuery('SELECT SUM(Class) FROM y').ok).toBe(false);
  });

  it.each([
    [
      'SELECT SUM(Count) FROM x',
      11,
      'Count is a reserved word: as the name of a metric write "Count" in double quotes (at character 12)',
    ],
    [
      'SELECT SUM(x) FROM AWS/Lambda',
      22,
      '"/" needs double quotes around the name that it is part of (at character 23)',
    ],
    ['SELECT MEDIAN(x) FROM y', 7, '"MEDIAN" stands where AVG, COUNT, MAX, MIN, SUM belongs (at character 8)'],
    [
      'SELECT SUM(x) FROM y WHERE a = "b"',
      31,
      '"b" stands where a value of a in single quotes belongs (at character 32)',
    ],
    [
      "SELECT SUM(x) FROM y WHERE a = 'b' OR c = 'd'",
      35,
      'WHERE has no OR: write a query for each, or compare with != (at character 36)',
    ],
    ["SELECT SUM(x) FROM y WHERE a > 'b'", 29, 'WHERE compares with = and != only (at character 30)'],
    ['SELECT SUM(x) FROM y LIMIT 501', 27, '"501" stands where a number from 1 to 500 belongs (at character 28)'],
    [
      'SELECT SUM(x) FROM y GROUP BY tag.env',
      30,
      'tag.env is no dimension; tags and accounts of resources are not emulated (at character 31)',
    ],
    [
      'SELECT SUM(x) FROM y ORDER BY SUM(x)',
      34,
      '"x" stands where ) (ORDER BY has no name in its function) belongs (at character 35)',
    ],
    [
      'SELECT SUM(x) FROM y z',
      21,
      '"z" stands where WHERE, GROUP BY, ORDER BY, LIMIT or the end belongs (at character 22)',
    ],
    ['SELECT SUM(x) FROM "y', 19, 'the text has no closing " (at character 20)'],
  ])('says where %s is wrong', (query, at, message) => {
    expect(parseInsightsQuery(query)).toEqual({ ok: false, issue: { code: 'syntax', at, message } });
  });

  it('reads back what printInsightsQuery prints', () => {
    const name = fc.oneof(fc.constantFrom('Errors', 'LIMIT', 'AWS/EC2', '1x'), fc.string({ minLength: 1 }));
    const aggregate = fc.constantFrom('AVG', 'COUNT', 'MAX', 'MIN', 'SUM' as const);
    const query = fc.record(
      {
        select: fc.record({ function: aggregate, metricName: name }),
        from: fc.record(
          { namespace: name, dimensions: fc.array(name, { maxLength: 3 }) },
          { requiredKeys: ['namespace'] },
        ),
        where: fc.array(fc.record({ key: name, operator: fc.constantFrom('=', '!=' as const), value: fc.string() }), {
          maxLength: 3,
        }),
        groupBy: fc.array(name, { maxLength: 3 }),
        orderBy: fc.record({ function: aggregate, order: fc.constantFrom('ASC', 'DESC' as const) }),
        limit: fc.integer({ min: 1, max: 500 }),
      },
      { requiredKeys: ['select', 'from', 'where', 'groupBy'] },
    ) as fc.Arbitrary<InsightsQuery>;
    fc.assert(
      fc.property(query, (each) => {
        expect(parseInsightsQuery(printInsightsQuery(each))).toEqual({ ok: true, value: each });
      }),
      { numRuns: 1000 },
    );
  });

  it('answers any text', () => {
    const piece = fc.constantFrom(
      'SELECT',
      'SUM',
      '(',
      ')',
      'x',
      'FROM',
      'SCHEMA',
      ',',
      '"',
      "'",
      '\\',
      'WHERE',
      '=',
      'GROUP BY',
      'LIMIT',
      '5',
      ' ',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(piece, { maxLength: 100 }).map((all) => all.join(' ')),
        ),
        (any) => {
          const parsed = parseInsightsQuery(any);
          if (!parsed.ok) expect(parsed.issue.at).toSatisfy((at: number) => at >= 0 && at <= any.length);
          else expect(parseInsightsQuery(printInsightsQuery(parsed.value))).toEqual(parsed);
        },
      ),
      { numRuns: 1000 },
    );
  });
});
