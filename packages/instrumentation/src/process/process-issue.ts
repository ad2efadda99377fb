import type { ContractIssue } from '@voice-campaign/metrics-schema';

/**
 * What went wrong while a process was observed. The codes of samples are told once for each metric (and dimension);
 * `put-failed` once until a call succeeds again; the others each time. Codes are stable.
 */
export type ProcessIssue = { readonly message: string } & (
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
  | { readonly code: 'closed'; readonly metric: string }
  | { readonly code: 'namespace'; readonly issue?: ContractIssue }
  | { readonly code: 'put-failed'; readonly error: unknown; readonly keptPoints: number }
  | { readonly code: 'put-refused'; readonly error: unknown; readonly droppedPoints: number }
  | { readonly code: 'backlog-full'; readonly droppedPoints: number; readonly limit: number }
  | { readonly code: 'lost-at-close'; readonly droppedPoints: number }
);

export type Report = (issue: ProcessIssue) => void;
