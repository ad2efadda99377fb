import { defineMetrics } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calls, dimension, emitting, issuesOf, level, one, written } from './issues-of.ts';

describe('metrics', () => {
  it.each([
    [{ kind: 'timer' }, ['unknown-value metrics.Calls.kind']],
    [{ unit: 'Euro' }, ['unknown-value metrics.Calls.unit']],
    [{ unit: undefined }, ['unknown-value metrics.Calls.unit']],
    [{ resolution: 10 }, ['unknown-value metrics.Calls.resolution']],
    [{ resolution: 1 }, []],
    [{ counted: 'later' }, ['unknown-value metrics.Calls.counted']],
    [{ description: 7 }, ['wrong-type metrics.Calls.description']],
    [{ resoluton: 1 }, ['unknown-member metrics.Calls.resoluton']],
    [{ statistic: 'p99' }, ['statistic-of-kind metrics.Calls.statistic']],
    [{ statistic: 'Maximum' }, ['statistic-of-kind metrics.Calls.statistic']],
    [{ statistic: 'SampleCount' }, []],
    [{ kind: 'gauge', statistic: 'Sum' }, ['statistic-of-kind metrics.Calls.statistic']],
    [{ kind: 'gauge', statistic: 'Minimum' }, []],
    [{ kind: 'distribution', statistic: 'p99.9' }, []],
    [{ kind: 'distribution', statistic: 'tm90' }, []],
    [{ kind: 'distribution', statistic: 'p101' }, ['statistic-of-kind metrics.Calls.statistic']],
    [{ kind: 'distribution', statistic: 'Median' }, ['statistic-of-kind metrics.Calls.statistic']],
  ])('judges %j', (member, expected) => {
    expect(written(one(member))).toEqual(expected);
  });

  it('says so of a value that JSON cannot write', () => {
    const cyclic: { self?: unknown } = {};
    cyclic.self = cyclic;
    const issues = [10n, cyclic, Symbol('unit'), () => 1].flatMap((unit) => issuesOf(one({ unit })));
    expect(issues.map(({ at, message }) => `${at} ${message.split(' is unknown')[0]}`)).toEqual([
      'metrics.Calls.unit what is bigint',
      'metrics.Calls.unit what is object',
      'metrics.Calls.unit Symbol(unit)',
      'metrics.Calls.unit () => 1',
    ]);
  });

  it('refuses a contract without metrics', () => {
    expect(written({ metrics: {}, emitters: {} })).toEqual(['empty metrics']);
  });

  it('takes more than a hundred of them', () => {
    const names = Array.from({ length: 150 }, (_, index) => `Metric${index}`);
    expect(
      written({ metrics: Object.fromEntries(names.map((n) => [n, calls])), emitters: emitting(...names) }),
    ).toEqual([]);
  });
});

describe('dimension sets', () => {
  const dimensions = { A: { values: ['a'] }, B: { values: ['b'] } };

  it.each([
    [[], ['empty metrics.Calls.dimensions']],
    [
      [
        ['A', 'B'],
        ['B', 'A'],
      ],
      ['duplicate metrics.Calls.dimensions[1]'],
    ],
    [[[], ['A', 'B'], []], ['duplicate metrics.Calls.dimensions[2]']],
    [[['A', 'A', 'B']], ['duplicate metrics.Calls.dimensions[0]']],
    [[['A', 'B', 'C']], ['undeclared metrics.Calls.dimensions[0]']],
    [[['A', 7, 'B']], ['wrong-type metrics.Calls.dimensions[0][1]']],
    [['A', ['B', 'A']], ['wrong-type metrics.Calls.dimensions[0]']],
  ])('judges %j', (sets, expected) => {
    const unused = ['unused-dimension dimensions.A', 'unused-dimension dimensions.B'];
    expect(written(one({ dimensions: sets }, { dimensions }))).toEqual(
      sets.length === 0 ? [...expected, ...unused] : expected,
    );
  });

  it('have 30 keys at most', () => {
    const keys = Array.from({ length: 31 }, (_, index) => `D${index}`);
    const contract = (count: number) =>
      one(
        { dimensions: [keys.slice(0, count)] },
        { dimensions: Object.fromEntries(keys.slice(0, count).map((key) => [key, { values: ['v'] }])) },
      );
    expect(written(contract(30))).toEqual([]);
    expect(issuesOf(contract(31)).map(({ message }) => message)).toEqual([
      'has 31 dimensions, CloudWatch allows 30: drop 1, or make them properties',
    ]);
  });
});

