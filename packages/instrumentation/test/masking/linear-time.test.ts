import { describe, expect, it } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';

const { text } = createMasker();

const MEGABYTE = 1_048_576;

/** Processor time, ms, of the fastest of three: other work on the machine only ever adds to it. */
function cost(value: string): number {
  const times = [1, 2, 3].map(() => {
    const start = process.cpuUsage();
    text(value);
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return Math.min(...times);
}

describe('a text eight times as long takes about eight times as long: quadratic work would take 64 times', () => {
  it.each([
    ['digits', '1'],
    ['zeros', '0'],
    ['digits and spaces', '1 '],
    ['digits, then spaces', '12345678   '],
    ['dots', '1.'],
    ['hyphens', '12-'],
    ['groups of a number', '555-123-'],
    ['a trunk 0 again and again', '06 '],
    ['open parentheses', '(555'],
    ['parentheses', '(55)('],
    ['plus signs', '+'],
    ['plus and a digit', '+1'],
    ['encoded plus', '%2B1'],
    ['encoded spaces', '1%20'],
    ['percent signs', '%'],
    ['halves of UUIDs', '12345678-1234-'],
    ['hexadecimal', 'abcdef01'],
    ['ARNs', 'arn:aws:'],
    ['ARN of hyphens', 'arn:-------'],
    ['queue URLs', 'amazonaws.com/1234567890'],
    ['dates', '2024-01-'],
    ['currency', '€ 5'],
    ['escapes', '\\n1'],
    ['asterisks', '*1'],
    ['extensions', '5551234567ex'],
    ['numbers', '+15551234567 '],
    ['letters', 'a'],
  ])('%s', (_name, unit) => {
    const texts = [MEGABYTE / 64, MEGABYTE / 8, MEGABYTE].map((length) => unit.repeat(length / unit.length));
    for (const [shorter, longer] of [texts.slice(0, 2), texts.slice(1)]) {
      expect(cost(longer ?? '') / Math.max(cost(shorter ?? ''), 0.5)).toBeLessThan(32);
    }
  });
});

it('masks the number at the end of a megabyte', () => {
  expect(text(`${'1 '.repeat(MEGABYTE / 2)}, +15551234567`).slice(-11)).toBe('+1********67'.slice(-11));
});
