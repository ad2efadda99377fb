import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FilterPatternError, matchFilterPattern, parseFilterPattern, printFilterPattern } from '../../../src/logs.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';

const matches = (pattern: string, message: string): boolean =>
  matchFilterPattern(parseFilterPattern(pattern), message) !== undefined;

const errorOf = (pattern: string): FilterPatternError => {
  try {
    parseFilterPattern(pattern);
  } catch (error) {
    if (error instanceof FilterPatternError) return error;
    throw error;
  }
  throw new Error(`${pattern} was read`);
};

// The log events of the user guide, Filter pattern syntax.
const errors = [
  '[ERROR 400] BAD REQUEST',
  '[ERROR 401] UNAUTHORIZED REQUEST',
  '[ERROR 419] MISSING ARGUMENTS',
  '[ERROR 420] INVALID ARGUMENTS',
  '[SUCCESS 200] AUTHORIZED REQUEST',
];
const found = (pattern: string): number[] => errors.flatMap((each, index) => (matches(pattern, each) ? [index] : []));

describe('filter patterns of terms', () => {
  it('match as the user guide says', () => {
    expect(found('ERROR')).toEqual([0, 1, 2, 3]);
    expect(found('ERROR ARGUMENTS')).toEqual([2, 3]);
    expect(found('"BAD REQUEST"')).toEqual([0]);
    expect(found('?ERROR ?REQUEST')).toEqual([0, 1, 2, 3, 4]);
    expect(found('?MISSING ?INVALID')).toEqual([2, 3]);
    expect(found('ERROR -ARGUMENTS')).toEqual([0, 1]);
    expect(found('-ERROR')).toEqual([4]);
    expect(found('%AUTHORIZED%')).toEqual([1, 4]);
    expect(found('%4[01][09]%')).toEqual([0, 2]);
    expect(found('')).toEqual([0, 1, 2, 3, 4]);
    expect(found('error')).toEqual([]);
  });

  it('ignore optional terms beside others, as the service does', () => {
    expect(found('?BAD SUCCESS')).toEqual([4]);
  });

  it('need double quotes around other characters than letters and digits', () => {
    expect(errorOf('time-out').message).toBe(
      "Invalid filter pattern: at character 1, Invalid character(s) in term 'time-out': put it in double quotes",
    );
    expect(matches('"time-out \\"now\\""', 'time-out "now"')).toBe(true);
  });
});

const trail = JSON.stringify({
  eventType: 'UpdateTrail',
  sourceIPAddress: '111.111.111.111',
  arrayKey: ['value', 'another value'],
  objectList: [
    { name: 'a', id: 1 },
    { name: 'b', id: 2 },
  ],
  SomeObject: null,
  ThisFlag: true,
  latency: 12.5,
  'client-ip': '10.0.0.1',
  'a.b': 3,
  text: '200',
});

describe('filter patterns of JSON', () => {
  it.each([
    '{ $.eventType = "UpdateTrail" }',
    '{ $.eventType = UpdateTrail }',
    '{ $.eventType = "Update*" }',
    '{ $.eventType = "*date*il" }',
    '{ $.eventType = %Trail$% }',
    '{ $.sourceIPAddress != 123.123.* }',
    '{ $.arrayKey[0] = "value" }',
    '{ $.objectList[1].id = 2 }',
    '{ $.SomeObject IS NULL }',
    '{ $.SomeOtherObject NOT EXISTS }',
    '{ $.ThisFlag IS TRUE }',
    '{ $.ThisFlag is true }',
    '{ $.latency > 12 && $.latency <= 12.5 }',
    '{ $.latency = 1.25e1 }',
    '{ $.latency = 12* }',
    '{ $.client-ip = 10.0.* }',
    "{ $['a.b'] = 3 }",
    '{ $.text = 200 }',
    '{ $.objectList[*].id = 2 && $.objectList[*].name = "a" }',
    '{ $.* = "UpdateTrail" }',
    '{ $.objectList[*].id != 2 }',
    '{ $.objectList[*].other NOT EXISTS }',
    '{ ($.eventType = x || $.latency < 13) && $.ThisFlag IS TRUE }',
    '{ $.eventType = x && $.latency < 13 || $.ThisFlag IS TRUE }',
  ])('%s matches', (pattern) => {
    expect(matches(pattern, trail)).toBe(true);
  });

  it.each([
    '{ $.eventType = "Update" }',
    '{ $.eventType = "*Updat" }',
    '{ $.missing != 1 }',
    '{ $.missing IS NULL }',
    '{ $.ThisFlag IS FALSE }',
    '{ $.ThisFlag NOT EXISTS }',
    '{ $.latency > 12.5 }',
    '{ $.eventType > 1 }',
    '{ $.text < 201 }',
    '{ $.objectList = "*" }',
    '{ $.ThisFlag != 1 }',
    '{ $.objectList[*].id NOT EXISTS }',
    '{ $.arrayKey[2] = "value" }',
    '{ $.arrayKey = "value" }',
    '{ $.eventType = x && ($.latency < 13 || $.ThisFlag IS TRUE) }',
  ])('%s does not match', (pattern) => {
    expect(matches(pattern, trail)).toBe(false);
  });

  it('match JSON alone', () => {
    expect(matches('{ $.a NOT EXISTS }', 'no JSON')).toBe(false);
    expect(matches('{ $.a NOT EXISTS }', '{"b":1')).toBe(false);
  });

  it('give any field', () => {
    const match = matchFilterPattern(parseFilterPattern('{ $.latency > 1 }'), trail);
    const fields = ['$.latency', '$.text', '$.objectList[1].id', '$.objectList[*].id', '$.no', 'no'];
    expect(fields.map((field) => match?.valueOf(field))).toEqual([12.5, '200', 2, undefined, undefined, undefined]);
  });
});

