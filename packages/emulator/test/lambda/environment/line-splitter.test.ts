import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineSplitter } from '../../../src/lambda/environment/line-splitter.ts';

const linesOf = (chunks: readonly Buffer[], mostBytes?: number): readonly string[] => {
  const lines: string[] = [];
  const splitter = lineSplitter((line) => lines.push(line), mostBytes);
  for (const chunk of chunks) splitter.push(chunk);
  splitter.flush();
  return lines;
};

const cutAt = (bytes: Buffer, places: readonly number[]): readonly Buffer[] => {
  const ends = [...places.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end));
};

const texts = fc.string({ unit: fc.constantFrom('a', 'é', '日', '📞', '\n'), maxLength: 30 });
const places = fc.array(fc.nat(), { maxLength: 8 });

describe('lines', () => {
  it('are the same wherever the bytes are cut into chunks', () => {
    fc.assert(
      fc.property(texts, places, (text, cuts) => {
        const expected = text.split('\n');
        if (expected.at(-1) === '') expected.pop();
        expect(linesOf(cutAt(Buffer.from(text), cuts))).toEqual(expected);
      }),
    );
  });

  it('come in pieces that are short enough, and lose no character', () => {
    fc.assert(
      fc.property(texts, places, fc.integer({ min: 4, max: 9 }), (text, cuts, mostBytes) => {
        const pieces = linesOf(cutAt(Buffer.from(text), cuts), mostBytes);
        for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(mostBytes);
        expect(pieces.join('')).toBe(text.replaceAll('\n', ''));
      }),
    );
  });

  it('that never end are told as they grow', () => {
    const told: string[] = [];
    const splitter = lineSplitter((line) => told.push(line), 10);
    for (let chunk = 0; chunk < 100; chunk += 1) splitter.push(Buffer.from('12345'));
    expect(told).toHaveLength(49);
  });
});
