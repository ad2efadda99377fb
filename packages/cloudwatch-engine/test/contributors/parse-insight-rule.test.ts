import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type InsightRule, parseInsightRule, printInsightRule, type RuleFilter } from '../../src/contributors.ts';

const Schema = { Name: 'CloudWatchLogRule', Version: 1 };

/** Of the user guide: "Contributor Insights rule syntax" and "Contributor Insights rule examples". */
const documented = [
  {
    Schema,
    LogGroupNames: ['API-Gateway-Access-Logs*', 'Log-group-name2'],
    LogFormat: 'JSON',
    Contribution: { Keys: ['$.ip'], ValueOf: '$.requestBytes', Filters: [{ Match: '$.httpMethod', In: ['PUT'] }] },
    AggregateOn: 'Sum',
  },
  {
    Schema,
    LogGroupNames: ['API-Gateway-Access-Logs*'],
    LogFormat: 'CLF',
    Fields: { '4': 'IpAddress', '7': 'StatusCode' },
    Contribution: { Keys: ['IpAddress'], Filters: [{ Match: 'StatusCode', EqualTo: 200 }] },
    AggregateOn: 'Count',
  },
  {
    Schema,
    LogGroupNames: ['/aws/containerinsights/sample-cluster-name/flowlogs'],
    LogFormat: 'CLF',
    Fields: { '3': 'interfaceID', '4': 'sourceAddress', '8': 'protocol', '13': 'action' },
    Contribution: {
      Keys: ['interfaceID', 'sourceAddress'],
      Filters: [
        { Match: 'protocol', EqualTo: 6 },
        { Match: 'action', In: ['REJECT'] },
      ],
    },
    AggregateOn: 'Sum',
  },
  {
    Schema,
    AggregateOn: 'Count',
    Contribution: { Filters: [{ Match: '$.rcode', StartsWith: ['NXDOMAIN'] }], Keys: ['$.srcaddr'] },
    LogFormat: 'JSON',
    LogGroupNames: ['<loggroupname>'],
  },
];

const good = documented[0] as (typeof documented)[number];
const issuesOf = (change: object) => {
  const parsed = parseInsightRule(JSON.stringify({ ...good, ...change }));
  return parsed.ok ? [] : parsed.issues.map(({ path, message }) => [path, message]);
};

