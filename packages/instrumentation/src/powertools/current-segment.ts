import type { Frame } from '../runtime/invocation.ts';
import { entitiesOf } from './entities.ts';
import type { SegmentLike } from './sdk-segments.ts';

/** What the SDK's own code has made current in a frame. */
const chosen = new WeakMap<Frame, SegmentLike>();

/** The SDK's current segment: the one made current in this frame, else the frame's span as the SDK sees it. */
export function currentSegment(frame: Frame): SegmentLike {
  return chosen.get(frame) ?? entitiesOf(frame.invocation).subsegmentOf(frame.span);
}

/**
 * Makes a segment current, and with it the span that our own calls in this frame belong to. A segment that the
 * application made for itself, with a trace of its own, has no such span.
 */
export function setCurrentSegment(frame: Frame, segment: SegmentLike | undefined): void {
  if (!segment) {
    chosen.delete(frame);
    return;
  }
  chosen.set(frame, segment);
  frame.span = entitiesOf(frame.invocation).recordOf(segment) ?? frame.span;
}

export function copyCurrent(from: Frame, to: Frame): void {
  const segment = chosen.get(from);
  if (segment) chosen.set(to, segment);
}
