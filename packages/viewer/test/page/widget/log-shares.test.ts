import { describe, expect, it } from 'vitest';
import { ringShares, sharesOf } from '../../../src/page/widget/log-shares.ts';

const answer = (count: number) => ({
  columns: ['who', 'count(*)'],
  rows: Array.from({ length: count }, (_, index) => [`caller ${index}`, '2']),
});

describe('the shares of a query', () => {
  it('are one for each row, with its words and its number', () => {
    expect(sharesOf(answer(2), 'light')).toMatchObject([
      { label: 'caller 0', value: 2 },
      { label: 'caller 1', value: 2 },
    ]);
    expect(sharesOf({ columns: ['who'], rows: [['me']] }, 'light')).toBeUndefined();
  });

  it('of a ring add up to all rows, however many they are', () => {
    for (const count of [1, 30, 31, 500]) {
      const shares = ringShares(sharesOf(answer(count), 'light') ?? [], 'light');
      expect(shares.reduce((sum, { value }) => sum + value, 0)).toBe(2 * count);
      expect(shares.length).toBe(Math.min(30, count));
    }
    expect(ringShares(sharesOf(answer(50), 'light') ?? [], 'light').at(-1)).toMatchObject({
      label: '21 others',
      value: 42,
    });
  });
});
