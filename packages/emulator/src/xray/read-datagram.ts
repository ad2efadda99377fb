import { type SegmentIssue, validateSegment } from '@voice-campaign/metrics-schema';
import type { TraceDocument } from './store/trace-store.ts';
import { withoutFlaws } from './without-flaws.ts';

/** What a datagram to the daemon, or a document given to PutTraceSegments, holds. */
export type ReadDocument =
  | {
      readonly kind: 'document';
      /** Without its members of the wrong type. */
      readonly document: TraceDocument;
      /** Rules that the document breaks, but for which X-Ray does not refuse it. */
      readonly flaws: readonly SegmentIssue[];
    }
  | { readonly kind: 'rejected'; readonly reason: string };

const rejected = (reason: string): ReadDocument => ({ kind: 'rejected', reason });

/** Without these X-Ray cannot place a document (PutTraceSegments); the other rules cost a member or its search. */
const fatalCodes = new Set<SegmentIssue['code']>([
  'not-json',
  'missing',
  'entity-id',
  'trace-id',
  'end-or-in-progress',
  'document-size',
]);
const isFatal = ({ code, at }: SegmentIssue): boolean =>
  (fatalCodes.has(code) && !at.includes('cause')) || (code === 'wrong-type' && !/[.[]/.test(at));

/** Reads a datagram: the header line `{"format": "json", "version": 1}`, a line break, and one document. */
export const readDatagram = (text: string): ReadDocument => {
  const lineEnd = text.indexOf('\n');
  if (lineEnd < 0) return rejected('no header line: a datagram is a header, a line break and a document');
  const header = parse(text.slice(0, lineEnd));
  if (!isRecord(header) || header.format !== 'json' || header.version !== 1) {
    return rejected('the header line is not {"format": "json", "version": 1}');
  }
  const payload = text.slice(lineEnd + 1);
  if (/^T1[SU]/.test(payload)) return rejected('OTLP documents (T1S, T1U) are not emulated');
  return readSegmentDocument(payload);
};

/** Reads one segment document, JSON. */
export const readSegmentDocument = (text: string): ReadDocument => {
  const document = parse(text);
  if (!isRecord(document)) return rejected('the document is not a JSON object');
  const issues = validateSegment(document);
  const fatal = issues.find(isFatal);
  if (fatal !== undefined) return rejected(`${fatal.at === '' ? 'the document' : fatal.at} ${fatal.message}`);
  const { links, ...kept } = withoutFlaws(document, issues);
  const read = isLinkList(links) ? { ...kept, links } : kept;
  return { kind: 'document', document: read as TraceDocument, flaws: issues };
};

/** Clients have no links to write; what a document has of them is checked here alone. */
const isLinkList = (links: unknown): boolean =>
  Array.isArray(links) &&
  links.every((link) => isRecord(link) && typeof link.trace_id === 'string' && typeof link.id === 'string');

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
