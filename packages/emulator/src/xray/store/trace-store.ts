import type { IndependentSubsegment, SegmentDocument } from '@voice-campaign/metrics-schema';
import type { Persistent } from '../../state/journal.ts';
import { type DocumentSize, sizeOfDocument } from './document-size.ts';

/** A link to another trace, as X-Ray shows it. `parent`: that trace sent what this one works on. */
export type TraceLink = {
  readonly trace_id: string;
  readonly id: string;
  readonly attributes: { readonly 'aws.xray.reserved.reference_type': 'parent' | 'child' };
};

/** A document as it was recorded; only the service itself writes links. */
export type TraceDocument = (SegmentDocument | IndependentSubsegment) & { readonly links?: readonly TraceLink[] };

/** All that is known of one trace. */
export type Trace = {
  readonly id: string;
  /** In the order they first came. */
  readonly documents: readonly TraceDocument[];
  /** To the traces that sent the messages which this one works on. */
  readonly parentLinks: readonly TraceLink[];
  /** To the traces that work on what this one sent: the first 100, as on AWS. */
  readonly childLinks: readonly TraceLink[];
  /** How many links there are beyond the 100 that a trace can have. */
  readonly droppedLinks: number;
  /** Whether a document was refused because the trace has as many bytes as X-Ray takes. */
  readonly limitExceeded?: boolean;
};

/** What is written down: a document, or that one more was refused in a trace that is full. */
export type TraceEvent = TraceDocument | { readonly limitExceededIn: string };

/** What the traces take in memory, as an estimate; `refusedDocuments` came to traces that were full. */
type TraceStoreSize = { readonly bytes: number; readonly maxBytes: number; readonly refusedDocuments: number };

export type TraceStore = {
  /** Survives a restart. */
  readonly state: Pick<Persistent<TraceEvent>, 'name' | 'apply' | 'events'>;
  /**
   * Records a document; a complete one overwrites one in progress of the same id, never the other way round. False: the
   * trace would be larger than X-Ray takes, so that the document was not recorded.
   */
  readonly record: (document: TraceDocument) => boolean;
  /** The newest traces kept, oldest first. */
  readonly list: () => readonly Trace[];
  readonly get: (traceId: string) => Trace | undefined;
  /** How many of the oldest traces were dropped to stay within the limits. */
  readonly dropped: () => number;
  readonly size: () => TraceStoreSize;
  readonly reset: () => void;
};

type Entry = {
  readonly id: string;
  readonly documents: Map<string, { readonly document: TraceDocument; readonly size: DocumentSize }>;
  readonly childLinks: Map<string, TraceLink>;
  droppedLinks: number;
  /** Of all documents, as JSON. */
  jsonBytes: number;
  limitExceeded: boolean;
};

export type TraceStoreOptions = {
  /** Default 20,000. */
  readonly traceLimit?: number;
  /** Bytes of memory; default 256 Mi. */
  readonly byteLimit?: number;
};

const maximumLinks = 100;
/** X-Ray endpoints and quotas, "Trace document size": 500 KB. */
export const largestTraceBytes = 500 * 1024;
// What V8 takes for an entry with its maps, a document's place in them, and a link.
const bytesOfEntry = 900;
const bytesOfPlace = 150;
const bytesOfLink = 350;

const bytesHeld = ({ documents, childLinks }: Entry): number => {
  let bytes = bytesOfEntry + bytesOfLink * childLinks.size;
  for (const { size } of documents.values()) bytes += bytesOfPlace + size.heapBytes;
  return bytes;
};

const traceOf = (entry: Entry): Trace => {
  const documents = [...entry.documents.values()].map(({ document }) => document);
  return {
    id: entry.id,
    documents,
    parentLinks: documents.flatMap((document) => document.links ?? []).slice(0, maximumLinks),
    childLinks: [...entry.childLinks.values()],
    droppedLinks: entry.droppedLinks,
    limitExceeded: entry.limitExceeded,
  };
};

