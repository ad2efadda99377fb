import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseStatistic } from '../../../src/series/statistic/parse-statistic.ts';
import { printStatistic, type Statistic } from '../../../src/series/statistic/statistic.ts';

const read = (text: string): Statistic => {
  const parsed = parseStatistic(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.statistic;
};

const issue = (text: string) => {
  const parsed = parseStatistic(text);
  if (parsed.ok) throw new Error(`${text} is taken`);
  return parsed.issue;
};

const percent = fc.integer({ min: 0, max: 10 ** 12 }).map((tenBillionths) => tenBillionths / 1e10);
const value = fc.oneof(
  fc.integer({ min: 0, max: 10 ** 15 }).map((number) => number / 1e10),
  fc.nat().map((number) => number * 2 ** 40),
);
const boundaries = (bound: fc.Arbitrary<number>) =>
  fc.oneof(
    fc.record({ lower: bound }),
    fc.record({ upper: bound }),
    fc
      .tuple(bound, bound)
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ lower: Math.min(a, b), upper: Math.max(a, b) })),
  );
const trimmed = { kind: fc.constant('trimmed' as const), name: fc.constantFrom('TM', 'WM', 'TC', 'TS') } as const;
const statistics: fc.Arbitrary<Statistic> = fc.oneof(
  fc.record({
    kind: fc.constant('simple' as const),
    name: fc.constantFrom('SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum'),
  }),
  fc.record({ kind: fc.constant('percentile' as const), percent }),
  fc.record({ kind: fc.constant('percentile-rank' as const), boundaries: boundaries(value) }),
  fc.record({ ...trimmed, by: fc.constant('percent' as const), boundaries: boundaries(percent) }),
  fc.record({ ...trimmed, by: fc.constant('value' as const), boundaries: boundaries(value) }),
);

describe('parseStatistic', () => {
  it('reads back what printStatistic writes', () => {
    fc.assert(
      fc.property(statistics, (statistic) => {
        expect(read(printStatistic(statistic))).toEqual(statistic);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads every spelling of the user guide, and prints one for each meaning', () => {
    const canonical = (text: string) => printStatistic(read(text));
    expect(['Sum', 'p95', 'p95.0123456789', 'PR(:300)', 'PR(100:2000)', 'PR(10:)'].map(canonical)).toEqual([
      'Sum',
      'p95',
      'p95.0123456789',
      'PR(:300)',
      'PR(100:2000)',
      'PR(10:)',
    ]);
    expect(['tm90', 'TM(:90%)', 'TM(2%:98%)', 'TM(150:1000)', 'wm98', 'WM(10%:90%)'].map(canonical)).toEqual([
      'tm90',
      'tm90',
      'TM(2%:98%)',
      'TM(150:1000)',
      'wm98',
      'WM(10%:90%)',
    ]);
    expect(['tc90', 'TC(0.005:0.030)', 'TC(:0.5)', 'ts90', 'TS(80%:)', 'IQM', 'TM(25%:75%)'].map(canonical)).toEqual([
      'tc90',
      'TC(0.005:0.03)',
      'TC(:0.5)',
      'ts90',
      'TS(80%:)',
      'IQM',
      'IQM',
    ]);
  });

  it.each([
    ['sum', 0, 'write Sum'],
    ['SAMPLECOUNT', 0, 'write SampleCount'],
    ['P99', 0, 'write p99'],
    ['TM90', 0, 'write tm90'],
    ['tm(10%:90%)', 0, 'write TM(10%:90%)'],
    ['pr(:300)', 0, 'write PR(:300)'],
    ['iqm', 0, 'write IQM'],
    ['PR90', 0, 'as in PR(:300)'],
    ['median', 0, 'write one of SampleCount, Sum'],
    ['', 0, 'write one of SampleCount, Sum'],
    ['p', 1, 'a number from 0 to 100'],
    ['p101', 1, '0 to 100'],
    ['p99.', 4, 'a digit follows'],
    ['p99.12345678901', 14, '10 decimals'],
    ['p99 ', 3, 'drop the rest'],
    ['p(99)', 0, 'write one of'],
    ['TM(10:90%)', 5, 'both boundaries'],
    ['TM(10%:90)', 9, 'both boundaries'],
    ['PR(10%:)', 5, 'without %'],
    ['TM(:)', 4, 'at least one boundary'],
    ['TM(90%:10%)', 7, 'give the lower boundary first'],
    ['TM(10%)', 6, 'a colon'],
    ['TM(10%:90%', 10, 'a closing parenthesis'],
    ['TM(10%:90%)x', 11, 'drop the rest'],
    ['TM(-5:5)', 3, 'a number belongs here'],
    ['TM(1e3:)', 4, 'a colon'],
  ])('says of %s at which character it breaks, and what is allowed', (text, at, way) => {
    expect(issue(text)).toMatchObject({ code: 'statistic', at });
    expect(issue(text).message).toContain(way);
  });

  it('takes or refuses any text, without throwing', () => {
    const near = fc.string({ unit: fc.constantFrom(...'pPtTmMwcsSRIQ(:)%.0159 eu') });
    fc.assert(
      fc.property(fc.oneof(near, fc.string()), (text) => {
        const parsed = parseStatistic(text);
        if (parsed.ok) expect(read(printStatistic(parsed.statistic))).toEqual(parsed.statistic);
        else expect(parsed.issue.at).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2000 },
    );
  });
});
