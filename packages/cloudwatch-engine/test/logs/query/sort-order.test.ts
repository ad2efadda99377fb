import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareForSort } from '../../../src/logs/query/run/sort-order.ts';
import { event, rows } from './query-rows.ts';

/** User guide, sort: the example of ascending order. */
const ascending = '!: # *%04 0# 5A 111A 2345_ @ @_ A A9876fghj a12345hfh 0 01 1 2 3'.split(' ');

const shuffled = fc.shuffledSubarray(ascending, { minLength: ascending.length });
const eventsOf = (values: readonly unknown[]) => values.map((key) => event({ key }));
const sorted = (values: readonly unknown[], direction: string) =>
  rows(`fields key | sort key ${direction}`, eventsOf(values)).map(([key]) => key);

describe('sort', () => {
  it('brings any order into that of the user guide', () => {
    fc.assert(
      fc.property(shuffled, (values) => {
        expect(sorted(values, 'asc')).toEqual(ascending);
        expect(sorted(values, 'desc')).toEqual(ascending.toReversed());
      }),
    );
  });

  it('has what is missing first, texts then, and numbers of any spelling by size', () => {
    expect(sorted(['x10', 2, 'x9', '-1.5', '1e1', null], 'asc')).toEqual([undefined, 'x9', 'x10', '-1.5', '2', '1e1']);
    expect(sorted([1, null, 'x'], 'desc')).toEqual(['1', 'x', undefined]);
  });

  it('orders characters by Unicode, not by the halves that some are kept in', () => {
    expect(sorted(['\u{1F600}', '\uFF5E', 'z'], 'asc')).toEqual(['z', '\uFF5E', '\u{1F600}']);
  });

  it('says what sortsFirst and sortsLast are', () => {
    expect(rows('stats sortsFirst(key), sortsLast(key), min(key), max(key)', eventsOf(ascending))).toEqual([
      ['!:', '3', '0', '3'],
    ]);
    expect(rows('stats min(key), max(key)', eventsOf(['v9', 'v10', 'v1']))).toEqual([['v1', 'v10']]);
  });

  const piece = fc.constantFrom(
    '0',
    '1',
    '01',
    '9',
    '10',
    'a',
    'A',
    '_',
    '.',
    '-',
    ' ',
    '\u{1F600}',
    '\uFF5E',
    '\uD83D',
  );
  const text = fc.oneof(
    fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join('')),
    fc.string({ unit: 'binary' }),
  );
  const any = fc.oneof(
    text,
    fc.double(),
    fc.boolean(),
    fc.constant(undefined),
    fc.constant({ json: {} }),
    fc.constant({ instant: 1 }),
  );

  it('is a total order: of two one comes first, and what follows what follows comes last', () => {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(Math.sign(compareForSort(a, b)) + Math.sign(compareForSort(b, a))).toBe(0);
        if (compareForSort(a, b) <= 0 && compareForSort(b, c) <= 0) {
          expect(compareForSort(a, c)).toBeLessThanOrEqual(0);
        }
      }),
      { numRuns: 5000 },
    );
  });

  it('holds texts for one only where they are the same', () => {
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(compareForSort(a, b) === 0).toBe(a === b);
      }),
      { numRuns: 2000 },
    );
  });
});
