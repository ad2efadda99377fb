import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogQueryError, parseLogQuery, printLogQuery, runLogQuery } from '../../../src/logs.ts';

const errorOf = (query: string): LogQueryError => {
  try {
    parseLogQuery(query);
  } catch (error) {
    if (error instanceof LogQueryError) return error;
    throw error;
  }
  throw new Error(`${query} was read`);
};

describe('what is no query', () => {
  it.each([
    ['feilds @message', 1, '"feilds" stands where a command (fields, display, filter, parse, stats'],
    ['fields @message | pattern @message', 19, 'the command pattern is not emulated'],
    ['fields @message limit 3', 17, '| or the end'],
    ['filter x =', 11, 'the query ends where a field, a number, a text or a function is expected'],
    ['filter foo(x) = 1', 8, 'there is no function foo: there are abs, ceil'],
    ['filter abs(1, 2) = 1', 8, 'abs takes 1 arguments, not 2'],
    ['filter count(*) > 1', 8, 'count is a function of many events: it belongs to stats'],
    ['stats x by y', 7, 'stats takes functions of many events'],
    ['filter x like y', 15, 'a text in quotes or an expression between slashes'],
    ['filter x like /(/', 15, 'cannot be read'],
    ['filter x = "open', 12, 'does not end'],
    ['parse @message "a *, b *" as x', 29, '1 names stand for the 2 *'],
    ['parse @message /\\d+/', 21, 'named groups'],
    ['limit 0', 7, 'from 1 to 100000'],
    ['SOURCE logGroups(namePrefix: ["a"]) | fields x', 7, 'is not emulated'],
    [`filter ${'('.repeat(200)}1`, 108, 'deeper than 100'],
    ['x'.repeat(10_001), 10_001, '10000 are allowed'],
  ])('%s: the error points at the character', (query, character, text) => {
    const error = errorOf(query);
    expect([error.start + 1, error.message]).toEqual([character, expect.stringContaining(text)]);
  });
});

const queries = [
  'fields @timestamp, @message as m | filter @message like /ERROR/ | sort @timestamp desc | limit 20',
  'stats count(*) as n, avg(a.b.0) by bin(5m), `client-ip` | sort n desc',
  'filter (a = 1 or b != "x\\"y") and not (c in [1, 2] or d not like "z") | dedup a, b',
  'parse @message "a *, b *" as x, y | display x',
  'parse f /(?<n>\\d+)\\/x/ | filter -(1 + 2) * 3 ^ 2 % 4 >= (2 - (3 - 1))',
];

const scalarName = fc.constantFrom('@message', 'a.b', 'outcome', 'client-ip', 'not', 'x1');
const expression = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 4 },
    scalarName.map((name) => ({ kind: 'field', name })),
    fc.nat().map((value) => ({ kind: 'number', value })),
    fc.string().map((value) => ({ kind: 'text', value })),
    fc.boolean().map((value) => ({ kind: 'boolean', value })),
    fc.record({ kind: fc.constant('unary'), operator: fc.constantFrom('-', 'not'), operand: tie('any') }),
    fc.record({
      kind: fc.constant('binary'),
      operator: fc.constantFrom('or', 'and', '=', '!=', '<', '>=', '+', '-', '*', '/', '%', '^'),
      left: tie('any'),
      right: tie('any'),
    }),
    fc.record({
      kind: fc.constant('in'),
      negated: fc.boolean(),
      operand: tie('any'),
      list: fc.array(tie('any'), { maxLength: 3 }),
    }),
    fc.record({
      kind: fc.constant('like'),
      negated: fc.boolean(),
      operand: tie('any'),
      pattern: fc.string().map((value) => ({ kind: 'text', value })),
    }),
    fc.record({ kind: fc.constant('call'), name: fc.constant('abs'), args: fc.tuple(tie('any')) }),
  ),
})).any;

describe('laws of queries', () => {
  it.each(queries)('%s is printed and read as the same', (query) => {
    const parsed = parseLogQuery(query);
    const printed = printLogQuery(parsed);
    expect(printLogQuery(parseLogQuery(printed))).toBe(printed);
  });

  it('any condition is printed and read as the same', () => {
    fc.assert(
      fc.property(expression, (condition) => {
        const query = { sources: [], commands: [{ kind: 'filter', condition }] };
        const printed = printLogQuery(query as never);
        fc.pre(printed.length <= 10_000);
        expect(parseLogQuery(printed)).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  it('any text is a query or a LogQueryError, and a query runs on any event', () => {
    const piece = fc.constantFrom(
      ...[
        'fields',
        'filter',
        'stats',
        'count(*)',
        'by',
        'bin(5m)',
        '|',
        'sort',
        'limit 3',
        'parse',
        '"a*"',
        'as',
        'x',
        '=',
        '/x/',
        'like',
      ],
      ...['(', ')', '[', ']', ',', '1', '@message', 'and', 'not', '5m', '-', '`', 'dedup', '#', '\n'],
    );
    const soup = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join(' ')),
    );
    fc.assert(
      fc.property(soup, fc.oneof(fc.string(), fc.json()), (query, message) => {
        try {
          const event = { timestamp: 0, ingestionTime: 0, message, logStream: 's', log: 'l', pointer: 'p' };
          runLogQuery(parseLogQuery(query), [event], { start: 0, end: 1, now: 1 });
        } catch (error) {
          expect(error).toBeInstanceOf(LogQueryError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
