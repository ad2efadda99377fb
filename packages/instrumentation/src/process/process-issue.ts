import type { ContractIssue } from '@voice-campaign/metrics-schema';
import type { SampleIssue } from '../metrics/sample-issue.ts';

/**
 * What went wrong while a process was observed. The codes of samples are told once for each metric (and dimension);
 * `put-failed` once until a call succeeds again; the others each time. Codes are stable.
 */
export type ProcessIssue =
  | SampleIssue
  | ({ readonly message: string } & (
      | { readonly code: 'bad-option' }
      | { readonly code: 'closed'; readonly metric: string }
      | { readonly code: 'namespace'; readonly issue?: ContractIssue }
      | { readonly code: 'put-failed'; readonly error: unknown; readonly keptPoints: number }
      | { readonly code: 'put-refused'; readonly error: unknown; readonly droppedPoints: number }
      | { readonly code: 'backlog-full'; readonly droppedPoints: number; readonly limit: number }
      | { readonly code: 'lost-at-close'; readonly droppedPoints: number }
    ));

export type Report = (issue: ProcessIssue) => void;