describe('dimensions', () => {
  it.each([
    [{ values: [] }, ['empty dimensions.D.values']],
    [{ values: ['a', 'b', 'a'] }, ['duplicate dimensions.D.values']],
    [{ values: ['é'] }, ['name-characters dimensions.D.values']],
    [{ values: ['v'.repeat(1025)] }, ['name-length dimensions.D.values']],
    [{ values: [''] }, ['name-length dimensions.D.values']],
    [{ values: 'a' }, ['wrong-type dimensions.D.values']],
    [{ maxValues: 0 }, ['bad-cap dimensions.D.maxValues']],
    [{ maxValues: 1.5 }, ['bad-cap dimensions.D.maxValues']],
    [{ maxValues: '20' }, ['bad-cap dimensions.D.maxValues']],
    [{ maxValues: 20 }, []],
    [{ maxValues: 20, values: ['a'] }, ['values-or-cap dimensions.D']],
    [{}, ['values-or-cap dimensions.D']],
  ])('judges %j', (definition, expected) => {
    expect(written(dimension('D', definition))).toEqual(expected);
  });

  it('must be in some metric', () => {
    expect(written(one({}, { dimensions: { D: { values: ['a'] } } }))).toEqual(['unused-dimension dimensions.D']);
  });
});

describe('emitters', () => {
  it.each([
    [{ kind: 'handler', emits: ['Calls', 'Nope'] }, ['undeclared emitters.worker.emits']],
    [{ kind: 'handler', emits: ['Calls', 'Calls'] }, ['duplicate emitters.worker.emits']],
    [{ kind: 'daemon', emits: ['Calls'] }, ['unknown-value emitters.worker.kind']],
    [{ kind: 'handler', emits: [] }, ['unemitted-metric metrics.Calls', 'empty emitters.worker.emits']],
    [{ kind: 'handler' }, ['wrong-type emitters.worker.emits', 'unemitted-metric metrics.Calls']],
    [null, ['wrong-type emitters.worker', 'unemitted-metric metrics.Calls']],
  ])('judges %j', (worker, expected) => {
    expect(written({ metrics: { Calls: calls }, emitters: { worker } })).toEqual(expected);
  });
});

describe('rates', () => {
  const rate = (member: object) => ({
    metrics: { Calls: calls, Level: level },
    emitters: emitting('Calls', 'Level'),
    rates: { R: { numerator: 'Calls', denominator: 'Calls', scale: 'percent', description: 'r', ...member } },
  });

  it.each([
    [{}, []],
    [{ numerator: 'Nope' }, ['undeclared rates.R.numerator']],
    [{ numerator: 'toString' }, ['undeclared rates.R.numerator']],
    [{ denominator: 'Level' }, ['not-a-counter rates.R.denominator']],
    [{ scale: 'permille' }, ['unknown-value rates.R.scale']],
    [{ denominator: undefined }, ['wrong-type rates.R.denominator']],
  ])('judges %j', (member, expected) => {
    expect(written(rate(member))).toEqual(expected);
  });

  it('are named where nobody emits what they divide', () => {
    expect(issuesOf({ ...rate({ numerator: 'Level' }), emitters: emitting('Calls') })).toMatchObject([
      { code: 'unemitted-metric', metric: 'Level', rates: ['R'] },
      { code: 'not-a-counter' },
    ]);
  });
});

describe('properties', () => {
  it('have a type that JSON can tell', () => {
    expect(written(one({}, { properties: { id: { type: 'date', description: 'd' } } }))).toEqual([
      'unknown-value properties.id.type',
    ]);
  });
});

describe('defineMetrics', () => {
  it('reports all issues at once, each with its limit and the way out', () => {
    const definition = one({ unit: 'Euro', statistic: 'p99' }, { namespace: 'AWS/Voice', metric: {} });
    expect(() => defineMetrics(definition as never)).toThrowErrorMatchingInlineSnapshot(`
      [ContractError: namespace: "AWS/Voice" is reserved (AWS services publish there): choose another name
      metrics.Calls.unit: "Euro" is unknown: use one of the 27 units of the CloudWatch API
      metric: means nothing here (namespace, metrics, dimensions, emitters, properties, rates do): correct or drop it
      metrics.Calls.statistic: p99 of a counter means nothing: use Sum, or another kind]
    `);
  });

  it.each([[null], [undefined], [7], ['contract'], [[]], [{}]])(
    'reports %j as issues, not as a TypeError',
    (definition) => {
      expect(written(definition)).toContain('wrong-type metrics');
    },
  );

  it('never throws anything but a ContractError, whatever JavaScript hands over', () => {
    const broken = fc.oneof(fc.anything(), fc.dictionary(fc.string(), fc.anything()));
    const block = fc.oneof(fc.dictionary(fc.constantFrom('Calls', 'x', '__proto__', 'constructor'), broken), broken);
    const definition = fc.record(
      { namespace: broken, metrics: block, dimensions: block, emitters: block, properties: block, rates: block },
      { requiredKeys: [] },
    );
    fc.assert(fc.property(definition, (value) => void issuesOf(value)));
  });
});
