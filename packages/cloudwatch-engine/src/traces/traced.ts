import type { IndependentSubsegment, SegmentDocument } from '@voice-campaign/metrics-schema';

/** The documents of one trace, in any order. */
export type TracedRequest = {
  readonly id: string;
  readonly documents: readonly (SegmentDocument | IndependentSubsegment)[];
};
