import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { metricMatcher } from '../../src/search/match-search.ts';
import { parseSearch } from '../../src/search/parse-search.ts';
import { printSearch, type SearchExpression, type SearchTerm } from '../../src/search/search-expression.ts';
import { tokenize } from '../../src/search/tokenize.ts';
import type { Metric } from '../../src/series/metric.ts';
import vectors from '../fixtures/metric-math-vectors.json' with { type: 'json' };

const read = (text: string): SearchExpression => {
  const parsed = parseSearch(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.value;
};

const metric = (namespace: string, name: string, dimensions: Record<string, string> = {}): Metric => ({
  namespace,
  name,
  dimensions,
});

const finds = (search: string, each: Metric): boolean => metricMatcher(read(search))(each);

const errors = metric('AWS/Lambda', 'Errors', { FunctionName: 'ProjectA-worker' });
const invocations = metric('AWS/Lambda', 'Invocations', { FunctionName: 'ProjectB-worker' });
const instance = metric('AWS/EC2', 'CPUUtilization', { InstanceId: 'i-1234567890123456' });
const type = metric('AWS/EC2', 'CPUUtilization', { InstanceType: 't2.micro' });
const own = metric('My Namespace', 'Custom:Name[Special_Characters', { 'Dimension@Name': 'x' });

describe('SEARCH', () => {
  it.each(vectors.searchTokens)('makes the documented tokens of $text', ({ text, tokens }) => {
    const { pieces, whole } = tokenize(text);
    expect([whole, ...pieces.map((piece) => piece.toLowerCase())]).toEqual(tokens);
  });

  it.each(vectors.searchMatch)('looks for $term in $metric as documented: $match', ({ term, metric: name, match }) => {
    expect(finds(`{Own} ${term}`, metric('Own', name))).toBe(match);
  });

  it.each([
    [`{AWS/EC2,InstanceId} MetricName="CPUUtilization"`, [instance]],
    [`{AWS/EC2,InstanceType} InstanceType=micro MetricName="CPUUtilization" `, [type]],
    [`MetricName="CPUUtilization" `, [instance, type]],
    [`MetricName="CPUUtilization" AND ("AWS/ECS" OR "AWS/EC2") `, [instance, type]],
    [` {AWS/EC2} MetricName="CPUUtilization" `, [instance, type]],
    [`{AWS/EC2 InstanceId}, MetricName="CPUUtilization" `, [instance]],
    [`{AWS/EC2,InstanceId} MetricName="CPUUtilization" NOT i-1234567890123456 `, []],
    ['NOT Namespace=AWS ', [own]],
    ['Errors', [errors]],
    [' "Errors" ', [errors]],
    [' "errors" ', []],
    [` {"My Namespace", "Dimension@Name"}, "Custom:Name[Special_Characters" `, [own]],
    [` InstanceType="t2.micro" Namespace="AWS/EC2" `, [type]],
    [
      ` {AWS/Lambda,FunctionName} MetricName="Errors" OR (MetricName="Invocations" AND (ProjectA OR ProjectB)) `,
      [errors, invocations],
    ],
    ['MetricName="Errors" OR MetricName="Invocations" ProjectA', [errors]],
    ['FunctionName=("ProjectA-worker" OR "nobody")', [errors]],
    // As Grafana's CloudWatch data source writes it.
    [
      `{AWS/Lambda,"FunctionName"} MetricName="Errors" "FunctionName"=("ProjectA-worker" OR "ProjectB-worker")`,
      [errors],
    ],
    ['{AWS/Lambda}', [errors, invocations]],
    ['{AWS/Lambda,FunctionName,Resource}', []],
    ['EC2', [instance, type]],
  ])('finds with %s what the user guide says', (search, found) => {
    const matches = metricMatcher(read(search));
    expect([errors, invocations, instance, type, own].filter(matches)).toEqual(found);
  });

  it('takes a schema for exact or for a part of the dimensions', () => {
    const both = metric('AWS/Lambda', 'Errors', { FunctionName: 'f', Resource: 'f:1' });
    const search = read('{AWS/Lambda,FunctionName}');
    expect(metricMatcher(search)(both)).toBe(false);
    expect(metricMatcher(search, { schemaDimensions: 'at-least', logic: 'and-first' })(both)).toBe(true);
  });

  it('reads escaped characters of exact matches', () => {
    expect(
      finds(String.raw`"Europe\\France Traffic\(Network\)"`, metric('n', String.raw`Europe\France Traffic(Network)`)),
    ).toBe(true);
  });

  it.each([
    ['', 0, 'the search is empty: give a {Namespace, Dimension}, a term, or both (at character 1)'],
    ['{}', 1, '"}" stands where a namespace belongs (at character 2)'],
    ['{AWS/EC2', 8, 'the search ends where the name of a dimension or } belongs (at character 9)'],
    ['(a OR b', 7, 'the search ends where AND, OR, NOT, a term or ) belongs (at character 8)'],
    ['a OR', 4, 'the search ends where a term, NOT or ( belongs (at character 5)'],
    ['MetricName=', 11, 'the search ends where a value of MetricName belongs (at character 12)'],
    ['"Errors', 0, 'the exact match has no closing " (at character 1)'],
    ['a )', 2, '")" stands where AND, OR, NOT, a term or the end belongs (at character 3)'],
    [
      ':aws.AccountId = "1"',
      0,
      ':aws.AccountId searches other accounts, which is not emulated: leave it out (at character 1)',
    ],
    ['x'.repeat(1025), 1024, 'the search has 1025 characters, CloudWatch takes 1024 (at character 1025)'],
  ])('says where %s is wrong', (text, at, message) => {
    expect(parseSearch(text)).toEqual({ ok: false, issue: { code: 'syntax', at, message } });
  });

  const word = fc.stringMatching(/^[a-z][a-zA-Z0-9/_.-]{0,8}$/);
  const term: fc.Arbitrary<SearchTerm> = fc.letrec<{ term: SearchTerm }>((tie) => ({
    term: fc.oneof(
      { maxDepth: 4 },
      fc.record({ kind: fc.constant('match' as const), text: word, exact: fc.constant(false) }),
      fc.record({ kind: fc.constant('match' as const), text: fc.string(), exact: fc.constant(true), property: word }),
      fc.record({ kind: fc.constantFrom('and' as const, 'or' as const), left: tie('term'), right: tie('term') }),
      fc.record({ kind: fc.constant('not' as const), term: tie('term') }),
    ),
  })).term;

  it('reads back what printSearch prints', () => {
    const schema = fc.record({
      namespace: fc.string({ minLength: 1 }),
      dimensions: fc.array(fc.string({ minLength: 1 }), { maxLength: 3 }),
    });
    fc.assert(
      fc.property(
        fc.record({ schema, term }),
        fc.constantFrom('and-first' as const, 'left-to-right' as const),
        (search, logic) => {
          const text = printSearch(search);
          fc.pre(text.length <= 1024);
          expect(parseSearch(text, { schemaDimensions: 'exact', logic })).toEqual({ ok: true, value: search });
        },
      ),
      { numRuns: 500 },
    );
  });

  it('answers any text', () => {
    const piece = fc.constantFrom('{', '}', '(', ')', '"', '\\', '=', 'NOT', 'OR', 'AND', ',', 'a', 'AWS/EC2', ' ');
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(piece, { maxLength: 300 }).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(text, (any) => {
        const parsed = parseSearch(any);
        if (!parsed.ok) expect(parsed.issue.at).toSatisfy((at: number) => at >= 0 && at <= any.length);
        else expect(typeof metricMatcher(parsed.value)(instance)).toBe('boolean');
      }),
      { numRuns: 1000 },
    );
  });
});
