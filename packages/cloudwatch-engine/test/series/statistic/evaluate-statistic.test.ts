import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateSamples, type PercentileInterpolation } from '../../../src/series/statistic/evaluate-statistic.ts';
import { parseStatistic } from '../../../src/series/statistic/parse-statistic.ts';
import { rangeOf, samplesOf } from '../../../src/series/statistic/samples.ts';

type Recorded = { readonly values: number[]; readonly counts: number[] } & Record<
  'nearestRank' | 'linear',
  Record<string, number>
>;
type Trimmed = { readonly values: number[]; readonly 'TM(10%:90%)': number; readonly 'TM(20%:80%)': number };
const recorded: { readonly percentiles: Recorded[]; readonly trimmed: Trimmed[] } = JSON.parse(
  readFileSync(new URL('../../fixtures/percentiles.json', import.meta.url), 'utf8'),
);

function evaluate(
  stat: string,
  values: readonly number[],
  counts?: readonly number[],
  interpolation: PercentileInterpolation = 'nearest-rank',
): number | undefined {
  const parsed = parseStatistic(stat);
  if (!parsed.ok || parsed.statistic.kind === 'simple') throw new Error(stat);
  return evaluateSamples(parsed.statistic, rangeOf(samplesOf(values, counts)), interpolation);
}

const oneToTen = [10, 9, 8, 7, 6, 5, 4, 3, 2, 1];

describe('percentiles', () => {
  it('are those of numpy, for the nearest rank and for linear interpolation', () => {
    for (const { values, counts, nearestRank, linear } of recorded.percentiles) {
      for (const [stat, expected] of Object.entries(nearestRank)) {
        expect([stat, evaluate(stat, values, counts)]).toEqual([stat, expected]);
      }
      for (const [stat, expected] of Object.entries(linear)) {
        expect(evaluate(stat, values, counts, 'linear')).toBeCloseTo(expected, 9);
      }
    }
  });

  it('are the maximum of what remains when the highest are ignored', () => {
    expect(evaluate('p90', oneToTen)).toBe(9);
    expect(
      evaluate(
        'p7',
        Array.from({ length: 100 }, (_, index) => index + 1),
      ),
    ).toBe(7);
    expect(evaluate('p99', [1, 2, 1000], [900, 90, 10])).toBe(2);
  });

  it('and all other statistics of raw samples are missing where a sample is negative', () => {
    for (const stat of ['p50', 'tm90', 'TC(:5)', 'WM(10%:90%)', 'IQM', 'PR(:5)']) {
      expect(evaluate(stat, [-1, 1, 2])).toBeUndefined();
    }
  });
});

describe('trimmed statistics', () => {
  it('are those of scipy where no sample is cut', () => {
    for (const row of recorded.trimmed) {
      for (const stat of ['TM(10%:90%)', 'TM(20%:80%)'] as const) {
        expect(evaluate(stat, row.values)).toBeCloseTo(row[stat], 9);
      }
    }
  });

  it('leave out the highest tenth', () => {
    expect(evaluate('tm90', oneToTen)).toBe(5);
    expect(evaluate('tc90', oneToTen)).toBe(9);
    expect(evaluate('ts90', oneToTen)).toBe(45);
    expect(evaluate('wm90', oneToTen)).toBe(5.4);
    expect(evaluate('TS(80%:)', oneToTen)).toBe(19);
  });

  it('count a sample that a percentage cuts in part', () => {
    expect(evaluate('tc50', [1, 2, 3])).toBe(1.5);
    expect(evaluate('ts50', [1, 2, 3])).toBe(2);
    expect(evaluate('IQM', [1, 2, 3])).toBeCloseTo(2);
  });

  it('take values above the lower and up to the higher boundary', () => {
    expect(evaluate('TC(3:7)', oneToTen)).toBe(4);
    expect(evaluate('TS(3:7)', oneToTen)).toBe(4 + 5 + 6 + 7);
    expect(evaluate('TM(3:7)', oneToTen)).toBe(5.5);
    expect(evaluate('TC(:3)', oneToTen)).toBe(3);
    expect(evaluate('WM(3:7)', oneToTen)).toBe((3 * 3 + 22 + 3 * 7) / 10);
    expect(evaluate('PR(3:7)', oneToTen)).toBe(40);
    expect(evaluate('PR(:3)', oneToTen)).toBe(30);
  });

  it('count nothing, and have no mean, where no value is in the range', () => {
    expect(evaluate('TC(100:200)', oneToTen)).toBe(0);
    expect(evaluate('TM(100:200)', oneToTen)).toBeUndefined();
    expect(evaluate('WM(100:200)', oneToTen)).toBe(100);
  });
});

const samples = fc.array(fc.tuple(fc.nat({ max: 1000 }), fc.integer({ min: 1, max: 20 })), {
  minLength: 1,
  maxLength: 20,
});

describe('laws', () => {
  it('n samples of one value are the same as one sample seen n times', () => {
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom('p50', 'p99.9', 'tm90', 'WM(10%:90%)', 'TS(5%:)', 'PR(:300)'),
        (pairs, stat) => {
          const repeated = pairs.flatMap(([value, count]) => Array.from({ length: count }, () => value));
          const [values, counts] = [pairs.map(([value]) => value), pairs.map(([, count]) => count)];
          expect(evaluate(stat, repeated)).toBe(evaluate(stat, values, counts));
        },
      ),
    );
  });

  it('a trimmed sum is the trimmed mean times the trimmed count, and all bins of a rank make 100 percent', () => {
    fc.assert(
      fc.property(samples, fc.nat({ max: 1000 }), (pairs, bound) => {
        const [values, counts] = [pairs.map(([value]) => value), pairs.map(([, count]) => count)];
        const of = (stat: string) => evaluate(stat, values, counts) ?? Number.NaN;
        expect(of('tm80') * of('tc80')).toBeCloseTo(of('ts80'), 6);
        expect(of(`PR(:${bound})`) + of(`PR(${bound}:)`)).toBeCloseTo(100, 9);
      }),
    );
  });

  it('percentiles rise, from the minimum to the maximum', () => {
    fc.assert(
      fc.property(
        samples,
        fc.constantFrom<PercentileInterpolation>('nearest-rank', 'linear'),
        (pairs, interpolation) => {
          const [values, counts] = [pairs.map(([value]) => value), pairs.map(([, count]) => count)];
          const all = Array.from(
            { length: 101 },
            (_, p) => evaluate(`p${p}`, values, counts, interpolation) ?? Number.NaN,
          );
          expect(all[0]).toBe(Math.min(...values));
          expect(all[100]).toBe(Math.max(...values));
          for (let p = 1; p <= 100; p += 1) expect(all[p]).toBeGreaterThanOrEqual((all[p - 1] ?? Number.NaN) - 1e-9);
        },
      ),
    );
  });
});
