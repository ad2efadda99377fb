import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeAll, mergeSamples, samplesOf } from '../../../src/series/statistic/samples.ts';

const pair = fc.tuple(fc.constantFrom(1, 2, 1e300), fc.constantFrom(1, 2, 0.1, 0.2, 0.3, 2.5, 2 ** 40));
const pairs = fc.array(pair, { minLength: 1, maxLength: 12 });
const of = (all: readonly (readonly [number, number])[]) =>
  samplesOf(
    all.map(([value]) => value),
    all.map(([, count]) => count),
  );

describe('samples', () => {
  it('are the same in whatever order and grouping they were merged', () => {
    fc.assert(
      fc.property(
        pairs.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        ([all, other]) => {
          const oneByOne = other.map((each) => of([each]));
          expect(mergeAll(oneByOne)).toEqual(of(all));
          expect(oneByOne.reduce(mergeSamples)).toEqual(of(all));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('count equal values once, where counts are whole', () => {
    expect(samplesOf([3, 1, 3, 2, 3])).toEqual({ values: Float64Array.of(1, 2, 3), counts: Float64Array.of(1, 1, 3) });
    expect(
      of([
        [1, 2],
        [1, 0.5],
        [1, 3],
      ]),
    ).toEqual({ values: Float64Array.of(1, 1), counts: Float64Array.of(5, 0.5) });
  });
});
