import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createRuleTally,
  parseInsightRule,
  RULE_METRICS,
  ruleMetricPoints,
  ruleReport,
} from '../../src/contributors.ts';
import { evaluateQueries } from '../../src/math.ts';
import { cpuMilliseconds } from '../cpu-time.ts';
import { sourceOf } from '../math/sample-source.ts';

const ruleOf = (change: object = {}) => {
  const parsed = parseInsightRule(
    JSON.stringify({
      Schema: { Name: 'CloudWatchLogRule', Version: 1 },
      LogGroupNames: ['/aws/lambda/*'],
      LogFormat: 'JSON',
      Contribution: { Keys: ['$.campaignId'], ValueOf: '$.ConvertedCalls' },
      AggregateOn: 'Sum',
      ...change,
    }),
  );
  if (!parsed.ok) throw new Error(parsed.issues.map(({ message }) => message).join('\n'));
  return parsed.rule;
};

const event = (minute: number, message: unknown, logGroup = '/aws/lambda/dialer') => ({
  logGroup,
  timestamp: minute * 60_000 + 1500,
  message: typeof message === 'string' ? message : JSON.stringify(message),
});

const counted = (rule: ReturnType<typeof ruleOf>, message: unknown): boolean =>
  createRuleTally(rule).add(event(0, message));

const call = (campaignId: string, ConvertedCalls: number) => ({ campaignId, ConvertedCalls });
const all = { start: 0, end: 600, periodSeconds: 60 };

const filled = () => {
  const tally = createRuleTally(ruleOf());
  for (const each of [event(0, call('a', 3)), event(0, call('b', 5)), event(0, call('a', 4)), event(2, call('b', 1))])
    tally.add(each);
  return tally;
};

