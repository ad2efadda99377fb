import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilterPolicy } from '../../src/sns/filter-policy.ts';

const accepts = (policy: unknown, message: Record<string, unknown>, scope: 'MessageAttributes' | 'MessageBody') =>
  compileFilterPolicy(policy, scope)(message);

// The operators and most of the examples are those of the SNS developer guide, String and numeric value matching.
describe('a policy over message attributes', () => {
  it.each([
    [{ store: ['example_corp'] }, { store: 'example_corp' }, true],
    [{ store: ['example_corp'] }, { store: 'Example_corp' }, false],
    [{ store: ['example_corp'] }, {}, false],
    [{ a: ['x'], b: ['y'] }, { a: 'x', b: 'z' }, false],
    [{ interests: ['rugby'] }, { interests: ['soccer', 'rugby'] }, true],
    [{ interests: [{ 'anything-but': ['rugby', 'tennis'] }] }, { interests: 'baseball' }, true],
    [{ interests: [{ 'anything-but': ['rugby', 'tennis'] }] }, { interests: 'rugby' }, false],
    [{ interests: [{ 'anything-but': ['rugby', 'tennis'] }] }, { interests: ['rugby', 'baseball'] }, true],
    [{ interests: [{ 'anything-but': ['rugby'] }] }, { other: 'x' }, false],
    [{ event: [{ 'anything-but': { prefix: 'order-' } }] }, { event: 'data-entry' }, true],
    [{ event: [{ 'anything-but': { prefix: 'order-' } }] }, { event: 'order-7' }, false],
    [{ event: [{ 'anything-but': { suffix: ['-x', '-y'] } }] }, { event: 'a-y' }, false],
    [{ event: [{ prefix: 'order-' }] }, { event: 'order-7' }, true],
    [{ event: [{ suffix: 'ball' }] }, { event: 'baseball' }, true],
    [{ event: [{ 'equals-ignore-case': 'tennis' }] }, { event: 'TENNIS' }, true],
    [{ file: [{ wildcard: '*.png' }] }, { file: 'a.png' }, true],
    [{ file: [{ wildcard: 'a*b*c' }] }, { file: 'axxbyyc' }, true],
    [{ file: [{ wildcard: 'a*b*c' }] }, { file: 'axxcyyb' }, false],
    [{ file: [{ wildcard: 'ab*ba' }] }, { file: 'aba' }, false],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.1' }, false],
    [{ price: [{ numeric: ['=', 301.5] }] }, { price: 301.5 }, true],
    [{ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: 150 }, true],
    [{ price: [{ numeric: ['>', 0, '<=', 150] }] }, { price: 0 }, false],
    [{ price: [100] }, { price: '100' }, false],
    [{ price: [{ 'anything-but': [100, 500] }] }, { price: 101 }, true],
    [{ store: [{ exists: true }] }, { store: 'x' }, true],
    [{ store: [{ exists: false }] }, { other: 'x' }, true],
    [{ store: [{ exists: false }] }, { store: 'x' }, false],
    [{ $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: '2' }, true],
    [{ c: ['3'], $or: [{ a: ['1'] }, { b: ['2'] }] }, { b: '2' }, false],
  ])('%j and %j: %s', (policy, message, accepted) => {
    expect(accepts(policy, message, 'MessageAttributes')).toBe(accepted);
  });

  it.each([
    [[], 'not a JSON object'],
    [{ a: 'x' }, '"a" must be an object or an array'],
    [{ a: [] }, 'must not be an empty array'],
    [{ a: [{ like: 'x' }] }, 'unrecognized match type like'],
    [{ a: [{ prefix: 1 }] }, 'prefix match pattern must be a string'],
    [{ a: [{ numeric: ['~', 1] }] }, 'numeric takes'],
    [{ a: { b: ['nested'] } }, '"a" must be an object or an array'],
    [{ a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] }, 'more than 5 keys, it has 6'],
    [{ a: Array(13).fill('x'), b: Array(12).fill('y') }, 'too complex'],
  ])('%j is refused: %s', (policy, reason) => {
    expect(() => compileFilterPolicy(policy, 'MessageAttributes')).toThrow(reason);
  });
});

describe('a policy over message bodies', () => {
  const alarm = {
    NewStateValue: 'ALARM',
    Trigger: { Namespace: 'voice/production', Dimensions: [{ name: 'a' }, { name: 'b' }] },
  };
  it.each([
    [{ NewStateValue: ['ALARM'] }, true],
    [{ Trigger: { Namespace: [{ prefix: 'voice/' }] } }, true],
    [{ Trigger: { Namespace: ['other'] } }, false],
    [{ Trigger: { Dimensions: { name: ['b'] } } }, true],
    [{ Trigger: { Dimensions: { name: ['c'] } } }, false],
  ])('%j: %s', (policy, accepted) => {
    expect(accepts(policy, alarm, 'MessageBody')).toBe(accepted);
  });
});

it('matches wildcards as a regular expression would, without its cost', () => {
  const text = fc.stringMatching(/^[ab]{0,8}$/);
  fc.assert(
    fc.property(fc.stringMatching(/^[ab*]{0,6}$/), text, (pattern, value) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's').test(value);
      expect(accepts({ a: [{ wildcard: pattern }] }, { a: value }, 'MessageAttributes')).toBe(expected);
    }),
    { numRuns: 1000 },
  );
});
