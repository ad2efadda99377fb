import fc from 'fast-check';
import { expect, it } from 'vitest';
import { doublesText, doubleText, numbersText } from '../../../src/service-api/protocols/number-text.ts';

const doubles = fc.array(
  fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer(), fc.constantFrom(1e21, -1e300, 0.1)),
  { minLength: 1 },
);

it('writes every finite double with a point or an exponent, and as the same number', () => {
  fc.assert(
    fc.property(doubles, (list) => {
      for (const each of list) {
        expect(doubleText(each)).toMatch(/[.e]/);
        expect(JSON.parse(doubleText(each))).toBe(each === 0 ? 0 : each);
      }
    }),
  );
});

it('writes a list at once as it would one by one, or leaves it', () => {
  fc.assert(
    fc.property(doubles, (list) => {
      const oneByOne = `[${list.map(doubleText).join(',')}]`;
      expect([undefined, oneByOne]).toContain(doublesText(list));
    }),
  );
});

it('writes lists of whole numbers at once, small ones and large ones', () => {
  const edges = fc.constantFrom(0, -0, 9, 10, -10, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 1e20);
  const whole = fc.array(fc.oneof(fc.integer(), fc.integer({ min: -11, max: 101 }), edges), { minLength: 1 });
  fc.assert(
    fc.property(whole, (list) => {
      expect(doublesText(list)).toBe(`[${list.map(doubleText).join(',')}]`);
    }),
  );
});

it.each([[[1, Number.NaN]], [[1, null]], [[1, 'a']], [[1, { a: 1 }]], [[1, [2]]], [['a']], [[]], [[1, undefined]]])(
  'leaves %j, which has more than finite numbers',
  (list) => {
    expect(numbersText(list)).toBeUndefined();
    expect(doublesText(list)).toBeUndefined();
  },
);