const eventsOf = ({ id, documents, limitExceeded }: Entry): readonly TraceEvent[] => [
  ...[...documents.values()].map(({ document }) => document),
  ...(limitExceeded ? [{ limitExceededIn: id }] : []),
];

/** Whether there is one link more. */
const linkBack = (producer: Entry, { trace_id, id }: TraceDocument): boolean => {
  const key = `${trace_id} ${id}`;
  if (producer.childLinks.has(key)) return false;
  if (producer.childLinks.size >= maximumLinks) {
    producer.droppedLinks += 1;
    return false;
  }
  const attributes = { 'aws.xray.reserved.reference_type': 'child' } as const;
  producer.childLinks.set(key, { trace_id, id, attributes });
  return true;
};

/** The traces there are, and how much memory they take. */
type Held = { readonly entries: Map<string, Entry>; bytes: number; dropped: number; refusedDocuments: number };

const entryIn = (held: Held, id: string): Entry => {
  const known = held.entries.get(id);
  if (known !== undefined) return known;
  const counts = { droppedLinks: 0, jsonBytes: 0, limitExceeded: false };
  const entry: Entry = { id, documents: new Map(), childLinks: new Map(), ...counts };
  held.entries.set(id, entry);
  held.bytes += bytesOfEntry;
  return entry;
};

/** False for a document for which its trace has no room. */
const keep = (held: Held, document: TraceDocument): boolean => {
  const entry = entryIn(held, document.trace_id);
  const before = entry.documents.get(document.id);
  if (before !== undefined && before.document.in_progress !== true && document.in_progress === true) return true;
  const size = sizeOfDocument(document);
  const jsonBytes = entry.jsonBytes + size.jsonBytes - (before?.size.jsonBytes ?? 0);
  if (jsonBytes > largestTraceBytes) {
    entry.limitExceeded = true;
    held.refusedDocuments += 1;
    return false;
  }
  entry.jsonBytes = jsonBytes;
  entry.documents.set(document.id, { document, size });
  held.bytes += size.heapBytes - (before === undefined ? -bytesOfPlace : before.size.heapBytes);
  for (const link of document.links ?? []) {
    if (linkBack(entryIn(held, link.trace_id), document)) held.bytes += bytesOfLink;
  }
  return true;
};

const dropOldest = (held: Held, { traceLimit, byteLimit }: Required<TraceStoreOptions>): void => {
  for (const entry of held.entries.values()) {
    if (held.entries.size <= traceLimit && held.bytes <= byteLimit) return;
    held.entries.delete(entry.id);
    held.bytes -= bytesHeld(entry);
    held.dropped += 1;
  }
};

/** An empty store that keeps the last traces, as many as both limits allow. */
export const createTraceStore = (options: TraceStoreOptions = {}): TraceStore => {
  const limits = { traceLimit: 20_000, byteLimit: 256 * 1024 * 1024, ...options };
  const held: Held = { entries: new Map(), bytes: 0, dropped: 0, refusedDocuments: 0 };
  const { entries } = held;
  const record = (document: TraceDocument): boolean => {
    const isKept = keep(held, document);
    dropOldest(held, limits);
    return isKept;
  };
  return {
    state: {
      name: 'trace-documents',
      apply: (event) => {
        if (!('limitExceededIn' in event)) return void record(event);
        const entry = entries.get(event.limitExceededIn);
        if (entry !== undefined) entry.limitExceeded = true;
      },
      events: () => [...entries.values()].flatMap(eventsOf),
    },
    record,
    list: () => [...entries.values()].filter((entry) => entry.documents.size > 0).map(traceOf),
    get: (traceId) => {
      const entry = entries.get(traceId);
      return entry === undefined || entry.documents.size === 0 ? undefined : traceOf(entry);
    },
    dropped: () => held.dropped,
    size: () => ({ bytes: held.bytes, maxBytes: limits.byteLimit, refusedDocuments: held.refusedDocuments }),
    reset: () => {
      entries.clear();
      Object.assign(held, { bytes: 0, dropped: 0, refusedDocuments: 0 });
    },
  };
};
