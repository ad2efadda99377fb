import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createMasker } from '../../src/masking/masker.ts';

const masker = createMasker();

const digit = fc.integer({ min: 0, max: 9 }).map(String);
const digits = (minLength: number, maxLength: number) =>
  fc.array(digit, { minLength, maxLength }).map((all) => all.join(''));
const gap = fc.constantFrom('', ' ', '-', '.', '\u00a0', '%20', ' (', ') ');

/** Ten digits or more in one piece end at a space, as documented. */
const endsEarly = /^(?:\+|%2B|\\u002b|00)\d{10,} /;

/** Digits in random groups. */
const grouped = (first: fc.Arbitrary<string>, minLength: number, maxLength: number) =>
  fc
    .tuple(first, fc.array(fc.tuple(gap, digit), { minLength, maxLength }))
    .map(([head, tail]) => head + tail.flat().join(''));

const international = grouped(
  fc.constantFrom('+1', '+49', '%2B44', '+351', String.raw`\u002b33`, '001', '0044'),
  8,
  12,
).filter((written) => !endsEarly.test(written.replaceAll('%20', ' ')));
const national = fc.oneof(
  fc.tuple(fc.constantFrom('2', '3', '5', '7', '9'), digits(9, 11)).map((parts) => parts.join('')),
  fc.tuple(fc.constantFrom('01', '06', '09'), digits(8, 9)).map((parts) => parts.join('')),
  fc
    .tuple(fc.constantFrom('555', '212', '907'), gap, digits(3, 3), digits(4, 4))
    .map(([a, g, b, c]) => (g.length === 1 ? `${a}${g}${b}${g}${c}` : `(${a}) ${b}-${c}`)),
);
const number = fc.oneof(international, national);

/** Text of the characters that decide, and any text at all. */
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.constantFrom(...'0123456789 -.()+%/:*\\abfxnu'), maxLength: 80 }),
  fc.array(fc.oneof(number, fc.string(), fc.uuid(), gap), { maxLength: 6 }).map((parts) => parts.join('')),
);

/** What can be read of it: digits in a row, and the asterisks between them. */
const readable = (value: string) => value.replace(/%20|%2B|\\u002b|[^\d*]/g, '');

it('no text makes it throw, and masking twice is masking once', () => {
  fc.assert(
    fc.property(text, (value) => {
      const masked = masker.text(value);
      expect(masker.text(masked)).toBe(masked);
    }),
    { numRuns: 3_000 },
  );
});

it('of a number in a text, no five digits in a row can be read', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('', 'call to ', '/calls/', 'to=', '"', '\n'),
      number,
      fc.constantFrom('', ' failed', '/x', '"', ', 3'),
      (before, written, after) => {
        const masked = masker.text(before + written + after);
        const all = readable(written);
        for (let at = 0; at + 4 < all.length; at++) expect(readable(masked)).not.toContain(all.slice(at, at + 5));
        expect(masked.startsWith(before) && masked.endsWith(after)).toBe(true);
      },
    ),
    { numRuns: 3_000 },
  );
});

it('UUIDs, ISO timestamps, Unix times and hexadecimal ids stay', () => {
  const hex = fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: 24, maxLength: 24 });
  const kept = fc.oneof(
    fc.uuid(),
    fc
      .date({ min: new Date('2000-01-01'), max: new Date('2033-01-01'), noInvalidDate: true })
      .map((date) => date.toISOString()),
    fc.integer({ min: 1_500_000_000, max: 1_999_999_999 }).map(String),
    fc.integer({ min: 1_500_000_000_000, max: 1_999_999_999_999 }).map(String),
    fc.tuple(fc.integer({ min: 0x50000000, max: 0x7fffffff }), hex).map(([time, id]) => `1-${time.toString(16)}-${id}`),
    digits(12, 12).map((account) => `arn:aws:sqs:eu-west-1:${account}:dial`),
  );
  fc.assert(
    fc.property(
      fc.array(kept, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(' ', ', ', ' at ', '"', '='),
      (parts, between) => {
        const value = parts.join(between);
        expect(masker.text(value)).toBe(value);
      },
    ),
    { numRuns: 3_000 },
  );
});

const json = fc.jsonValue({ maxDepth: 6, stringUnit: 'grapheme' });
const withNumbers = fc.oneof(
  json,
  fc.dictionary(fc.oneof(fc.string(), number), fc.oneof(number, fc.array(number), json)),
);

it('JSON stays JSON, with as many members, and shows no number', () => {
  fc.assert(
    fc.property(withNumbers, number, (value, secret) => {
      const written = JSON.stringify({ value, list: [secret, { [secret]: `call ${secret}` }] }, masker.replacer);
      const walked = masker.value('', { value, list: [secret, { [secret]: `call ${secret}` }] });
      expect(JSON.parse(written)).toEqual(JSON.parse(JSON.stringify(walked)));
      expect(written).not.toContain(secret);
    }),
  );
});

it('the text of a JSON document stays JSON where its numbers are text', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(number, fc.string(), fc.boolean())), (value) => {
      expect(() => JSON.parse(masker.text(JSON.stringify({ value })))).not.toThrow();
    }),
  );
});

it('no value makes it throw, change its argument, or differ the second time', () => {
  const anything = fc.anything({
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withNullPrototype: true,
    withSparseArray: true,
    withTypedArray: true,
  });
  fc.assert(
    fc.property(fc.string(), anything, (key, value) => {
      const before = fc.stringify(value);
      const masked = masker.value(key, value);
      masker.replacer(key, value);
      expect(fc.stringify(value)).toBe(before);
      expect(fc.stringify(masker.value(key, masked))).toBe(fc.stringify(masked));
    }),
  );
});

it('what holds no number comes back as it is', () => {
  const clean = fc.object({
    key: fc.stringMatching(/^k[a-z]{0,6}$/),
    values: [fc.stringMatching(/^[a-z ,.]*$/), fc.integer(), fc.boolean(), fc.constant(null)],
    maxDepth: 4,
  });
  fc.assert(
    fc.property(clean, (value) => {
      expect(masker.value('clean', value)).toEqual(value);
    }),
  );
});
