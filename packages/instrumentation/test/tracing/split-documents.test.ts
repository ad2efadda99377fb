import { validateSegment } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpan, type SpanRecord, spanName } from '../../src/tracing/span-record.ts';
import { splitDocuments } from '../../src/tracing/split-documents.ts';

const where = { traceId: '1-5759e988-bd862e3fe1be46a994272793', parentId: 'f'.repeat(16) };
/** A UDP payload over IPv4 less the daemon's header line. */
const MOST_BYTES = 65_507 - '{"format": "json", "version": 1}\n'.length;

let next = 0;
const newSpan = (name: string, bulk: number): SpanRecord => {
  const span = openSpan((next++).toString(16).padStart(16, '0'), name, 1_700_000_000);
  span.end = 1_700_000_001;
  if (bulk > 0) span.metadata = { default: { bulk: 'x'.repeat(bulk) } };
  return span;
};

const { spans } = fc.letrec<{ spans: SpanRecord }>((tie) => ({
  spans: fc
    .record({
      name: fc.constantFrom('record', 'dial', 'opt out'),
      bulk: fc.constantFrom(0, 100, 30_000, 70_000),
      children: fc.oneof({ maxDepth: 3 }, fc.constant([]), fc.array(tie('spans'), { maxLength: 4 })),
    })
    .map(({ name, bulk, children }) => {
      const span = newSpan(name, bulk);
      span.children.push(...children);
      return span;
    }),
}));

const ids = (span: SpanRecord): string[] => [span.id, ...span.children.flatMap(ids)];
const idsOf = (document: { id: string; subsegments?: [] }): string[] => [
  document.id,
  ...(document.subsegments ?? []).flatMap(idsOf),
];

it('loses no span, and sends nothing that a datagram cannot hold', () => {
  fc.assert(
    fc.property(spans, (span) => {
      const texts = splitDocuments(span, where);
      for (const text of texts) {
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(MOST_BYTES);
        expect(validateSegment(JSON.parse(text))).toEqual([]);
      }
      expect(texts.flatMap((text) => idsOf(JSON.parse(text))).sort()).toEqual(ids(span).sort());
    }),
    { numRuns: 100 },
  );
});

it('is one document where that fits', () => {
  const span = newSpan('## handler', 100);
  span.children.push(newSpan('dial', 100), newSpan('record', 100));
  expect(splitDocuments(span, where)).toHaveLength(1);
});

it('names a span with the characters that X-Ray takes', () => {
  expect(spanName('dial\n<script>')).toBe('dial__script_');
  expect(spanName('')).toBe('unnamed');
  expect(spanName('x'.repeat(300))).toHaveLength(200);
});
