import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compileFilterPolicy } from '../../../src/sns/filter-policy/filter-policy.ts';
import { FilterPolicyError } from '../../../src/sns/filter-policy/filter-policy-error.ts';

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
    [{ event: [{ prefix: 'order-' }] }, { event: 'order-7' }, true],
    [{ event: [{ suffix: 'ball' }] }, { event: 'baseball' }, true],
    [{ event: [{ 'equals-ignore-case': 'tennis' }] }, { event: 'TENNIS' }, true],
    [{ file: [{ wildcard: '*.png' }] }, { file: 'a.png' }, true],
    [{ file: [{ wildcard: 'a*b*c' }] }, { file: 'axxbyyc' }, true],
    [{ file: [{ wildcard: 'a*b*c' }] }, { file: 'axxcyyb' }, false],
    [{ file: [{ wildcard: 'ab*ba' }] }, { file: 'aba' }, false],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.255' }, true],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.1.1' }, false],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '10.0.0.256' }, false],
    [{ ip: [{ cidr: '10.0.0.0/24' }] }, { ip: '::ffff:a00:1' }, false],
    [{ ip: [{ cidr: '10.0.0.0/31' }] }, { ip: '10.0.0.2' }, false],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/64' }] }, { ip: '2001:0db8:1234:1a00:0000:0000:0000:0001' }, true],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/64' }] }, { ip: '2001:0db8:123f:1a01:0000:0000:0000:0000' }, false],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/57' }] }, { ip: '2001:db8:1234:1a7f::' }, true],
    [{ ip: [{ cidr: '2001:db8:1234:1a00::/57' }] }, { ip: '2001:db8:1234:1a80::' }, false],
    [{ 'a.b': ['x'] }, { 'a.b': 'x' }, true],
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

  it('may have 150 combinations of values', () => {
    expect(accepts({ a: Array(15).fill('x'), b: Array(10).fill('y') }, { a: 'x', b: 'y' }, 'MessageAttributes')).toBe(
      true,
    );
  });

  it.each([
    [{ a: { b: ['nested'] } }, 'Filter policy scope MessageAttributes does not support nested filter policy'],
    [
      { a: ['1'], b: ['1'], c: ['1'], d: ['1'], e: ['1'], f: ['1'] },
      'FilterPolicy: Filter policy can not have more than 5 keys',
    ],
    [{ a: Array(151).fill('x') }, 'FilterPolicy: Filter policy is too complex'],
    [{ a: Array(13).fill('x'), b: Array(12).fill('y') }, 'FilterPolicy: Filter policy is too complex'],
  ])('%j is refused: %s', (policy, reason) => {
    expect(() => compileFilterPolicy(policy, 'MessageAttributes')).toThrow(new FilterPolicyError(reason));
  });
});

