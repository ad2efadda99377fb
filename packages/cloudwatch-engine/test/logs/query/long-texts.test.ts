import { describe, expect, it } from 'vitest';
import { parseLogQuery } from '../../../src/logs.ts';
import { event, rows, value } from './query-rows.ts';

const milliseconds = (run: () => unknown): number => {
  const from = performance.now();
  run();
  return performance.now() - from;
};

/** What ran into minutes and years here takes milliseconds. */
const enough = 2000;

describe('the time of a query grows with the texts of events, no faster', () => {
  const zeros = `${'0'.repeat(200_000)}x`;

  it.each([
    ['a number that ends as none', 'abs(@message)', zeros],
    ['a number in a condition', '@message > 1', zeros],
    ['many characters to trim', 'trim(a, b)', { a: 'b'.repeat(300_000), b: `${'a'.repeat(300_000)}b` }],
    ['what is no address', 'isValidIp(@message)', '1.'.repeat(200_000)],
  ])('%s', (_, expression, message) => {
    expect(milliseconds(() => value(expression, message))).toBeLessThan(enough);
  });

  it('a date pattern whose digits could be shared out in many ways is refused, or reads nothing', () => {
    const pattern = 'dM'.repeat(30);
    expect(() => parseLogQuery(`fields parseDate(@message, "${pattern}")`)).toThrow('each in one place');
    const message = { text: `${'1'.repeat(90)}x`, pattern };
    expect(milliseconds(() => expect(value('parseDate(text, pattern)', message)).toBeUndefined())).toBeLessThan(enough);
  });
});

it('a text that is longer than any date pattern is none', () => {
  expect(value('parseDate(@message, @message)', '1'.repeat(400_000))).toBeUndefined();
});

describe('numbers beyond all there are', () => {
  it('are refused where a query has them, and missing where an event has', () => {
    expect(() => parseLogQuery('filter a < 1e400')).toThrow('at character 12, 1e400 is larger than any number here');
    const large = event('{"a":1e400,"b":"1e400","c":1}');
    expect(rows('display a, b * 2, c', [large])).toEqual([['1']]);
    expect(rows('stats count(a), pct(b, 50), max(a), sum(c)', [large])).toEqual([['0', '1']]);
  });
});
