import type { SubsegmentDocument } from '@voice-campaign/metrics-schema';
import { type SpanRecord, spanDocument } from './span-record.ts';

/** A UDP payload holds 65,507 bytes; the daemon's header line takes 38 of them. */
const MOST_BYTES = 65_000;

type Where = { readonly traceId: string; readonly parentId: string };

/**
 * The texts of the documents that carry a span and its children: one where it fits, else the closed children leave
 * as documents of their own, and what is still too large loses its metadata and then its stacks, which `shortened` hears of.
 */
export function splitDocuments(span: SpanRecord, where: Where, shortened = () => {}): string[] {
  const whole = render(spanDocument(span), where);
  if (Buffer.byteLength(whole) <= MOST_BYTES) return [whole];
  const children = span.children.flatMap((child) =>
    splitDocuments(child, { traceId: where.traceId, parentId: span.id }, shortened),
  );
  return [lean(spanDocument(span, false), where, shortened), ...children];
}

function render(document: SubsegmentDocument, where: Where): string {
  const { traceId, parentId } = where;
  return JSON.stringify({ ...document, type: 'subsegment', trace_id: traceId, parent_id: parentId });
}

function lean(document: SubsegmentDocument, where: Where, shortened: () => void): string {
  const all = render(document, where);
  if (Buffer.byteLength(all) <= MOST_BYTES) return all;
  shortened();
  const { metadata: _metadata, ...bare } = document;
  const stackless = { ...bare, ...(document.cause && { cause: { exceptions: [] } }) };
  for (const candidate of [bare, stackless]) {
    const text = render(candidate, where);
    if (Buffer.byteLength(text) <= MOST_BYTES) return text;
  }
  const { annotations: _annotations, ...smallest } = stackless;
  return render(smallest, where);
}
