import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anomalyBand } from '../../../src/math/band/anomaly-band.ts';
import { DEFAULT_BAND_SETTINGS } from '../../../src/math/band/band-settings.ts';
import { evaluateQueries } from '../../../src/math.ts';
import { metricQuery, sampled } from '../query/ask.ts';
import { sourceOf } from '../sample-source.ts';

const settings = { ...DEFAULT_BAND_SETTINGS, trainingSeconds: 300 };

describe('ANOMALY_DETECTION_BAND', () => {
  it('is the mean of what came before, plus and minus the deviations', () => {
    const { upper, lower } = anomalyBand(new Float64Array([1, 3, 1, 3, 100, 5]), 4, 60, 2, settings);
    expect([...upper]).toEqual([4, expect.closeTo(26.75 + 2 * Math.sqrt(1789.1875), 9)]);
    expect(lower[0]).toBe(0);
  });

  it('has no point before there is enough to go by', () => {
    const { upper } = anomalyBand(new Float64Array([Number.NaN, 1, 1, 1, 1]), 2, 60, 2, settings);
    expect([...upper]).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect([...anomalyBand(new Float64Array([1, 1, 1, 1]), 3, 60, 2, settings).upper]).toEqual([1]);
  });

  it('follows a season where there are enough datapoints of it', () => {
    const day = [0, 10, 20];
    const values = new Float64Array([...day, ...day, ...day, ...day]);
    const { upper, lower } = anomalyBand(values, 9, 60, 2, { ...settings, seasonSeconds: 180 });
    expect([...upper]).toEqual(day);
    expect([...lower]).toEqual(day);
  });

  it('knows nothing of what comes after: a longer time gives the same band where both are', () => {
    const values = fc.array(fc.option(fc.double({ min: -1e6, max: 1e6, noNaN: true })), {
      minLength: 1,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 1, max: 39 }), (all, length) => {
        const column = Float64Array.from(all, (value) => value ?? Number.NaN);
        const whole = anomalyBand(column, 5, 60, 2, settings);
        const part = anomalyBand(column.slice(0, length), 5, 60, 2, settings);
        expect(whole.upper.slice(0, part.upper.length)).toEqual(part.upper);
      }),
    );
  });

  it('gives the upper edge, then the lower one, and LAST the lower', () => {
    const source = sourceOf([sampled('m1', [1, 3, 1, 3, 9, 9])]);
    const queries = (Expression: string) => [metricQuery('m1'), { Id: 'ad1', Expression }];
    const band = (expression: string, alignment: 'epoch' | 'start' = 'epoch') => {
      const answered = evaluateQueries(queries(expression), {
        source,
        start: 240,
        end: 300,
        settings: { band: settings },
        alignment,
      });
      return answered.ok && answered.results;
    };
    expect(band('ANOMALY_DETECTION_BAND(m1)')).toMatchObject([
      { id: 'ad1', label: 'm1 High', timestamps: [240], values: [4] },
      { id: 'ad1', label: 'm1 Low', timestamps: [240], values: [0] },
    ]);
    expect(band('ANOMALY_DETECTION_BAND(m1, 3)')).toMatchObject([{ values: [5] }, { values: [-1] }]);
    expect(band('LAST(ANOMALY_DETECTION_BAND(m1))', 'start')).toMatchObject([{ values: [0] }]);
    expect(band('ANOMALY_DETECTION_BAND(m1 * 2)')).toMatchObject([{ values: [8] }, { values: [0] }]);
    expect(band('IF(m1 > FIRST(ANOMALY_DETECTION_BAND(m1)), 1, 0)')).toMatchObject([{ values: [1] }]);
  });
});
