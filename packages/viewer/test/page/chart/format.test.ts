import { describe, expect, it } from 'vitest';
import { fullNumber, shortNumber, withUnit } from '../../../src/page/chart/format-number.ts';
import { ago, axisTimes, dateTime, zoneName } from '../../../src/page/chart/format-time.ts';
import { givenColor, seriesColor, withAlpha } from '../../../src/page/chart/palette.ts';
import { valueRange } from '../../../src/page/chart/value-range.ts';

describe('numbers as people read them', () => {
  it.each([
    [0, '0'],
    [1234, '1.234k'],
    [-2_500_000, '-2.5M'],
    [0.00512, '0.00512'],
    [1e-9, '1.00e-9'],
    [999_960, '1M'],
    [999_940, '999.9k'],
    [Number.NaN, '–'],
    [Number.POSITIVE_INFINITY, '–'],
    [null, '–'],
    [undefined, '–'],
  ])('%s is %s', (value, text) => expect(shortNumber(value)).toBe(text));

  it.each([
    [12.345, 'Percent', '12.35 %'],
    [230, 'Milliseconds', '230 ms'],
    [2500, 'Milliseconds', '2.5 s'],
    [200, 'Seconds', '3 min 20 s'],
    [93_600, 'Seconds', '1 d 2 h'],
    [0.99996, 'Milliseconds', '1 ms'],
    [0.9994, 'Seconds', '999 ms'],
    [0.9996, 'Seconds', '1 s'],
    [59.96, 'Seconds', '1 min'],
    [59.94, 'Seconds', '59.9 s'],
    [1536, 'Bytes', '1.5 KiB'],
    [9_999_999_999, 'Bytes', '9.31 GiB'],
    [1023 * 1024, 'Bytes', '1023 KiB'],
    [1023.98 * 1024, 'Bytes', '1 MiB'],
    [3, 'Count/Second', '3/s'],
    [7, 'Gigabits', '7 Gigabits'],
    [7, undefined, '7'],
  ])('%s %s is %s', (value, unit, text) => expect(withUnit(value, unit)).toBe(text));

  it('leaves no digit out when the whole number is asked for', () => {
    expect(fullNumber(1_234_567.25)).toBe('1,234,567.25');
  });
});

describe('instants on the clock of a zone', () => {
  const noon = Date.UTC(2026, 10, 24, 12, 5, 9) / 1000;

  it('shows what a clock there shows', () => {
    expect(dateTime(noon, 'UTC')).toBe('2026-11-24 12:05:09');
    expect(dateTime(noon, '+0530')).toBe('2026-11-24 17:35:09');
    expect(zoneName(noon, '-0330')).toBe('UTC−03:30');
  });

  it('names the day on the axis where it changes', () => {
    const midnight = Date.UTC(2026, 10, 24) / 1000;
    expect(axisTimes([midnight - 3600, midnight, midnight + 3600], 3600, 'UTC')).toEqual(['23:00', 'Nov 24', '01:00']);
  });

  it('says how long ago', () => {
    expect([0, 30, 90, 7200, 400_000].map((age) => ago(1_000_000 - age, 1_000_000))).toEqual([
      'just now',
      '30 s ago',
      '1 min ago',
      '2 h ago',
      '4 d ago',
    ]);
  });
});

describe('colours', () => {
  it('takes no colour of a body that is none', () => {
    expect(givenColor('#1F77B4')).toBe('#1F77B4');
    expect(givenColor('red;background:url(//x)')).toBeUndefined();
    expect(withAlpha('#abc', 0.5)).toBe('#aabbcc80');
  });

  it.each([
    ['light', '#ffffff'],
    ['dark', '#161c25'],
  ] as const)('stands out from the %s ground with a contrast of 3:1', (theme, ground) => {
    const luminance = (color: string): number => {
      const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
        const channel = Number.parseInt(color.slice(at, at + 2), 16) / 255;
        return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
    };
    for (let index = 0; index < 12; index += 1) {
      const pair = [luminance(seriesColor(index, theme)), luminance(ground)];
      const contrast = (Math.max(...pair) + 0.05) / (Math.min(...pair) + 0.05);
      expect(contrast, seriesColor(index, theme)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('the range of a value axis', () => {
  it('begins at zero for what is never below it, unless all values lie far above', () => {
    expect(valueRange(10, 100, {}, [])[0]).toBe(0);
    expect(valueRange(90, 100, {}, [])[0]).toBeGreaterThan(80);
  });

  it('holds marks, keeps the ends that are given, and is never empty', () => {
    expect(valueRange(1, 2, {}, [50])[1]).toBeGreaterThan(50);
    expect(valueRange(1, 2, { min: 0, max: 10 }, [50])).toEqual([0, 10]);
    const [from, to] = valueRange(null, null, {}, []);
    expect(to).toBeGreaterThan(from);
    expect(valueRange(5, 5, { min: 7 }, [])[1]).toBeGreaterThan(7);
  });
});
