import { describe, expect, it } from 'vitest';
import { issuesOf, line, taken, written } from './emf-line.ts';

describe('one metric is dropped', () => {
  const others = { Other: 2 };
  const both = (definition: object) => [{ Name: 'Other' }, { Name: 'Calls', ...definition }];

  it.each([
    ['an unknown unit', { metrics: both({ Unit: 'count' }) }, 'unit'],
    ['a resolution of 10', { metrics: both({ StorageResolution: 10 }) }, 'resolution'],
    ['no target', { metrics: both({ Name: 'Nope' }) }, 'metric-missing'],
    ['the name of an inherited member', { metrics: both({ Name: 'toString' }) }, 'metric-missing'],
    ['a name over 255 characters', { metrics: both({ Name: 'n'.repeat(256) }) }, 'metric-name'],
    ['an empty name', { metrics: both({ Name: '' }) }, 'metric-name'],
    ['NaN', { metrics: both({}), members: { Calls: Number.NaN } }, 'metric-not-numeric'],
    ['NaN among its values', { metrics: both({}), members: { Calls: [1, Number.NaN] } }, 'metric-not-numeric'],
    ['text', { metrics: both({}), members: { Calls: '1' } }, 'metric-not-numeric'],
    ['a nested target', { metrics: both({}), members: { Calls: { count: 1 } } }, 'metric-not-numeric'],
    ['no values', { metrics: both({}), members: { Calls: [] } }, 'no-values'],
    ['a value out of range', { metrics: both({}), members: { Calls: -1e200 } }, 'value-range'],
    ['too few Counts', { metrics: both({}), members: { Calls: { Values: [1, 2], Counts: [1] } } }, 'counts'],
    ['a Count of 0', { metrics: both({}), members: { Calls: { Values: [1], Counts: [0] } } }, 'counts'],
    ['a second definition', { metrics: [{ Name: 'Other' }, { Name: 'Other' }] }, 'duplicate-metric'],
  ])('for %s', (_, parts, code) => {
    const parsed = taken(line({ ...parts, members: { ...others, ...('members' in parts ? parts.members : {}) } }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code }]);
    expect(parsed.datapoints).toMatchObject([{ name: 'Other', values: [2] }]);
  });

  it('for 101 values', () => {
    const values = Array.from({ length: 101 }, () => 1);
    expect(issuesOf(line({ members: { Calls: values } }))).toMatchObject([
      { effect: 'dropped', code: 'too-many-values', count: 101, limit: 100 },
    ]);
  });

  it('for a number too large for JavaScript', () => {
    expect(written(line().replace('"Calls":1', '"Calls":1e999'))).toEqual(['dropped value-range']);
  });
});

describe('one dimension set is dropped', () => {
  it.each([
    ['a missing member', ['Nope'], 'dimension-missing'],
    ['an inherited member', ['constructor'], 'dimension-missing'],
    ['a number', ['shard'], 'dimension-not-text'],
    ['a nested member', ['nested'], 'dimension-not-text'],
    ['no text', ['empty'], 'dimension-value'],
    ['other characters than ASCII', ['city'], 'dimension-value'],
    ['more than 1,024 characters', ['long'], 'dimension-value'],
    ['a key over 250 characters', ['k'.repeat(251)], 'dimension-name'],
    ['a key that starts with a colon', [':Provider'], 'dimension-name'],
    ['the key of another set', ['Provider'], 'duplicate-set'],
  ])('for %s', (_, set, code) => {
    const members = {
      shard: 7,
      nested: { Provider: 'polly' },
      empty: '',
      city: 'Köln',
      long: 'l'.repeat(1025),
      Provider: 'polly',
      ':Provider': 'polly',
    };
    const parsed = taken(line({ dimensions: [['Provider'], set], members }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code }]);
    expect(parsed.datapoints).toMatchObject([{ dimensions: { Provider: 'polly' }, values: [1] }]);
  });

  it('and with the last set the directive, whose metric is a property then', () => {
    const parsed = taken(line({ dimensions: [['Nope']] }));
    expect(parsed.document).toMatchObject({ directives: [], values: {}, properties: { Calls: 1 } });
  });
});

describe('one directive is dropped', () => {
  it.each(['AWS/Voice', ':voice', 'voice~campaign', '', ' ', 'n'.repeat(256)])('for the namespace %j', (namespace) => {
    const parsed = taken(line({ namespace }));
    expect(parsed.warnings).toMatchObject([{ effect: 'dropped', code: 'namespace', namespace }]);
    expect(parsed.datapoints).toEqual([]);
  });
});
