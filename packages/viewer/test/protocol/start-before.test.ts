import { describe, expect, it } from 'vitest';
import { startBefore } from '../../src/protocol/start-before.ts';

const END = Date.UTC(2026, 10, 24, 12) / 1000;
const iso = (text: string): string => new Date((startBefore(text, END) ?? Number.NaN) * 1000).toISOString();

describe('the start of a relative range', () => {
  it('is minutes, hours, days, weeks or calendar months before its end', () => {
    expect(iso('-PT1H30M')).toBe('2026-11-24T10:30:00.000Z');
    expect(iso('-P3D')).toBe('2026-11-21T12:00:00.000Z');
    expect(iso('-P2W')).toBe('2026-11-10T12:00:00.000Z');
    expect(iso('-P3M')).toBe('2026-08-24T12:00:00.000Z');
  });

  it('is none of other texts, nor of no time at all', () => {
    for (const text of ['', 'P3D', '-P', '-PT', '-P0D', '-P3M2D', '2026-11-24T12:00:00Z']) {
      expect(startBefore(text, END)).toBeUndefined();
    }
  });
});
