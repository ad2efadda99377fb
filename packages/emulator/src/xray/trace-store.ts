import type { IndependentSubsegment, SegmentDocument } from '@voice-campaign/metrics-schema';
import type { Persistent } from '../state/journal.ts';

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
};

export type TraceStore = {
  /** Survives a restart. */
  readonly state: Pick<Persistent<TraceDocument>, 'name' | 'apply' | 'events'>;
  /** Records a document; a complete one overwrites one in progress of the same id, never the other way round. */
  readonly record: (document: TraceDocument) => void;
  /** The newest traces kept, oldest first. */
  readonly list: () => readonly Trace[];
  readonly get: (traceId: string) => Trace | undefined;
  /** How many of the oldest traces were dropped to stay within the limit. */
  readonly dropped: () => number;
  readonly reset: () => void;
};

type Entry = {
  readonly id: string;
  readonly documents: Map<string, TraceDocument>;
  readonly childLinks: Map<string, TraceLink>;
  droppedLinks: number;
};

const maximumLinks = 100;

const traceOf = (entry: Entry): Trace => {
  const documents = [...entry.documents.values()];
  return {
    id: entry.id,
    documents,
    parentLinks: documents.flatMap((document) => document.links ?? []).slice(0, maximumLinks),
    childLinks: [...entry.childLinks.values()],
    droppedLinks: entry.droppedLinks,
  };
};

const linkBack = (producer: Entry, { trace_id, id }: TraceDocument): void => {
  const key = `${trace_id} ${id}`;
  if (producer.childLinks.has(key)) return;
  if (producer.childLinks.size >= maximumLinks) {
    producer.droppedLinks += 1;
    return;
  }
  const attributes = { 'aws.xray.reserved.reference_type': 'child' } as const;
  producer.childLinks.set(key, { trace_id, id, attributes });
};

/** An empty store that keeps the last `traceLimit` traces (default 20,000). */
export const createTraceStore = ({ traceLimit = 20_000 }: { readonly traceLimit?: number } = {}): TraceStore => {
  const entries = new Map<string, Entry>();
  let dropped = 0;
  const entryOf = (id: string): Entry => {
    const known = entries.get(id);
    if (known !== undefined) return known;
    const entry: Entry = { id, documents: new Map(), childLinks: new Map(), droppedLinks: 0 };
    entries.set(id, entry);
    const [oldest] = entries.size > traceLimit ? entries.keys() : [];
    if (oldest !== undefined && entries.delete(oldest)) dropped += 1;
    return entry;
  };
  const record = (document: TraceDocument): void => {
    const { documents } = entryOf(document.trace_id);
    const before = documents.get(document.id);
    if (before !== undefined && before.in_progress !== true && document.in_progress === true) return;
    documents.set(document.id, document);
    for (const link of document.links ?? []) linkBack(entryOf(link.trace_id), document);
  };
  return {
    state: {
      name: 'trace-documents',
      apply: record,
      events: () => [...entries.values()].flatMap(({ documents }) => [...documents.values()]),
    },
    record,
    list: () => [...entries.values()].filter((entry) => entry.documents.size > 0).map(traceOf),
    get: (traceId) => {
      const entry = entries.get(traceId);
      return entry === undefined || entry.documents.size === 0 ? undefined : traceOf(entry);
    },
    dropped: () => dropped,
    reset: () => {
      entries.clear();
      dropped = 0;
    },
  };
};
