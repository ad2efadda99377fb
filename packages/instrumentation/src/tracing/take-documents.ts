import type { SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { eachSpan, type SpanRecord, spanDocument } from './span-record.ts';

/** A UDP payload holds 65,507 bytes; the daemon's header line takes 38 of them. */
const MOST_BYTES = 65_000;
/** What is kept of a cause that is too large. */
const MOST_EXCEPTIONS = 10;

export type Taking = {
  readonly traceId: string;
  readonly parentId: string;
  /** Hears of each document that lost parts to fit. */
  readonly shortened?: () => void;
};

/** A span to look at: `again` where the document that held it was too large. */
type Waiting = { readonly span: SpanRecord; readonly parent: string; readonly again: boolean };

/**
 * The texts of the documents that say what is new of a span and its children since it was last asked; nothing is new
 * of what was sent closed. Usually one document holds them all. Of an open span there is one, in progress, which its
 * closed one overwrites with all it held; what ends meanwhile leaves by itself. Where a document is too large for a
 * datagram its children leave by themselves too, those that failed first; what is still too large loses its metadata,
 * then its stacks, then all but its name, times and flags.
 */
export function takeDocuments(root: SpanRecord, { traceId, parentId, shortened = () => {} }: Taking): string[] {
  const texts: string[] = [];
  const waiting: Waiting[] = [{ span: root, parent: parentId, again: false }];
  const later = (parent: SpanRecord, children: readonly SpanRecord[], again: boolean): void => {
    for (const span of children.toReversed()) waiting.push({ span, parent: parent.id, again: again && !span.alone });
  };

  function take(one: SpanRecord, parent: string): void {
    one.alone = true;
    const whole = render(spanDocument(one), traceId, parent);
    if (Buffer.byteLength(whole) <= MOST_BYTES) {
      texts.push(whole);
      markSent(one);
      return;
    }
    texts.push(shorten(spanDocument(one, false), (document) => render(document, traceId, parent), shortened));
    one.sent = stateOf(one);
    later(one, failedFirst(one.children), true);
  }

  function markSent(one: SpanRecord): void {
    one.sent = stateOf(one);
    later(
      one,
      one.children.filter(({ alone }) => alone),
      false,
    );
    for (const child of one.children) if (!child.alone) markSent(child);
  }

  eachSpan(root, (span) => span.refresh?.());
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { span, parent, again } = next;
    if (again || span.sent === undefined || (span.sent === 'open' && span.end !== undefined)) take(span, parent);
    else later(span, span.children, false);
  }
  return texts;
}

function stateOf(span: SpanRecord): 'open' | 'closed' {
  return span.end === undefined ? 'open' : 'closed';
}

/** X-Ray keeps only so much of a trace: what failed must be in that. */
function failedFirst(spans: readonly SpanRecord[]): SpanRecord[] {
  const failed = (span: SpanRecord): boolean =>
    Object.keys(span.flags).length > 0 || span.children.some((child) => !child.alone && failed(child));
  return [...spans.filter(failed), ...spans.filter((span) => !failed(span))];
}

function render(document: object, traceId: string, parentId: string): string {
  const independent = { ...document, type: 'subsegment', trace_id: traceId, parent_id: parentId };
  try {
    return JSON.stringify(independent);
  } catch {
    // A BigInt in the metadata: slower, and seldom.
    return JSON.stringify(independent, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value));
  }
}

function shorten(document: SubsegmentDocument, text: (document: object) => string, shortened: () => void): string {
  const all = text(document);
  if (Buffer.byteLength(all) <= MOST_BYTES) return all;
  shortened();
  const { metadata: _metadata, ...bare } = document;
  const { id, name, start_time, end_time, in_progress, namespace, error, fault, throttle, cause } = bare;
  const smallest = { id, name, start_time, end_time, in_progress, namespace, error, fault, throttle };
  const messages = typeof cause === 'object' ? (cause.exceptions ?? []).slice(0, MOST_EXCEPTIONS) : [];
  const stackless = { cause: { exceptions: messages.map(({ stack: _stack, ...exception }) => exception) } };
  const candidates = [bare, { ...bare, ...(cause && stackless) }, { ...smallest, ...(cause && stackless) }];
  return candidates.map(text).find((one) => Buffer.byteLength(one) <= MOST_BYTES) ?? text(smallest);
}
