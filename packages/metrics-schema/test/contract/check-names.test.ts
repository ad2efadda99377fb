import { describe, expect, it } from 'vitest';
import { calls, dimension, issuesOf, named, one, written } from './issues-of.ts';

describe('names', () => {
  it.each([
    ['', ['name-length metrics.']],
    ['x'.repeat(256), [`name-length metrics.${'x'.repeat(256)}`]],
    ['x'.repeat(255), []],
    ['Gespräche', ['name-characters metrics.Gespräche']],
    ['  ', ['name-characters metrics.  ']],
    ['tab\there', ['name-characters metrics.tab\there']],
    [':Calls', ['reserved-name metrics.:Calls']],
    ['_aws', ['reserved-name metrics._aws']],
    ['CloudWatchMetrics', ['reserved-name metrics.CloudWatchMetrics']],
    ['Calls per minute', []],
  ])('judges a metric called %j', (name, expected) => {
    expect(written(named(name))).toEqual(expected);
  });

  it.each(['constructor', 'toString', 'hasOwnProperty'])('refuses %s, which every object has already', (name) => {
    expect(written(named(name))).toContain(`reserved-name metrics.${name}`);
  });

  it('refuses __proto__ however it is written', () => {
    expect(written(JSON.parse('{"metrics":{"__proto__":{}},"emitters":{}}'))).toContain(
      'reserved-name metrics.__proto__',
    );
    expect(written({ metrics: { __proto__: calls }, emitters: {} })).toContain('reserved-name metrics');
    expect(written(one({}, { properties: Object.fromEntries([['__proto__', calls]]) }))).toContain(
      'reserved-name properties.__proto__',
    );
  });

  it('lets a dimension be called anything up to 250 characters', () => {
    expect(written(dimension('d'.repeat(250), { values: ['a'] }))).toEqual([]);
    expect(issuesOf(dimension('d'.repeat(251), { values: ['a'] }))).toMatchObject([
      { code: 'name-length', length: 251, limit: 250 },
    ]);
  });

  it('refuses one key for two root members of the EMF document', () => {
    const contract = one(
      { dimensions: [['Calls']] },
      { dimensions: { Calls: { values: ['a'] } }, properties: { Calls: { type: 'string', description: 'c' } } },
    );
    expect(issuesOf(contract)).toMatchObject([
      { code: 'key-collision', at: 'dimensions.Calls', with: 'metrics' },
      { code: 'key-collision', at: 'properties.Calls', with: 'dimensions' },
    ]);
  });

  it.each([
    ['AWS/Voice', ['reserved-name namespace']],
    [':voice', ['reserved-name namespace']],
    ['voice campaign/prod', []],
    ['voice~campaign', ['name-characters namespace']],
    ['', ['name-length namespace']],
    ['n'.repeat(256), ['name-length namespace']],
    [7, ['wrong-type namespace']],
  ])('judges the namespace %j', (namespace, expected) => {
    expect(written(one({}, { namespace }))).toEqual(expected);
  });
});
