import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderJson } from '../../../src/service-api/protocols/json-output.ts';

const textOf = (value: unknown): string => Buffer.from(renderJson(value)).toString();

it('writes any JSON so that it is read as the same, short texts and long ones', () => {
  const long = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => text.repeat(200));
  const numbers = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 500 });
  const { any } = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      ...[fc.string({ unit: 'grapheme' }), long, numbers, fc.integer(), fc.boolean(), fc.constant(null)],
      fc.array(tie('any'), { maxLength: 4 }),
      fc.dictionary(fc.string(), tie('any'), { maxKeys: 4 }),
    ),
  }));
  fc.assert(
    fc.property(any, (value) => {
      const expected = value === null ? {} : value;
      // JSON has no -0.
      expect(JSON.parse(textOf(value))).toEqual(JSON.parse(JSON.stringify(expected)));
    }),
  );
});

it('leaves out members that JSON has no word for, which in lists are null', () => {
  const odd = { a: undefined, b: () => 1, c: Symbol('c'), d: [undefined, 1, () => 1], e: new Map([['f', undefined]]) };
  expect(textOf(odd)).toBe('{"d":[null,1,null],"e":{}}');
});
