import { closeSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { journalLines } from '../../src/state/journal-lines.ts';
import { newDirectory } from './journaled-map.ts';

const mebibyte = 1024 * 1024;

const linesOf = (path: string): readonly { readonly text: string; readonly end: number }[] => {
  const file = openSync(path, 'r');
  try {
    return [...journalLines(file)].map(([line, end]) => ({ text: String(line), end }));
  } finally {
    closeSync(file);
  }
};

it('gives every whole line, however its bytes fall into chunks, and leaves out what follows the last', () => {
  const path = join(newDirectory(), 'lines');
  // Around the size of a chunk, where a line may end with it, before it or after it.
  const lengths = fc.array(fc.oneof(fc.nat(20), fc.integer({ min: mebibyte - 3, max: mebibyte + 3 })), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(lengths, fc.nat(20), (whole, rest) => {
      const texts = whole.map((length, index) => `${'ä'.repeat(length / 2)}${index}`);
      writeFileSync(path, `${texts.map((text) => `${text}\n`).join('')}${'r'.repeat(rest)}`);
      const lines = linesOf(path);
      // Not by toEqual: it would print megabytes.
      expect(lines.length === texts.length && lines.every(({ text }, index) => text === texts[index])).toBe(true);
      let end = 0;
      expect(lines.map((line) => line.end)).toEqual(texts.map((text) => (end += Buffer.byteLength(text) + 1)));
    }),
    { numRuns: 30 },
  );
});

it('reads a line of many chunks in about the time of as many lines', () => {
  const path = join(newDirectory(), 'lines');
  const size = 64;
  const timeOf = (text: string): number => {
    writeFileSync(path, text);
    const file = openSync(path, 'r');
    const from = performance.now();
    let bytes = 0;
    for (const [line] of journalLines(file)) bytes += line.length;
    const time = performance.now() - from;
    closeSync(file);
    expect(bytes).toBeGreaterThan((size - 1) * mebibyte);
    return time;
  };
  const piece = 'x'.repeat(mebibyte - 1);
  const many = timeOf(`${piece}\n`.repeat(size));
  const one = timeOf(`${`${piece}x`.repeat(size - 1)}${piece}\n`);
  // Joined at each chunk it would be some 30 times.
  expect(one).toBeLessThan(10 * many + 200);
});
