import { validateSegment } from '@voice-campaign/metrics-schema';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openSpan, type SpanRecord, spanName } from '../../src/tracing/span-record.ts';
import { takeDocuments } from '../../src/tracing/take-documents.ts';

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
      const texts = takeDocuments(span, where);
      expect(takeDocuments(span, where)).toEqual([]);
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
  expect(takeDocuments(span, where)).toHaveLength(1);
});

it('writes a BigInt as text', () => {
  const span = newSpan('charge', 0);
  span.metadata = { default: { cents: 250n } };
  const [text = ''] = takeDocuments(span, where);
  expect(JSON.parse(text)).toMatchObject({ metadata: { default: { cents: '250' } } });
});

it('names a span with the characters that X-Ray takes', () => {
  expect(spanName('dial\n<script>')).toBe('dial__script_');
  expect(spanName('')).toBe('unnamed');
  expect(spanName('x'.repeat(300))).toHaveLength(200);
});

type Document = { id: string; parent_id?: string; in_progress?: true; subsegments?: Document[] };

/** What happens to a tree of spans: one opens under the nth, the nth ends, or all that is new is sent. */
const step = fc.oneof(
  fc.record({ kind: fc.constantFrom('open', 'end'), nth: fc.nat(20) }),
  fc.constant({ kind: 'send', nth: 0 }),
);

it('sends what is new each time, so that X-Ray ends up with every span once, closed and under its parent', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const root = openSpan('f'.repeat(16), '## handler', 1);
      const all = [root];
      const sent: Document[] = [];
      const send = () => sent.push(...takeDocuments(root, where).map((text) => JSON.parse(text)));
      for (const { kind, nth } of steps) {
        const span = all[nth % all.length] ?? root;
        if (kind === 'send') send();
        else if (kind === 'end' && span !== root) span.end ??= 2;
        else {
          const child = newSpan(`child ${all.length}`, 0);
          child.end = undefined;
          span.children.push(child);
          all.push(child);
        }
      }
      for (const span of all) span.end ??= 3;
      send();
      expect(takeDocuments(root, where)).toEqual([]);

      for (const kind of [true, undefined]) {
        const own = sent.filter(({ in_progress }) => in_progress === kind).map(({ id }) => id);
        expect(new Set(own).size).toBe(own.length);
      }
      expect(received(sent)).toEqual(parents(root, where.parentId));
    }),
    { numRuns: 500 },
  );
});

/** The parent of each closed span, where a document replaces what came earlier of its id, with all that it held. */
function received(documents: readonly Document[]): Record<string, string> {
  const latest = new Map(documents.map((document) => [document.id, document]));
  const all = (document: Document, parent: string): [string, string][] => [
    ...(document.in_progress ? [] : [[document.id, parent] as [string, string]]),
    ...(document.subsegments ?? []).flatMap((child) => (latest.has(child.id) ? [] : all(child, document.id))),
  ];
  const found = [...latest.values()].flatMap((document) => all(document, document.parent_id ?? ''));
  expect(new Set(found.map(([id]) => id)).size).toBe(found.length);
  return Object.fromEntries(found);
}

function parents(span: SpanRecord, parent: string): Record<string, string> {
  return Object.assign({ [span.id]: parent }, ...span.children.map((child) => parents(child, span.id)));
}

it('sends those first that failed, and keeps what their errors say, where a document is too large', () => {
  const root = newSpan('## handler', 0);
  for (let i = 0; i < 200; i += 1) {
    const child = newSpan(`record ${i}`, 1000);
    if (i % 50 === 49) {
      child.flags = { fault: true };
      child.exceptions = [{ id: '1'.repeat(16), message: `no trunk for ${i}`, stack: [] }];
    }
    root.children.push(child);
  }
  const [handler, ...records] = takeDocuments(root, where).map((text) => JSON.parse(text));
  expect(handler.name).toBe('## handler');
  expect(records.slice(0, 4).map(({ cause }) => cause.exceptions[0].message)).toEqual(
    [49, 99, 149, 199].map((i) => `no trunk for ${i}`),
  );
  expect(records).toHaveLength(200);
});

it('gives up metadata, stacks and the rest of a single span before its times and flags', () => {
  const wide = newSpan('dial', 70_000);
  wide.flags = { fault: true };
  const frame = { path: 'p'.repeat(2000), line: 1, label: 'dial' };
  wide.exceptions = [{ id: '1'.repeat(16), message: 'no trunk', stack: Array(40).fill(frame) }];
  let shortened = 0;
  const count = () => {
    shortened += 1;
  };
  const [text = ''] = takeDocuments(wide, { ...where, shortened: count });
  expect(JSON.parse(text)).toMatchObject({ fault: true, cause: { exceptions: [{ message: 'no trunk' }] } });
  expect(shortened).toBe(1);

  const query = newSpan('query', 0);
  query.sql = { sanitized_query: 'x'.repeat(80_000) };
  query.extra = { aws: { table_names: ['x'.repeat(80_000)] } };
  const [short = ''] = takeDocuments(query, where);
  expect(JSON.parse(short)).toMatchObject({ name: 'query', start_time: 1_700_000_000, end_time: 1_700_000_001 });
});