const access = '127.0.0.1 - frank [10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 404 1534';

describe('filter patterns of delimited events', () => {
  it.each([
    '[ip, user, username, timestamp, request, status_code, bytes]',
    '[ip, user, username, timestamp, request = "GET *", status_code = 4*, bytes > 1000]',
    '[ip != 10.*, ..., status_code = 404 || status_code = 410, bytes]',
    '[..., bytes]',
    '[ip, user, ...]',
    '[..., status_code = %4\\d\\d%, bytes >= 1534 && bytes < 1535]',
  ])('%s matches', (pattern) => {
    expect(matches(pattern, access)).toBe(true);
  });

  it.each(['[a, b, c, d, e, f, g, h]', '[..., status_code = 5*, bytes]', '[ip = 127.0.0.1, bytes > 1]'])(
    '%s does not match',
    (pattern) => {
      expect(matches(pattern, access)).toBe(false);
    },
  );

  it('leave the rest of the message to the last field, as it stands', () => {
    const match = matchFilterPattern(parseFilterPattern('[ip, user, name, rest]'), access);
    expect(match?.extracted).toEqual({
      $ip: '127.0.0.1',
      $user: '-',
      $name: 'frank',
      $rest: '[10/Oct/2000:13:25:15 -0700] "GET /apache_pb.gif HTTP/1.0" 404 1534',
    });
  });

  it('are matched in time that grows with the message', () => {
    const pattern = parseFilterPattern('[..., last = x]');
    for (const message of ['[ '.repeat(200_000), '" [" '.repeat(100_000), ' '.repeat(400_000)]) {
      const took = cpuMilliseconds(() => expect(matchFilterPattern(pattern, message)).toBeUndefined());
      expect(took).toBeLessThan(4000);
    }
  });

  it('extract fields by name, those of an ellipsis by position', () => {
    const match = matchFilterPattern(parseFilterPattern('[ip, ..., size]'), access);
    expect(match?.extracted).toEqual({
      $ip: '127.0.0.1',
      $2: '-',
      $3: 'frank',
      $4: '10/Oct/2000:13:25:15 -0700',
      $5: 'GET /apache_pb.gif HTTP/1.0',
      $6: '404',
      $size: '1534',
    });
    expect(match?.valueOf('$size')).toBe('1534');
  });
});

describe('what is no filter pattern', () => {
  it.each([
    ['{ $.a = }', 9, 'a number, a word'],
    ['{ $.a = 1', 10, '} is expected'],
    ['{ a = 1 }', 3, 'a property selector'],
    ['{ $ = 1 }', 3, '.member'],
    ['{ $.a > "x" }', 9, 'compares with a number'],
    ['{ $.a[x] = 1 }', 6, '[index]'],
    ['{ $.a = 1 } x', 13, 'the end'],
    ['{ $.a = %x! % }', 11, 'is not among the characters'],
    ['%(a)%', 2, '( is not among the characters'],
    ['%[%', 1, 'cannot be read'],
    ['"open', 1, 'does not end'],
    ['[a, b', 6, '] is expected'],
    ['[a = 1 || b = 2]', 11, 'speak of b'],
    ['[..., ...]', 7, "Duplicate field '...'"],
    ['[word, word]', 8, "Duplicate field 'word'"],
    ['{ $.a = null }', 7, 'IS NULL'],
    ['{ $.a[*].b[*] = 1 }', 3, 'exceeds the maximum of 1 wildcard'],
    ['{ $.a.* = 1 || $.b.* = 1 || $.c.* = 1 || $.d.* = 1 }', 1, '4 wildcards, of which 3'],
    ['{ $.a = %a% && $.b = %b% && $.c = %c% }', 1, '3 expressions'],
    [`{ ${'('.repeat(60)}$.a = 1${')'.repeat(60)} }`, 54, 'deeper than 50'],
    ['x'.repeat(1025), 1025, '1024 are allowed'],
  ])('%s: the error points at the character', (pattern, character, text) => {
    const error = errorOf(pattern);
    expect([error.at + 1, error.message]).toEqual([character, expect.stringContaining(text)]);
  });
});