describe('a rule of Contributor Insights', () => {
  it('reports who contributed most', () => {
    const b = { keys: ['b'], value: 6, points: { timestamps: [0, 120], values: [5, 1] } };
    const a = { keys: ['a'], value: 7, points: { timestamps: [0], values: [7] } };
    expect(ruleReport(filled(), all)).toEqual({
      ...{ keyLabels: ['$.campaignId'], aggregateValue: 13, uniqueCount: 2 },
      contributors: [a, b],
    });
    expect(ruleReport(filled(), all, { limit: 1 }).contributors).toEqual([a]);
    expect(ruleReport(filled(), { ...all, start: 60 }).contributors).toEqual([
      { keys: ['b'], value: 1, points: { timestamps: [120], values: [1] } },
    ]);
  });

  it('ranks by the highest period, when asked', () => {
    const tally = filled();
    tally.add(event(3, call('b', 5)));
    expect(ruleReport(tally, all).contributors.map(({ keys }) => keys[0])).toEqual(['b', 'a']);
    expect(ruleReport(tally, all, { orderBy: 'Maximum' }).contributors.map(({ keys }) => keys[0])).toEqual(['a', 'b']);
  });

  it('has the documented metrics', () => {
    const tally = filled();
    const values = Object.fromEntries(
      RULE_METRICS.map((metric) => [metric, ruleMetricPoints(tally, metric, all).values]),
    );
    expect(values).toEqual({
      UniqueContributors: [2, 1],
      MaxContributorValue: [7, 1],
      SampleCount: [3, 1],
      Sum: [12, 1],
      Average: [4, 1],
      Minimum: [3, 1],
      Maximum: [5, 1],
    });
    expect(ruleMetricPoints(tally, 'Sum', { ...all, periodSeconds: 300 })).toEqual({ timestamps: [0], values: [13] });
    expect(ruleMetricPoints(tally, 'Sum', { start: 60, end: 360, periodSeconds: 300, alignment: 'start' })).toEqual({
      timestamps: [60],
      values: [1],
    });
    expect(ruleMetricPoints(tally, 'UniqueContributors', { ...all, periodSeconds: 300 }).values).toEqual([2]);
  });

  it('takes a period whole, also where the query ends in it', () => {
    expect(ruleMetricPoints(filled(), 'Sum', { start: 0, end: 130, periodSeconds: 60 }).values).toEqual([12, 1]);
    expect(ruleMetricPoints(filled(), 'Sum', { start: 0, end: 120, periodSeconds: 60 }).values).toEqual([12]);
  });

  it('joins the minutes of a period', () => {
    const tally = createRuleTally(ruleOf());
    for (const [minute, value] of [
      [0, 2],
      [1, 9],
      [2, 5],
    ] as const)
      tally.add(event(minute, call('a', value)));
    const values = RULE_METRICS.map((metric) => [
      metric,
      ruleMetricPoints(tally, metric, { ...all, periodSeconds: 300 }).values[0],
    ]);
    expect(Object.fromEntries(values)).toEqual({
      ...{
        UniqueContributors: 1,
        MaxContributorValue: 16,
        SampleCount: 3,
        Sum: 16,
        Average: 16 / 3,
        Minimum: 2,
        Maximum: 9,
      },
    });
  });

  it('counts occurrences where it aggregates on Count', () => {
    const tally = createRuleTally(
      ruleOf({ Contribution: { Keys: ['$.campaignId', '$.result'] }, AggregateOn: 'Count' }),
    );
    for (const result of ['busy', 'busy', 'answered']) tally.add(event(0, { campaignId: 'a', result }));
    expect(ruleReport(tally, all).contributors.map(({ keys, value }) => [...keys, value])).toEqual([
      ['a', 'busy', 2],
      ['a', 'answered', 1],
    ]);
  });

  it('counts only events of its groups and format, with its keys and a number', () => {
    const rule = ruleOf();
    expect(counted(rule, call('a', 1))).toBe(true);
    expect(counted(rule, { campaignId: 7, ConvertedCalls: '2' })).toBe(true);
    expect(createRuleTally(rule).add(event(0, call('a', 1), '/ecs/dialer'))).toBe(false);
    expect(counted(rule, 'START RequestId: 1')).toBe(false);
    expect(counted(rule, '{"campaignId": ')).toBe(false);
    expect(counted(rule, { ConvertedCalls: 1 })).toBe(false);
    expect(counted(rule, { campaignId: 'a' })).toBe(false);
    expect(counted(rule, { campaignId: 'a', ConvertedCalls: 'many' })).toBe(false);
    expect(counted(rule, { campaignId: { id: 'a' }, ConvertedCalls: 1 })).toBe(false);
    expect(counted(rule, '{"__proto__": {"campaignId": "a", "ConvertedCalls": 1}}')).toBe(false);
  });

  it.each([
    [{ In: ['PUT', 'GET'] }, 'GET', true],
    [{ In: ['PUT'] }, 'GET', false],
    [{ In: ['200'] }, 200, true],
    [{ NotIn: ['PUT'] }, 'GET', true],
    [{ NotIn: ['GET'] }, 'GET', false],
    [{ StartsWith: ['ec2', 'ecs'] }, 'ecs.amazonaws.com', true],
    [{ StartsWith: ['ec2'] }, 'ecs', false],
    [{ GreaterThan: 5 }, 6, true],
    [{ GreaterThan: 5 }, 5, false],
    [{ LessThan: 5 }, 4, true],
    [{ EqualTo: 200 }, 200, true],
    [{ EqualTo: 200 }, 404, false],
    [{ NotEqualTo: 200 }, 404, true],
    [{ NotEqualTo: 200 }, undefined, false],
    [{ IsPresent: true }, 'x', true],
    [{ IsPresent: true }, undefined, false],
    [{ IsPresent: false }, undefined, true],
    [{ IsPresent: true }, { leaf: 1 }, false],
  ])('filters with %j: %j is counted %j', (operator, value, expected) => {
    const rule = ruleOf({
      Contribution: { Keys: ['$.k'], Filters: [{ Match: '$.a.b', ...operator }] },
      AggregateOn: 'Count',
    });
    expect(counted(rule, { k: 1, a: { b: value } })).toBe(expected);
  });

  it('reads the Common Log Format by place and name', () => {
    const rule = ruleOf({
      LogFormat: 'CLF',
      Fields: { '1': 'ip', '7': 'bytes' },
      Contribution: { Keys: ['ip', '5'], ValueOf: 'bytes', Filters: [{ Match: '6', EqualTo: 200 }] },
    });
    const tally = createRuleTally(rule);
    expect(tally.add(event(0, '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326'))).toBe(true);
    expect(tally.add(event(0, '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 404 0'))).toBe(false);
    expect(tally.add(event(0, '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 -'))).toBe(false);
    const byUser = ruleOf({ LogFormat: 'CLF', Contribution: { Keys: ['3'] }, AggregateOn: 'Count' });
    expect(counted(byUser, '127.0.0.1 - frank [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1')).toBe(true);
    expect(counted(byUser, '127.0.0.1 - - [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 1')).toBe(false);
    expect(ruleReport(tally, all).contributors).toMatchObject([{ keys: ['127.0.0.1', 'GET / HTTP/1.0'], value: 2326 }]);
  });

  it('reads a line of the Common Log Format as fast as it is long', () => {
    const rule = ruleOf({ LogFormat: 'CLF', Contribution: { Keys: ['2'] }, AggregateOn: 'Count' });
    const took = cpuMilliseconds(() => {
      for (const piece of ['[ ', '" \\" ', '"\\', '[', '] ['])
        expect(counted(rule, `x ${piece.repeat(100_000)}`)).toBe(true);
    });
    expect(took).toBeLessThan(5000);
  });

  it('keeps no more than it is told, and the newest', () => {
    const tally = createRuleTally(ruleOf(), { maxEntries: 10 });
    for (let minute = 0; minute < 30; minute += 1) tally.add(event(minute, call(`c${minute}`, 1)));
    expect(tally.size().entries).toBeLessThanOrEqual(10);
    expect(tally.size().entries + tally.size().evicted).toBe(30);
    expect(tally.minutes(29 * 60, 30 * 60)).toHaveLength(1);
    tally.forget(29 * 60);
    expect(tally.size().entries).toBe(1);
  });

  it('gives the same report in whatever order events come', () => {
    const one = fc.record({
      minute: fc.nat(5),
      id: fc.constantFrom('a', 'b', 'c'),
      value: fc.integer({ min: -5, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(one), fc.constantFrom(60, 120, 300), (events, periodSeconds) => {
        const report = (list: typeof events) => {
          const tally = createRuleTally(ruleOf());
          for (const { minute, id, value } of list) tally.add(event(minute, call(id, value)));
          return [
            ruleReport(tally, { ...all, periodSeconds }),
            ...RULE_METRICS.map((metric) => ruleMetricPoints(tally, metric, { ...all, periodSeconds })),
          ];
        };
        expect(report(events.toReversed())).toEqual(report(events));
        expect((report(events)[0] as ReturnType<typeof ruleReport>).aggregateValue).toBe(
          events.reduce((sum, { value }) => sum + value, 0),
        );
      }),
    );
  });

  it('answers INSIGHT_RULE_METRIC of metric math', () => {
    const tally = filled();
    const answered = evaluateQueries(
      [
        {
          Id: 'e1',
          Expression:
            '100 * INSIGHT_RULE_METRIC("converted", "MaxContributorValue") / INSIGHT_RULE_METRIC("converted", "Sum")',
          Period: 60,
        },
      ],
      {
        source: sourceOf([]),
        start: 0,
        end: 180,
        outside: {
          insightRuleMetric: ({ rule, metric, ...range }) => {
            const known = RULE_METRICS.find((each) => each === metric);
            return rule === 'converted' && known ? ruleMetricPoints(tally, known, range) : undefined;
          },
        },
      },
    );
    expect(answered).toMatchObject({ results: [{ timestamps: [0, 120], values: [700 / 12, 100] }] });
  });
});
