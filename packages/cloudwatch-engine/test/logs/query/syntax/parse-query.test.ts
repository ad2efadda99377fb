import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LogQueryError, parseLogQuery, printLogQuery, runLogQuery } from '../../../../src/logs.ts';

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
    ['unnest a', 9, 'the query ends where into and the name of an item is expected'],
    ['unnest jsonParse(a) into b', 17, 'where into and the name of an item'],
    ['expand', 7, 'the name of a field'],
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
  'parse @message /(a)(?<b>b)/ as x, `y z` multi | parse f /(?<a>a)(b)/ multi | parse logfmt as lf | parse f csv as a, b',
  'json field=a.`b.c` "d.e" as f | where @`aws.tag.a:b` == jsonParse(x).a.`b c`[0] | limit any 5',
  'unnest js.`a b`.events into event | unnest `a b` into `c d` | expand items.0',
  'fields `a b` + 1, not (`c d`), `x` as y | stats max(`a b`) / 2 by `c d` = 1 | sort (1 in [])',
  'stats max(a) as m, m * 2 as n by bin(300 s), dateceil(t, 2 qtrs), datefloor(t, 1 mon)',
  'parse f /(?<n>\\d+)\\/x/ | filter -(1 + 2) * 3 ^ 2 % 4 >= (2 - (3 - 1))',
];

const scalarName = fc.constantFrom(
  ...['@message', 'a.b', 'outcome', 'client-ip', 'not', 'x1', 'not.x', 'csv', 'logfmt', 'multi', 'offset', 'any'],
  ...['a.`b.c`', '`a.b`.c', '`not`.`a b`.0', 'a.0.`b c`.d', '@a.`b c`', '`5`.x'],
);
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
    fc.record({
      kind: fc.constant('call'),
      name: fc.constantFrom('if', 'case'),
      args: fc.tuple(tie('any'), tie('any'), tie('any')),
    }),
    fc.record({
      kind: fc.constant('member'),
      operand: fc.record({ kind: fc.constant('call'), name: fc.constant('jsonparse'), args: fc.tuple(tie('any')) }),
      path: fc.array(fc.constantFrom('a', '0', 'user.id', 'a b', '@x'), { minLength: 1, maxLength: 3 }),
    }),
  ),
})).any;

const names = (length: number) => fc.array(scalarName, { minLength: length, maxLength: length });
const source = fc.oneof(
  scalarName.map((name) => ({ kind: 'field', name })),
  expression.map((arg) => ({ kind: 'call', name: 'tolower', args: [arg] })),
);
const parseOf = (pattern: fc.Arbitrary<unknown>, count: number) =>
  fc.record({ kind: fc.constant('parse'), source, pattern, names: names(count) });
const period = fc
  .tuple(fc.integer({ min: 1, max: 90 }), fc.constantFrom('ms', 'secs', 'm', 'hour', 'd', 'weeks', 'mo', 'qtr', 'y'))
  .map((parts) => `bin(${parts.join('')})`);

/** Commands whose patterns need no compiled expression. */
const command = fc.oneof(
  parseOf(
    fc.string().map((text) => ({ kind: 'glob', text: `${text.replaceAll('*', '')}*,*` })),
    2,
  ),
  parseOf(fc.constant({ kind: 'logfmt' }), 1),
  parseOf(fc.constant({ kind: 'csv' }), 3),
  fc.record({
    kind: fc.constant('parse'),
    source: scalarName.map((name) => ({ kind: 'field', name })),
    pattern: fc.string().map((path) => ({ kind: 'json', path })),
    names: names(1),
  }),
  fc.record({ kind: fc.constant('unnest'), field: scalarName, name: scalarName }),
  scalarName.map((field) => ({ kind: 'expand', field, name: field })),
  fc.record({ kind: fc.constant('limit'), count: fc.integer({ min: 1, max: 100_000 }) }),
);

describe('laws of queries', () => {
  it.each(queries)('%s is printed and read as the same', (query) => {
    const parsed = parseLogQuery(query);
    const printed = printLogQuery(parsed);
    expect(printLogQuery(parseLogQuery(printed))).toBe(printed);
    // Without compiled expressions, which are functions.
    expect(JSON.stringify(parseLogQuery(printed))).toBe(JSON.stringify(parsed));
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

  it('any command is printed and read as the same', () => {
    fc.assert(
      fc.property(fc.array(command, { minLength: 1, maxLength: 3 }), (commands) => {
        const query = { sources: [], commands };
        const printed = printLogQuery(query as never);
        fc.pre(printed.length <= 10_000);
        expect(parseLogQuery(printed)).toEqual(query);
      }),
      { numRuns: 500 },
    );
  });

  it('any period is printed and read as the same', () => {
    fc.assert(
      fc.property(period, (by) => {
        const query = parseLogQuery(`stats count(*) by ${by}`);
        expect(parseLogQuery(printLogQuery(query))).toEqual(query);
      }),
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
      ...[
        'json',
        'unnest x into y',
        'expand x',
        'field=',
        'csv',
        'logfmt',
        'multi',
        '/(x)/',
        'jsonParse(',
        'case(',
        'if(',
        'any',
        '==',
        '.a',
        '.`b c`',
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