const word = fc.stringMatching(/^[a-zA-Z]{1,6}$/);
const text = fc.string({ maxLength: 8 });
const step = fc.oneof(fc.nat(99), word, fc.stringMatching(/^[a-z]+[-.' ][a-z]+$/));
const value = fc.oneof(
  text.map((each) => ({ kind: 'text' as const, text: each })),
  fc.integer().map((number) => ({ kind: 'number' as const, number, text: String(number) })),
);
const comparison = fc.oneof(
  fc.record({ kind: fc.constant('compare' as const), operator: fc.constantFrom('=' as const, '!=' as const), value }),
  fc.record({
    kind: fc.constant('compare' as const),
    operator: fc.constantFrom('<' as const, '>=' as const),
    value: fc.integer().map((number) => ({ kind: 'number' as const, number, text: String(number) })),
  }),
);
const any = { any: true } as const;
const selector = fc.oneof(
  { weight: 9, arbitrary: fc.array(step, { minLength: 1, maxLength: 4 }) },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.array(step, { maxLength: 2 }), fc.array(step, { maxLength: 2 }))
      .map(([a, b]) => [...a, any, ...b]),
  },
);
const leaf = fc.oneof(
  fc.record({ selector, kind: fc.constant('not-exists' as const) }),
  fc.record({ selector, kind: fc.constant('is' as const), what: fc.constantFrom('NULL', 'TRUE', 'FALSE') }),
  fc.tuple(selector, comparison).map(([path, compared]) => ({ selector: path, ...compared })),
);
const conditionOf = <T>(one: fc.Arbitrary<T>) =>
  fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      one,
      fc.record({ kind: fc.constantFrom('and', 'or'), left: tie('any'), right: tie('any') }),
    ),
  })).any;
const term = text.filter((each) => each !== '').map((each) => ({ kind: 'text' as const, text: each }));
const pattern = fc.oneof(
  fc
    .record({
      kind: fc.constant('terms'),
      required: fc.array(term),
      optional: fc.array(term),
      excluded: fc.array(term),
    })
    .filter(({ required, optional, excluded }) => required.length + optional.length + excluded.length > 0),
  fc.record({ kind: fc.constant('json'), condition: conditionOf(leaf) }),
  fc.record({
    kind: fc.constant('delimited'),
    fields: fc.uniqueArray(fc.record({ name: word, condition: conditionOf(comparison) }, { requiredKeys: ['name'] }), {
      minLength: 1,
      maxLength: 5,
      selector: ({ name }) => name,
    }),
  }),
);

describe('laws of filter patterns', () => {
  it('what is printed is read as the same', () => {
    fc.assert(
      fc.property(pattern, (each) => {
        const printed = printFilterPattern(each as never);
        fc.pre(printed.length <= 1024 && (printed.match(/\[\*\]/g)?.length ?? 0) <= 3);
        expect(parseFilterPattern(printed)).toEqual(each);
      }),
      { numRuns: 500 },
    );
  });

  it('any text is a pattern or a FilterPatternError, and any message is matched or not', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      '$.a',
      '$',
      '[0]',
      '=',
      '!=',
      '&&',
      '||',
      '(',
      ')',
      '%a%',
      '"x"',
      ' ',
      '...',
      ',',
      '1',
      '*',
    );
    const soup = fc.oneof(
      fc.string(),
      fc.array(piece, { maxLength: 20 }).map((pieces) => pieces.join('')),
    );
    fc.assert(
      fc.property(soup, fc.oneof(fc.string(), fc.json()), (pattern, message) => {
        try {
          matchFilterPattern(parseFilterPattern(pattern), message);
        } catch (error) {
          expect(error).toBeInstanceOf(FilterPatternError);
        }
      }),
      { numRuns: 2000 },
    );
  });
});
