import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { event, rows, start } from './query-rows.ts';

type Call = { readonly second: number; readonly outcome: string; readonly seconds?: number | string };

const call = fc.record(
  {
    second: fc.integer({ min: 0, max: 3599 }),
    outcome: fc.constantFrom('busy', 'failed', 'answered'),
    seconds: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.constantFrom('12', '7.5', 'none', '')),
  },
  { requiredKeys: ['second', 'outcome'] },
);
const calls = fc.array(call, { maxLength: 30 });
const minutes = fc.constantFrom(1, 5, 7, 30);

const eventsOf = (given: readonly Call[]) =>
  given.map(({ second, ...message }, index) =>
    event(message, 0, { timestamp: start + second * 1000, pointer: String(index) }),
  );

/** What spells a number, by eye: of the texts above two do. */
const numbersOf = (group: readonly Call[]): readonly number[] =>
  group.flatMap(({ seconds }) =>
    typeof seconds === 'number' ? [seconds] : seconds === '12' ? [12] : seconds === '7.5' ? [7.5] : [],
  );

const shownBin = (at: number): string => new Date(at).toISOString().replace('T', ' ').replace('Z', '');

const text = (value: number): string => String(value);

/** Groups of equal keys, in no order. */
const grouped = (
  given: readonly Call[],
  keyOf: (one: Call) => string,
): readonly (readonly [string, readonly Call[]])[] => {
  const keys = [...new Set(given.map(keyOf))];
  return keys.map((key) => [key, given.filter((one) => keyOf(one) === key)] as const);
};

const sorted = (found: readonly (readonly string[])[]): readonly string[] =>
  found.map((row) => JSON.stringify(row)).sort();

describe('a simple model finds the same as', () => {
  it('count, sum, avg, min and max by bin and by field', () => {
    fc.assert(
      fc.property(calls, minutes, (given, size) => {
        const width = size * 60_000;
        const binOf = ({ second }: Call): number => Math.floor((start + second * 1000) / width) * width;
        const query = `filter outcome != "failed" | stats count(*), count(seconds), sum(seconds), avg(seconds), min(seconds) as least, max(seconds) by bin(${size}m), outcome`;
        const expected = grouped(
          given.filter(({ outcome }) => outcome !== 'failed'),
          (one) => JSON.stringify([binOf(one), one.outcome]),
        ).map(([key, group]) => {
          const [bin, outcome] = JSON.parse(key) as [number, string];
          const numbers = numbersOf(group);
          const total = numbers.reduce((sum, value) => sum + value, 0);
          const texts = group.flatMap(({ seconds }) => (typeof seconds === 'string' ? [seconds] : [])).sort();
          const extremes =
            numbers.length > 0
              ? [Math.min(...numbers), Math.max(...numbers)].map(text)
              : texts.length > 0
                ? [texts[0] ?? '', texts.at(-1) ?? '']
                : [];
          const present = group.filter(({ seconds }) => seconds !== undefined).length;
          const sums = numbers.length > 0 ? [text(total), text(total / numbers.length)] : [];
          return [shownBin(bin), outcome, text(group.length), text(present), ...sums, ...extremes];
        });
        expect(sorted(rows(query, eventsOf(given)))).toEqual(sorted(expected));
      }),
      { numRuns: 500 },
    );
  });

  it('two stats, the second of the counts of the first', () => {
    fc.assert(
      fc.property(calls, (given) => {
        const query = 'stats count(*) as n by outcome, bin(1m) | stats max(n), sum(n), count(*) by outcome';
        const expected = grouped(given, ({ outcome }) => outcome).map(([outcome, group]) => {
          const counts = grouped(group, ({ second }) => text(Math.floor(second / 60))).map(
            ([, inMinute]) => inMinute.length,
          );
          return [outcome, text(Math.max(...counts)), text(group.length), text(counts.length)];
        });
        expect(sorted(rows(query, eventsOf(given)))).toEqual(sorted(expected));
      }),
    );
  });

  it('filter, sort and limit', () => {
    fc.assert(
      fc.property(calls, fc.integer({ min: -5, max: 60 }), fc.integer({ min: 1, max: 10 }), (given, least, count) => {
        const found = given.filter((one) => (numbersOf([one])[0] ?? Number.NEGATIVE_INFINITY) >= least);
        const order = found.map((one) => numbersOf([one])[0] ?? 0).sort((one, other) => other - one);
        const query = `filter seconds >= ${least} | sort seconds desc | limit ${count} | display seconds * 1`;
        expect(rows(query, eventsOf(given))).toEqual(order.slice(0, count).map((value) => [text(value)]));
      }),
    );
  });

  it('dedup, which keeps the newest of each', () => {
    fc.assert(
      fc.property(fc.uniqueArray(call, { selector: ({ second }) => second, maxLength: 20 }), (given) => {
        const newest = grouped(given, ({ outcome }) => outcome).map(([outcome, group]) => [
          outcome,
          shownBin(start + Math.max(...group.map(({ second }) => second)) * 1000),
        ]);
        expect(sorted(rows('fields outcome, @timestamp | dedup outcome', eventsOf(given)))).toEqual(sorted(newest));
      }),
    );
  });
});
