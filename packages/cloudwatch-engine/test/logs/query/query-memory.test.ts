import { describe, expect, it } from 'vitest';
import { LogQueryLimitError, parseLogQuery, type QueryEvent, runLogQuery } from '../../../src/logs.ts';
import { end, event, start } from './query-rows.ts';

const mebibyte = 1024 * 1024;

const run = (query: string, events: readonly QueryEvent[], byteLimit = 4 * mebibyte) =>
  runLogQuery(parseLogQuery(query), events, { start, end, now: end, byteLimit });

const repeated = (count: number, message: unknown): readonly QueryEvent[] =>
  Array.from({ length: count }, (_, minute) => event(message, minute % 60));

const fiveFields = (minute: number): QueryEvent => event({ a: minute % 3, b: `${minute}`, c: { d: minute } }, minute);

/** Each field twice as long as the one before. */
const doublings = Array.from({ length: 20 }, (_, index) => {
  const before = index === 0 ? '@message' : `a${index}`;
  return `fields concat(${before}, ${before}) as a${index + 1}`;
}).join(' | ');

const message = 'm'.repeat(1000);
const everyCharacter = 'parse @message /(?<letter>m)/ multi';

describe('the memory of a query while it runs', () => {
  it.each([
    ['fields that double', doublings],
    ['texts within one expression', `filter strlen(concat(${Array(400).fill('@message').join()})) > 1`, 200_000],
    ['replacements', 'fields replace(@message, "m", @message) as a'],
    ['replacements between all characters', 'fields replace(@message, "", @message) as a'],
    ['replacements of an expression', 'fields regexReplace(@message, "m", @message) as a'],
    ['pieces', 'fields split(@message, "") as a'],
    ['encoded texts', 'fields base64encode(concat(@message, @message)) as a', 100_000],
    ['rows of matches', everyCharacter],
    ['rows of matches of matches', `${everyCharacter} | parse @message /(?<other>m)/ multi`],
    ['rows of items', 'fields split(@message, "") as a | unnest a into b | unnest a into c', 4_000_000],
    ['groups', 'stats count(*) by concat(@message, @message, @message, @ptr)', 400_000],
    ['values to tell apart', 'stats count_distinct(concat(@message, @message))', mebibyte],
    ['keys to sort by', `sort ${Array(10).fill('concat(@message, @ptr)').join()}`],
    ['keys of duplicates', `dedup ${Array(10).fill('concat(@message, @timestamp)').join()}`, 300_000],
    ['columns of rows', `fields ${Array.from({ length: 300 }, (_, index) => `@log as l${index}`).join()}`],
    ['cells of rows', 'fields @log, @logStream, @message, @timestamp, @ingestionTime, strlen(@log) as n', 200_000],
  ])('is bounded: %s', (_, query, byteLimit = 4 * mebibyte) => {
    const events = repeated(600, message);
    expect(() => run(query, events, byteLimit)).toThrow(LogQueryLimitError);
    expect(() => run(query, events, byteLimit)).toThrow(
      `takes more than ${byteLimit} bytes of memory while it runs, which is all that one may take: let filter leave`,
    );
  });

  it('is bounded where JSON is small as a text and large as values', () => {
    const lists = repeated(100, `{"a":[${'[],'.repeat(3000)}[]]}`);
    expect(() => run('fields jsonParse(@message) as a', lists)).toThrow(LogQueryLimitError);
    const pairs = repeated(100, 'a=1 b=2 '.repeat(10_000));
    expect(() => run('parse @message logfmt as a', pairs)).toThrow(LogQueryLimitError);
  });

  it('is what is there at once: what filter, limit and stats leave out is free again', () => {
    const events = repeated(600, message);
    const twice = 'fields concat(@message, @message) as a';
    expect(run(`${twice} | filter @timestamp < ${start} | ${twice} | ${twice}`, events).rows).toEqual([]);
    expect(run(`${twice} | limit 1 | ${twice} | ${twice}`, events).rows).toHaveLength(1);
    expect(run(`${twice} | stats count(a) as n | fields concat(n, n) as b`, events).rows).toEqual([
      [
        { field: 'n', value: '600' },
        { field: 'b', value: '600600' },
      ],
    ]);
    expect(() =>
      run(`${twice} | ${twice.replace('as a', 'as b')} | ${twice.replace('as a', 'as c')}`, events, 3 * mebibyte),
    ).toThrow(LogQueryLimitError);
  });

  it('counts what the rows of one event share once', () => {
    const list = JSON.stringify({ list: Array.from({ length: 500 }, (_, index) => ({ name: `item ${index}` })) });
    const unnested = 'fields jsonParse(@message) as js | unnest js.list into item | stats count(item.name) as n';
    expect(run(unnested, [event(list)], mebibyte).rows[0]?.[0]?.value).toBe('500');
    const query = `fields jsonParse(@message) as js | parse @message /(?<item>item \\d+)/ multi | stats count(js) as n`;
    expect(run(query, [event(list)], mebibyte).rows).toHaveLength(1);
  });

  it('does not hold a query up that only reads: what was found in events is found again', () => {
    const events = Array.from({ length: 60 }, (_, minute) => fiveFields(minute));
    const query = 'filter a < 2 | stats sum(c.d), count(b), count(@requestId) by a';
    expect(run(query, events, 26_000)).toEqual(run(query, events));
    const hostile = repeated(60, `{"a":1,"list":[${'{},'.repeat(3000)}{}]}`);
    expect(run('filter a = 1 | stats sum(a) as n, count(list.0)', hostile, mebibyte).rows[0]?.[0]?.value).toBe('60');
  });

  it('has a default that leaves room for large queries', () => {
    const events = repeated(2000, JSON.stringify({ text: 'x'.repeat(1000) }));
    const query = parseLogQuery('fields jsonParse(@message) as js, concat(js.text, "!") as shown | sort shown');
    expect(runLogQuery(query, events, { start, end, now: end }).rows).toHaveLength(2000);
  });
});
