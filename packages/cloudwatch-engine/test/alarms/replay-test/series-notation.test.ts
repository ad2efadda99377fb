import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseSeries, printSeries } from '../../../src/alarm-tests.ts';

const valuesOf = (text: string) => {
  const parsed = parseSeries(text);
  if (!parsed.ok) throw new Error(parsed.issue.message);
  return parsed.values;
};

describe('the notation of series', () => {
  it.each([
    ['', []],
    ['7 _ 8.5', [7, undefined, 8.5]],
    ['0x5 12x3 _x2', [0, 0, 0, 0, 0, 12, 12, 12, undefined, undefined]],
    ['0+10x4', [0, 10, 20, 30]],
    ['5-2x3', [5, 3, 1]],
    ['-5x2 -1-1x3', [-5, -5, -1, -2, -3]],
    ['1e3x2 2.5e-1', [1000, 1000, 0.25]],
    ['4x0 3x1', [3]],
  ])('reads %j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });

  it('gives exactly n samples for axn, where promtool gives n + 1', () => {
    expect(valuesOf('1x3')).toHaveLength(3);
  });

  it.each([
    ['1 2 three', 4, '"three" is no sample'],
    ['1+2', 0, '"1+2" is no sample'],
    ['7x-1', 0, 'is no sample'],
    ['_+1x3', 0, 'is no sample'],
    ['1x600000 1x600000', 9, 'more than 1000000 samples'],
  ])('refuses %j where it breaks', (text, at, message) => {
    const parsed = parseSeries(text);
    expect(parsed).toMatchObject({ ok: false, issue: { at, message: expect.stringContaining(message) } });
  });

  it('is read back as it was printed', () => {
    const value = fc.option(fc.oneof(fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true })), {
      nil: undefined,
    });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.integer({ min: 1, max: 4 }))), (runs) => {
        const values = runs.flatMap(([each, times]) => Array.from({ length: times }, () => each));
        // JSON has one zero, and so has the notation.
        const oneZero = (all: readonly (number | undefined)[]) =>
          all.map((each) => (each === undefined ? each : each + 0));
        expect(oneZero(valuesOf(printSeries(values)))).toEqual(oneZero(values));
      }),
    );
  });

  it('is read or refused, whatever the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[-+x_0-9e. ]{0,30}$/), (text) => {
        const parsed = parseSeries(text);
        expect(parsed.ok || parsed.issue.message).toBeTruthy();
      }),
      { numRuns: 1000 },
    );
  });
});
