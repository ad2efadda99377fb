import fc from 'fast-check';
import { expect, test } from 'vitest';
import { paced } from '../../src/campaign/pacing.ts';

test('spreads a slice over its seconds', () => {
  expect(paced(['a', 'b', 'c', 'd', 'e', 'f', 'g'], 2, 3)).toEqual([
    { item: 'a', delaySeconds: 0 },
    { item: 'b', delaySeconds: 0 },
    { item: 'c', delaySeconds: 1 },
    { item: 'd', delaySeconds: 1 },
    { item: 'e', delaySeconds: 2 },
    { item: 'f', delaySeconds: 2 },
  ]);
});

test('takes the first items in order, lets no second have more than the pace, and always goes on', () => {
  const contacts = fc.array(fc.integer(), { minLength: 1, maxLength: 400 });
  const pace = fc.double({ min: 0.01, max: 300, noNaN: true });
  fc.assert(
    fc.property(contacts, pace, fc.integer({ min: 1, max: 900 }), (items, callsPerSecond, seconds) => {
      const slice = paced(items, callsPerSecond, seconds);
      expect(slice.map(({ item }) => item)).toEqual(items.slice(0, slice.length));
      expect(slice.length).toBeGreaterThan(0);
      for (const { delaySeconds } of slice) {
        expect(delaySeconds).toBeLessThan(seconds);
        const sameSecond = slice.filter((other) => other.delaySeconds === delaySeconds);
        expect(sameSecond.length).toBeLessThanOrEqual(Math.ceil(callsPerSecond));
      }
    }),
  );
});

test('refuses a pace that never ends and a delay that SQS does not know', () => {
  expect(() => paced([1], 0, 60)).toThrow('it must be above 0');
  expect(() => paced([1], Number.NaN, 60)).toThrow('it must be above 0');
  expect(() => paced([1], 10, 901)).toThrow('up to 900 s');
});
