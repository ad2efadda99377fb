import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstObject, wholeTree } from '../../../src/logs/query/run/json-fragment.ts';
import { cpuMilliseconds } from '../../cpu-time.ts';
import { value } from './query-rows.ts';

/** The first object as one finds it without thought for time. */
const firstByTrying = (text: string): unknown => {
  for (let from = text.indexOf('{'); from >= 0; from = text.indexOf('{', from + 1)) {
    for (let to = text.indexOf('}', from); to >= 0; to = text.indexOf('}', to + 1)) {
      try {
        return JSON.parse(text.slice(from, to + 1));
      } catch {}
    }
  }
  return undefined;
};

describe('fields of JSON', () => {
  it.each([
    ['INFO {"a":1} done', '1'],
    ['x {"a":1} {"a":2,"b":2}', '1'],
    ['{"a":"}{"} }', '}{'],
    ['${HOME} {x} {"a":1}', '1'],
    ['{"open": {"a":1} and on', '1'],
    ['it"s {"a":{"b":"\\"}"}}', '{"b":"\\"}"}'],
    ['[{"a":1},{"a":2}]', '1'],
    // A line break in a string is none of JSON's.
    ['{"a":"x\ny"} {"a":1}', '1'],
    ['{"a":1', undefined],
    ['a: 1', undefined],
  ])('of %s are those of the first fragment', (message, expected) => {
    expect(value('a', message)).toBe(expected);
  });

  it('of a second fragment are not found', () => {
    expect(value('b', 'x {"a":1} {"b":2}')).toBeUndefined();
  });

  const piece = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    ':',
    ',',
    '\\',
    '1',
    'a',
    ' ',
    '{"a":',
    '"a":1',
    'null',
    '{}',
    '\n',
  );
  const soup = fc.array(piece, { maxLength: 24 }).map((pieces) => pieces.join(''));

  it('are of the same fragment that trying every place finds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          soup,
          fc.tuple(soup, fc.json(), soup).map((parts) => parts.join('')),
        ),
        (text) => {
          expect(firstObject(text)).toEqual(firstByTrying(text));
        },
      ),
      { numRuns: 5000 },
    );
  });

  it('are those of any object, whatever braces stand behind it', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ depthSize: 'medium' })), soup, (object, behind) => {
        expect(firstObject(`${JSON.stringify(object)}${behind}`)).toEqual(JSON.parse(JSON.stringify(object)));
      }),
    );
  });

  it.each(['{', '{"a":', '{"a":[', '{"{":', '{"{', '["{",":{",', '{"a":{},"b":"{', '{ ', '{"\\"', '{"a":1,'])(
    'are searched for in time that grows with the message: %s',
    (repeated) => {
      const message = repeated.repeat(Math.floor(250_000 / repeated.length));
      const took = cpuMilliseconds(() => {
        firstObject(message);
        wholeTree(message);
      });
      expect(took).toBeLessThan(4000);
    },
  );

  it('are searched for once in what many braces began', () => {
    const message = `${'{"a":'.repeat(490)}[${'1,'.repeat(250_000)}`;
    // Anew at each brace it takes ten seconds.
    expect(cpuMilliseconds(() => firstObject(message))).toBeLessThan(4000);
  });

  it.each(['', ' behind'])('are as deep as 500 levels, and no deeper: %j stands behind', (behind) => {
    const nested = (levels: number): string => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}${behind}`;
    expect(firstObject(nested(500))).toEqual(JSON.parse(nested(500).slice(0, nested(500).length - behind.length)));
    expect(firstObject(nested(501))).toBeUndefined();
    const lists = (levels: number): string => `{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}${behind}`;
    expect(firstObject(lists(499))).toBeDefined();
    expect(firstObject(lists(500))).toBeUndefined();
    expect(firstObject(`{"a":"${'{'.repeat(2000)}"}${behind}`)).toEqual({ a: '{'.repeat(2000) });
  });

  it('of a message that is nested beyond measure are none, and break nothing', () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`;
    expect(value('a', deep)).toBeUndefined();
    expect(value('ispresent(jsonParse(@message))', deep)).toBe('0');
  });
});
