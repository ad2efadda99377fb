/** What is wrong with one sample; `message` is made from the other members and ends in the way out. Codes are stable. */
export type SampleIssue = { readonly message: string } & (
  | { readonly code: 'not-emitted'; readonly metric: string }
  | { readonly code: 'wrong-call'; readonly metric: string; readonly kind: string; readonly call: string }
  | { readonly code: 'wrong-unit'; readonly metric: string; readonly expected: string; readonly unit: unknown }
  | { readonly code: 'bad-value'; readonly metric: string; readonly value: unknown }
  | {
      readonly code: 'bad-dimension';
      readonly metric: string;
      readonly dimension: string;
      readonly value: unknown;
    }
  | { readonly code: 'too-many-values'; readonly dimension: string; readonly limit: number }
);

/** What an issue is about: a wrong line of code is met many times a second, and told once. */
export function subjectOf(issue: {
  readonly code: string;
  readonly metric?: string;
  readonly dimension?: string;
}): string {
  return `${issue.code} ${issue.metric ?? ''} ${issue.dimension ?? ''}`;
}
