import { formatTraceHeader, parseTraceHeader, type TraceHeader } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

const root = '1-5759e988-bd862e3fe1be46a994272793';
const parent = '53995c3f42cd8ad8';

describe('parseTraceHeader', () => {
  it('reads what Lambda sets', () => {
    expect(parseTraceHeader(`Root=${root};Parent=${parent};Sampled=1;Lineage=2:1a2b3c4d:0|1:5e6f7a8b:3`)).toEqual({
      root,
      parent,
      sampled: true,
      lineage: '2:1a2b3c4d:0|1:5e6f7a8b:3',
    });
  });

  it('reads PassThrough as undecided, not as unsampled', () => {
    expect(parseTraceHeader(`Root=${root}`)).toEqual({ root });
    expect(parseTraceHeader(`Root=${root};Parent=${parent};Sampled=0`)?.sampled).toBe(false);
  });

  it('takes keys in any case and order, and spaces around them', () => {
    expect(parseTraceHeader(` sampled=1 ; PARENT=${parent}; root=${root};`)).toEqual({ root, parent, sampled: true });
  });

  it('keeps the pairs of others, and a question for a decision', () => {
    const text = `Self=1-67891234-12456789abcdef012345678;Root=${root};Sampled=?;CalledFrom=app=1`;
    expect(parseTraceHeader(text)).toEqual({
      root,
      others: [
        ['Self', '1-67891234-12456789abcdef012345678'],
        ['Sampled', '?'],
        ['CalledFrom', 'app=1'],
      ],
    });
  });

  it('keeps 256 characters of them at most', () => {
    const header = parseTraceHeader(`Root=${root};A=${'a'.repeat(200)};B=${'b'.repeat(100)}`);
    expect(header?.others).toEqual([['A', 'a'.repeat(200)]]);
  });

  it('takes the first of two pairs of one key', () => {
    expect(parseTraceHeader(`Root=${root};Sampled=0;Sampled=1`)).toEqual({ root, sampled: false });
  });

  it.each([
    undefined,
    '',
    'Sampled=1',
    'Root=',
    'Root=5759e988bd862e3fe1be46a994272793',
    'Root=1-5759e988-bd862e3fe1be46a99427279',
    'Root=2-5759e988-bd862e3fe1be46a994272793',
  ])('finds no trace in %j', (text) => {
    expect(parseTraceHeader(text)).toBeUndefined();
  });

  it('reads a malformed parent as none', () => {
    expect(parseTraceHeader(`Root=${root};Parent=nobody;Sampled=1`)).toEqual({ root, sampled: true });
  });
});

describe('formatTraceHeader', () => {
  const hex = (length: number) => fc.stringMatching(new RegExp(`^[0-9a-f]{${length}}$`));
  const word = fc.stringMatching(/^[A-Za-z]{2,8}$/).filter((key) => !/^(root|parent|sampled|lineage)$/i.test(key));
  const headers: fc.Arbitrary<TraceHeader> = fc.record(
    {
      root: fc.tuple(hex(8), hex(24)).map(([time, rest]) => `1-${time}-${rest}`),
      parent: hex(16),
      sampled: fc.boolean(),
      lineage: fc.stringMatching(/^\d:[0-9a-f]{8}:\d(\|\d:[0-9a-f]{8}:\d)?$/),
      others: fc.array(fc.tuple(word, fc.stringMatching(/^[\w=:?-]{1,20}$/)), { minLength: 1, maxLength: 5 }),
    },
    { requiredKeys: ['root'] },
  );

  it('writes what parseTraceHeader reads back', () => {
    fc.assert(
      fc.property(headers, (header) => {
        expect(parseTraceHeader(formatTraceHeader(header))).toEqual(header);
      }),
    );
  });

  it('writes Root, Parent, Sampled and Lineage in the order that Lambda does', () => {
    const text = `Root=${root};Parent=${parent};Sampled=0;Lineage=1:5e6f7a8b:3;Self=x`;
    expect(formatTraceHeader(parseTraceHeader(text) as TraceHeader)).toBe(text);
  });
});
