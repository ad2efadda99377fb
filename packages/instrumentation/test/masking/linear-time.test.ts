import { describe, expect, it } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';

const { text } = createMasker();

const MEGABYTE = 1_048_576;

/** Processor time, ms. */
function cost(value: string): number {
  const start = process.cpuUsage();
  text(value);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1_000;
}

/** The least of several tries: other work of the machine and of the runtime only ever adds. */
function leastCost(value: string, tries = 3): number {
  return Math.min(...Array.from({ length: tries }, () => cost(value)));
}

/** How many times as long the longer text takes; short times are no measure. Tried again where it seems too much. */
function growth(shorter: string, longer: string): number {
  let least = Number.POSITIVE_INFINITY;
  for (let attempt = 0; attempt < 4 && least >= 32; attempt++) {
    least = Math.min(least, leastCost(longer) / Math.max(leastCost(shorter), 1));
  }
  return least;
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
    const [short, middle, long] = [64, 8, 1].map((part) => unit.repeat(MEGABYTE / part / unit.length));
    expect(growth(short ?? '', middle ?? '')).toBeLessThan(32);
    expect(growth(middle ?? '', long ?? '')).toBeLessThan(32);
  });
});

it('masks the number at the end of a megabyte', () => {
  expect(text(`${'1 '.repeat(MEGABYTE / 2)}, +15551234567`).slice(-11)).toBe('+1********67'.slice(-11));
});
