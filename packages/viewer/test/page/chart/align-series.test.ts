import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alignSeries, stackSeries } from '../../../src/page/chart/align-series.ts';

const line = (timestamps: readonly number[], values: readonly number[], periodSeconds = 60) => ({
  timestamps,
  values,
  periodSeconds,
});

describe('series on one axis of time', () => {
  it('breaks a line where a period has no value, and where a value is no number', () => {
    const { times, values } = alignSeries([line([0, 60, 240, 300], [1, 2, 3, Number.NaN])]);
    expect(times).toEqual([0, 60, 120, 240, 300]);
    expect(values).toEqual([[1, 2, null, 3, null]]);
  });

  it('goes on over instants that only another series has', () => {
    const { times, values } = alignSeries([line([0, 60, 120], [1, 2, 3]), line([0, 120], [5, 6], 120)]);
    expect(times).toEqual([0, 60, 120]);
    expect(values).toEqual([
      [1, 2, 3],
      [5, undefined, 6],
    ]);
  });

  it('stacks, and counts what is missing as nothing where another series has a value', () => {
    const aligned = alignSeries([line([0, 60], [1, Number.NaN]), line([0, 60], [2, 5])]);
    expect(stackSeries(aligned).values).toEqual([
      [1, 0],
      [3, 5],
    ]);
  });

  it('keeps every number of every series, at its instant', () => {
    const series = fc
      .uniqueArray(fc.integer({ min: 0, max: 50 }), { maxLength: 20 })
      .map((minutes) => minutes.sort((one, other) => one - other).map((minute) => minute * 60));
    fc.assert(
      fc.property(fc.array(series, { maxLength: 4 }), (all) => {
        const lines = all.map((timestamps) => line(timestamps, timestamps));
        const { times, values } = alignSeries(lines);
        lines.forEach(({ timestamps }, index) => {
          const found = times.filter((_, place) => typeof values[index]?.[place] === 'number');
          expect(found).toEqual(timestamps);
        });
      }),
    );
  });
});