describe('parseInsightRule', () => {
  it.each(documented)('takes the documented rule %#', (rule) => {
    expect(parseInsightRule(JSON.stringify(rule))).toMatchObject({ ok: true });
  });

  it('takes every operator of filters', () => {
    const Filters = [
      { Match: '$.a', NotIn: ['x'] },
      { Match: '$.b[0].c', GreaterThan: 1 },
      { Match: '$.d-e', LessThan: 2 },
      { Match: '$.f', IsPresent: true },
    ];
    expect(issuesOf({ Contribution: { Keys: ['$.k'], Filters } })).toEqual([]);
    expect(issuesOf({ Contribution: { Keys: ['$.k'], Filters: [{ Match: '$.a', NotEqualTo: 1 }] } })).toEqual([]);
  });

  it.each([
    [{ Schema: undefined }, 'Schema', 'Schema is missing: it has Name, Version'],
    [
      { Schema: { Name: 'x', Version: 1 } },
      'Schema',
      'Schema is {"Name": "CloudWatchLogRule", "Version": 1}: other rules are not emulated',
    ],
    [{ LogGroupNames: undefined }, 'LogGroupNames', 'give either LogGroupNames or LogGroupARNs'],
    [{ LogFormat: 'XML' }, 'LogFormat', 'LogFormat is "XML": write JSON or CLF'],
    [{ AggregateOn: 'Max' }, 'AggregateOn', 'AggregateOn is "Max": write Count or Sum'],
    [
      { AggregateOn: 'Count' },
      'Contribution.ValueOf',
      'Contribution.ValueOf goes with AggregateOn Sum: drop it, or write Sum',
    ],
    [{ Extra: 1 }, 'the rule.Extra', /^the rule has no member Extra: it has Schema/],
    [
      { Contribution: { Keys: [] } },
      'Contribution.Keys',
      'Contribution.Keys has 0 members, Contributor Insights takes 1 to 4',
    ],
    [
      { Contribution: { Keys: ['ip'] } },
      'Contribution.Keys[0]',
      '"ip" is no field: write it as $.request.users[0].name',
    ],
    [{ Contribution: { Keys: ['$.a', '$.b', '$.c', '$.d', '$.e'] } }, 'Contribution.Keys', /has 5 members/],
    [
      { LogFormat: 'CLF' },
      'Contribution.Keys[0]',
      '"$.ip" is no field: write its place, from "1" on, or a name of Fields',
    ],
    [{ Fields: { '1': 'a' } }, 'Fields', 'Fields name the fields of CLF: those of JSON have names'],
    [{ LogGroupNames: undefined, LogGroupARNs: ['x'] }, 'LogGroupARNs[0]', '"x" is no ARN of a log group'],
  ])('says what is wrong with %j', (change, path, message) => {
    expect(issuesOf(change)).toContainEqual([
      path,
      typeof message === 'string' ? message : expect.stringMatching(message),
    ]);
  });

  it.each([
    [
      { Match: '$.a' },
      'Contribution.Filters[0]',
      'Contribution.Filters[0] has one of In, NotIn, StartsWith, GreaterThan, LessThan, EqualTo, NotEqualTo, IsPresent',
    ],
    [{ Match: '$.a', In: ['x'], EqualTo: 1 }, 'Contribution.Filters[0]', /has one of/],
    [
      { Match: '$.a', EqualTo: '200' },
      'Contribution.Filters[0].EqualTo',
      'Contribution.Filters[0].EqualTo is a number; compare texts with In',
    ],
    [
      { Match: '$.a', In: Array(11).fill('x') },
      'Contribution.Filters[0].In',
      /has 11 members, Contributor Insights takes 1 to 10/,
    ],
    [
      { Match: '$.a', IsPresent: 'yes' },
      'Contribution.Filters[0].IsPresent',
      'Contribution.Filters[0].IsPresent is true or false',
    ],
    [{ In: ['x'] }, 'Contribution.Filters[0].Match', /names the field/],
  ])('says what is wrong with the filter %j', (filter, path, message) => {
    const issues = issuesOf({ Contribution: { Keys: ['$.k'], Filters: [filter] } });
    expect(issues).toContainEqual([path, typeof message === 'string' ? message : expect.stringMatching(message)]);
  });

  it('says everything at once, of what is no JSON too', () => {
    expect(issuesOf({ LogFormat: 1, AggregateOn: 1, Contribution: 1 })).toHaveLength(3);
    expect(parseInsightRule('{')).toMatchObject({ ok: false, issues: [{ code: 'body' }] });
    expect(parseInsightRule('[]')).toMatchObject({ ok: false, issues: [{ message: 'the rule is a JSON object' }] });
    expect(issuesOf({ LogGroupNames: ['ä'] })).toContainEqual(['', expect.stringContaining('ASCII only')]);
    expect(issuesOf({ LogGroupNames: ['x'.repeat(8192)] })).toContainEqual(['', expect.stringContaining('takes 8192')]);
  });

  it('reads back what printInsightRule prints', () => {
    const field = fc.stringMatching(/^\$(?:\.[a-z-]{1,5}|\.[a-z]\[[0-9]\]){1,3}$/);
    const text = fc.stringMatching(/^[ -~]{1,10}$/);
    const texts = fc.array(text, { minLength: 1, maxLength: 10 });
    const number = fc.integer();
    const filter: fc.Arbitrary<RuleFilter> = fc.oneof(
      fc.record({ match: field, operator: fc.constantFrom('In', 'NotIn', 'StartsWith' as const), values: texts }),
      fc.record({
        match: field,
        operator: fc.constantFrom('EqualTo', 'NotEqualTo', 'LessThan', 'GreaterThan' as const),
        value: number,
      }),
      fc.record({ match: field, operator: fc.constant('IsPresent' as const), present: fc.boolean() }),
    );
    const rule: fc.Arbitrary<InsightRule> = fc.record(
      {
        logFormat: fc.constant('JSON' as const),
        logGroupNames: fc.array(text, { minLength: 1, maxLength: 20 }),
        fields: fc.constant({}),
        keys: fc.array(field, { minLength: 1, maxLength: 4 }),
        valueField: field,
        filters: fc.array(filter, { maxLength: 4 }),
        aggregateOn: fc.constant('Sum' as const),
      },
      { requiredKeys: ['logFormat', 'logGroupNames', 'fields', 'keys', 'filters', 'aggregateOn'] },
    );
    fc.assert(
      fc.property(rule, (each) => {
        expect(parseInsightRule(printInsightRule(each))).toEqual({ ok: true, rule: each });
      }),
    );
  });

  it('answers any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (body) => {
        expect(parseInsightRule(body).ok).toBe(false);
      }),
    );
  });
});
