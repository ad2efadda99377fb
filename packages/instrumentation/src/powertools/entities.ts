import type { Invocation } from '../runtime/invocation.ts';
import { noteSpanEnd } from '../runtime/write-out.ts';
import { endSpan, openSpan, type SpanRecord } from '../tracing/span-record.ts';
import { mirror } from './mirror.ts';
import { type SegmentLike, type Subsegment, segmentFor, subsegmentFor } from './sdk-segments.ts';

/** One invocation as aws-xray-sdk-core sees it. */
export type Entities = {
  /** A span as a subsegment, or what stands for it where nothing is recorded. */
  subsegmentOf(span: SpanRecord | undefined): Subsegment;
  /** A subsegment as a span; none for what is not recorded, or is below a segment that the application made. */
  recordOf(segment: SegmentLike): SpanRecord | undefined;
};

const known = new WeakMap<Invocation, Entities>();

export function entitiesOf(invocation: Invocation): Entities {
  const found = known.get(invocation) ?? createEntities(invocation);
  known.set(invocation, found);
  return found;
}

function createEntities(invocation: Invocation): Entities {
  const sources = new WeakMap<SpanRecord | Invocation, Subsegment>();
  const records = new WeakMap<SegmentLike, SpanRecord>();
  const segment = segmentFor(invocation, () => noteSpanEnd(invocation));
  const pair = (source: Subsegment, span: SpanRecord) => {
    sources.set(span, source);
    records.set(source, span);
    return mirror(invocation, span, source, entities.recordOf);
  };
  const entities: Entities = {
    subsegmentOf(span) {
      const found = sources.get(span ?? invocation);
      if (found) return found;
      const made = subsegmentFor(segment, span);
      if (span) span.refresh = pair(made, span);
      else sources.set(invocation, made);
      return made;
    },
    recordOf(source) {
      const found = records.get(source);
      if (found || !('parent' in source) || source.segment !== segment || source.notTraced) return found;
      const parent = entities.recordOf(source.parent);
      if (!parent) return undefined;
      const span = openSpan(
        source.id,
        invocation.observer.masker.text(source.name),
        source.start_time,
        parent.depth + 1,
      );
      const refresh = pair(source, span);
      span.refresh = () => {
        if (source.end_time !== undefined) endSpan(span, source.end_time);
        refresh();
      };
      parent.children.push(span);
      return span;
    },
  };
  // Nothing can be added to Lambda's own segment from inside the function.
  segment.addSubsegment = (subsegment) => entities.subsegmentOf(invocation.root).addSubsegment(subsegment);
  return entities;
}