// Texts as recorded of AWS, and those of its Event Ruler that no recording has.
describe('a policy that is malformed is refused', () => {
  it.each<[unknown, string]>([
    [['a'], 'Filter is not an object'],
    ['a', '"key" must be an object or an array'],
    [{}, 'Empty objects are not allowed'],
    [[], 'Empty arrays are not allowed'],
    [[['value']], 'Match value must be String, number, true, false, or null'],
    [[{ suffix: 'value', prefix: 'value2' }], 'Only one key allowed in match expression'],
    [[{}], 'Match expression name not found'],
    [[{ 'wrong-operator': true }], 'Unrecognized match type wrong-operator'],
    [[{ constructor: 'x' }], 'Unrecognized match type constructor'],
    [{ suffix: 'value' }, '"suffix" must be an object or an array'],
    [{ 'not-an-operator': 'value' }, '"not-an-operator" must be an object or an array'],
    [[{ suffix: 100 }], 'suffix match pattern must be a string'],
    [[{ suffix: null }], 'suffix match pattern must be a string'],
    [[{ suffix: ['test', 'test2'] }], 'suffix match pattern must be a string'],
    [[{ wildcard: 1 }], 'wildcard match pattern must be a string'],
    [[{ cidr: ['bad-filter'] }], 'prefix match pattern must be a string'],
    [[{ cidr: 'bad-filter' }], "Malformed CIDR, one '/' required"],
    [[{ cidr: 'bad-filter/64' }], 'Nonstandard IP address: bad-filter'],
    [[{ cidr: 'bad-/64filter' }], 'Malformed CIDR, mask bits must be an integer'],
    [[{ cidr: 'xx.11.xx/8' }], 'Nonstandard IP address: xx.11.xx'],
    [[{ cidr: 'xxxx:db8:1234:1a00::/64' }], 'Nonstandard IP address: xxxx:db8:1234:1a00::'],
    [[{ cidr: '10.0.0.0/-1' }], 'Malformed CIDR, mask bits must not be negative'],
    [[{ exists: null }], 'exists match pattern must be either true or false.'],
    [[{ exists: 'no' }], 'exists match pattern must be either true or false.'],
    [[{ 'anything-but': { suffix: 'test' } }], 'Unsupported anything-but pattern: suffix'],
    [[{ 'anything-but': { exists: false } }], 'Unsupported anything-but pattern: exists'],
    [[{ 'anything-but': { 'wrong-operator': null } }], 'Unsupported anything-but pattern: wrong-operator'],
    [[{ 'anything-but': { prefix: false } }], 'prefix match pattern must be a string'],
    [[{ 'anything-but': null }], 'Value of anything-but must be an array or single string/number value.'],
    [[{ 'anything-but': [true] }], 'Inside anything but list, start|null|boolean is not supported.'],
    [
      [{ 'anything-but': ['a', 1] }],
      'Inside anything but list, either all values are number or string, mixed type is not supported',
    ],
    [[{ numeric: 1 }], 'Value of numeric must be an array.'],
    [[{ numeric: [] }], 'Invalid member in numeric match: ]'],
    [[{ numeric: ['operator'] }], 'Unrecognized numeric range operator: operator'],
    [[{ numeric: [1, '<='] }], 'Invalid member in numeric match: 1'],
    [[{ numeric: ['=', '000'] }], 'Value of equals must be numeric'],
    [[{ numeric: ['>='] }], 'Value of >= must be numeric'],
    [[{ numeric: ['<', 100, '>', 10] }], 'Too many elements in numeric expression'],
    [[{ numeric: ['>=', 1, '>', 2] }], 'Bad numeric range operator: >'],
    [[{ numeric: ['>', 3, '<', 1] }], 'Bottom must be less than top'],
    [[{ numeric: ['>', 20, '<='] }], 'Value of <= must be numeric'],
    [[{ numeric: ['>', 20, 30] }], 'Bad value in numeric range: 30'],
    [[{ numeric: ['>', 20, 'test'] }], 'Bad numeric range operator: test'],
    [[{ numeric: ['>', '20', '<', '30'] }], 'Value of > must be numeric'],
    [[{ numeric: ['>', 20, '<', '30'] }], 'Value of < must be numeric'],
    [[{ numeric: ['>', 20, '<', 30, '<', 50] }], 'Too many terms in numeric range expression'],
  ])('%j: %s', (rule, reason) => {
    const policy = reason === 'Filter is not an object' ? rule : { key: rule };
    expect(() => compileFilterPolicy(policy, 'MessageAttributes')).toThrow(
      new FilterPolicyError(`FilterPolicy: ${reason}`),
    );
  });

  it.each<[unknown, string]>([
    ['a', 'It must be an Array followed with $or.'],
    [[], 'There must have at least 2 Objects in $or relationship.'],
    [[{ a: ['1'] }], 'There must have at least 2 Objects in $or relationship.'],
    [[{ a: ['1'] }, 'b'], 'Only JSON object is allowed in array of $or relationship.'],
    [[{ a: ['1'] }, { prefix: ['b'] }], 'prefix is Ruler reserved fieldName which cannot be used inside $or.'],
  ])('$or of %j: %s', ($or, reason) => {
    expect(() => compileFilterPolicy({ $or }, 'MessageBody')).toThrow(reason);
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

  it.each([
    [{ 'a.b': ['x'] }, { a: { b: 'x' } }, true],
    [{ 'a.b': ['x'] }, { 'a.b': 'x' }, true],
    [{ 'a.b': ['x'] }, { a: { b: 'y' } }, false],
    [{ 'a.b.c': ['x'] }, { 'a.b': { c: 'x' } }, true],
    [{ 'a.b.c': ['x'] }, { a: { 'b.c': 'x' } }, true],
    [{ a: { 'b.c': { d: ['x'] } } }, { a: { b: { c: [{ d: 'x' }] } } }, true],
    [{ 'a.b': ['x'] }, { a: { b: 'y' }, 'a.b': 'x' }, true],
  ])('takes a dot in a key for a path: %j and %j: %s', (policy, message, accepted) => {
    expect(accepts(policy, message, 'MessageBody')).toBe(accepted);
  });

  it.each([
    [{ a: { b: ['x'] } }, { a: [[{ b: 'x' }]] }, true],
    [{ a: ['x'] }, { a: [['y'], ['x']] }, true],
    [{ a: { b: ['x'], c: ['y'] } }, { a: [{ b: 'x', c: 'y' }] }, true],
    [{ a: { b: ['x'], c: ['y'] } }, { a: [{ b: 'x' }, { c: 'y' }] }, false],
    [{ 'a.b': ['x'], 'a.c': ['y'] }, { a: [{ b: 'x' }, { c: 'y' }] }, false],
    [{ a: { b: [{ exists: false }] } }, { a: [{ c: 'x' }] }, true],
    [{ a: { b: [{ exists: false }] } }, { a: [{ b: 'x' }, { c: 'x' }] }, false],
    [{ a: { b: [{ exists: false }, 'x'] } }, { a: [{ b: 'x' }, { c: 'x' }] }, true],
    [{ a: [{ exists: true }] }, { a: [] }, false],
    [{ a: [{ exists: true }] }, { a: { b: 'x' } }, false],
    [{ a: [null] }, { a: null }, true],
  ])('looks into arrays, at one element at a time: %j and %j: %s', (policy, message, accepted) => {
    expect(accepts(policy, message, 'MessageBody')).toBe(accepted);
  });

  it('looks into arrays however deep they are', () => {
    const deep = JSON.parse(`${'['.repeat(5_000)}"x"${']'.repeat(5_000)}`);
    expect(accepts({ a: ['x'] }, { a: deep }, 'MessageBody')).toBe(true);
  });

  const or = (metrics: number, namespaces: number, scopes: number, sources: number, types: number) => ({
    $or: [{ metricName: Array(metrics).fill('m') }, { namespace: Array(namespaces).fill('n') }],
    detail: {
      scope: Array(scopes).fill('s'),
      $or: [{ source: Array(sources).fill('s') }, { type: Array(types).fill('t') }],
    },
  });
  it.each([
    [{ a: { b: { c: Array(4).fill('x') } }, d: { e: Array(3).fill('x') }, f: Array(3).fill('x') }, false],
    [{ a: { b: { c: Array(4).fill('x') } }, d: { e: Array(3).fill('x') }, f: Array(2).fill('x') }, true],
    [or(3, 2, 2, 1, 3), false],
    [or(3, 2, 2, 1, 2), true],
  ])('counts values by how deep they are: %j: %s', (policy, accepted) => {
    const compile = () => compileFilterPolicy(policy, 'MessageBody');
    if (accepted) expect(compile).not.toThrow();
    else expect(compile).toThrow('FilterPolicy: Filter policy is too complex');
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
