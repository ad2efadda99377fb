/** One rule that a segment document breaks. `at` is a path in the document, empty for the whole. */
export type SegmentIssue = {
  readonly at: string;
  readonly message: string;
} & (
  | { readonly code: 'not-json' | 'missing' | 'end-or-in-progress' | 'ends-before-start' }
  | { readonly code: 'wrong-type'; readonly expected: string }
  | { readonly code: 'text-length'; readonly length: number; readonly limit: number }
  | { readonly code: 'name-characters'; readonly name: string }
  | { readonly code: 'entity-id' | 'trace-id' | 'unknown-value'; readonly value: unknown }
  | { readonly code: 'time-unit'; readonly time: number }
  | { readonly code: 'annotation-key' | 'annotation-value' | 'reserved-metadata'; readonly key: string }
  | { readonly code: 'misplaced'; readonly member: string }
  | { readonly code: 'duplicate-id'; readonly id: string }
  | { readonly code: 'too-many-annotations'; readonly count: number; readonly limit: number }
  | { readonly code: 'document-size'; readonly bytes: number; readonly limit: number }
);

export type ReportSegment = (issue: SegmentIssue) => void;
