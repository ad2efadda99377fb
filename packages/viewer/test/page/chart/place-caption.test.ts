import { describe, expect, it } from 'vitest';
import { placeOfCaption } from '../../../src/page/chart/place-caption.ts';

const box = { left: 0, top: 0, right: 400, bottom: 200 };
const size = { width: 60, height: 14, space: 4 };
const above = (y: number) => ({ text: 'high', x: 400, y, side: 'right' as const });
const beside = (x: number) => ({ text: 'deployed', x, y: 0, side: 'left' as const });

describe('the place of a caption', () => {
  it('is above its line at the right, or below it at the top of the chart', () => {
    expect(placeOfCaption(above(100), size, box, [])).toEqual({ left: 336, right: 396, top: 84, bottom: 98 });
    expect(placeOfCaption(above(10), size, box, []).top).toBe(14);
  });

  it('is before a line that stands too far right for it', () => {
    expect(placeOfCaption(beside(100), size, box, []).left).toBe(104);
    expect(placeOfCaption(beside(390), size, box, []).right).toBe(386);
  });

  it('is beside or below what was written there before', () => {
    const first = placeOfCaption(above(100), size, box, []);
    expect(placeOfCaption(above(104), size, box, [first]).right).toBeLessThan(first.left);
    const one = placeOfCaption(beside(100), size, box, []);
    expect(placeOfCaption(beside(110), size, box, [one]).top).toBe(one.bottom);
  });

  it('is over the others where there is no room at all', () => {
    const narrow = { ...box, right: 70 };
    const first = placeOfCaption({ ...above(100), x: 70 }, size, narrow, []);
    expect(placeOfCaption({ ...above(100), x: 70 }, size, narrow, [first])).toEqual(first);
  });
});
