import type { SegmentDocument, SubsegmentDocument } from '@voice-campaign/metrics-schema';
import type { Trace, TraceDocument, TraceLink } from './trace-store.ts';

/** A segment or subsegment with what hangs under it, in the order of start times. */
export type TraceNode = {
  readonly kind: 'segment' | 'subsegment';
  readonly document: SegmentDocument | SubsegmentDocument;
  readonly links: readonly TraceLink[];
  readonly children: readonly TraceNode[];
};

type Draft = Omit<TraceNode, 'children'> & {
  readonly parentId: string | undefined;
  /** Whether it came inside its parent's document. */
  readonly isNested: boolean;
  readonly children: Draft[];
};

const draftOf = (document: TraceDocument): Draft => ({
  kind: document.type === 'subsegment' ? 'subsegment' : 'segment',
  document,
  links: document.links ?? [],
  parentId: document.parent_id,
  isNested: false,
  children: [],
});

const addNested = (drafts: Map<string, Draft>, parent: Draft): void => {
  for (const document of parent.document.subsegments ?? []) {
    const parentId = parent.document.id;
    const nested: Draft = { kind: 'subsegment', document, links: [], parentId, isNested: true, children: [] };
    const known = drafts.get(document.id);
    // A subsegment may come inside its parent and by itself; the complete one is the later state.
    if (known === undefined || (known.document.in_progress === true && document.in_progress !== true)) {
      drafts.set(document.id, nested);
      addNested(drafts, nested);
    }
  }
};

const endOf = ({ document }: Draft): number => document.end_time ?? Number.MAX_VALUE;

/** Of two that start in the same millisecond the longer goes first, as what encloses the other. */
const byStart = (a: Draft, b: Draft): number =>
  a.document.start_time - b.document.start_time || endOf(b) - endOf(a) || Number(b.isNested) - Number(a.isNested);

/**
 * The trees of a trace: whatever names no parent, or a parent that was never recorded, is a root. Ids decide, wherever
 * a document came from: sent by itself, inside another one, or written by the service.
 */
export const traceTreesOf = (trace: Trace): readonly TraceNode[] => {
  const drafts = new Map<string, Draft>();
  for (const document of trace.documents) drafts.set(document.id, draftOf(document));
  for (const draft of [...drafts.values()]) addNested(drafts, draft);
  const roots: Draft[] = [];
  for (const draft of drafts.values()) {
    const parent = draft.parentId === undefined ? undefined : drafts.get(draft.parentId);
    if (parent === undefined || isBelow(drafts, parent, draft)) roots.push(draft);
    else parent.children.push(draft);
  }
  for (const draft of drafts.values()) draft.children.sort(byStart);
  return roots.sort(byStart);
};

/** Whether `draft` is an ancestor of `node` or `node` itself: documents that name each other would hang nowhere. */
const isBelow = (drafts: ReadonlyMap<string, Draft>, node: Draft, draft: Draft): boolean => {
  const seen = new Set<Draft>();
  for (let at: Draft | undefined = node; at !== undefined && !seen.has(at); ) {
    if (at === draft) return true;
    seen.add(at);
    at = at.parentId === undefined ? undefined : drafts.get(at.parentId);
  }
  return false;
};
