/**
 * What CloudWatch makes of it: `rejected`, nothing of the line becomes a metric; `dropped`, one metric, dimension set
 * or directive does not; `accepted`, all of it does, but may not elsewhere or tomorrow.
 */
export type EmfEffect = 'rejected' | 'dropped' | 'accepted';

/** One thing wrong with a line of EMF. `at` is a path in the JSON document, empty for the line itself. */
export type EmfIssue = {
  readonly effect: EmfEffect;
  readonly at: string;
  readonly message: string;
} & (
  | { readonly code: 'not-json' | 'wrapped' | 'prefix' | 'root-form' }
  | { readonly code: 'wrong-type'; readonly expected: string }
  | { readonly code: 'document-size'; readonly bytes: number; readonly limit: number }
  | { readonly code: 'timestamp-window'; readonly timestamp: number; readonly now: number }
  | { readonly code: 'namespace'; readonly namespace: string }
  | { readonly code: 'no-dimension-set' }
  | { readonly code: 'too-many-dimensions' | 'too-many-metrics'; readonly count: number; readonly limit: number }
  | { readonly code: 'duplicate-set'; readonly set: readonly string[] }
  | { readonly code: 'dimension-name' | 'dimension-missing' | 'dimension-not-text'; readonly key: string }
  | { readonly code: 'dimension-value'; readonly key: string; readonly value: string }
  | { readonly code: 'metric-name' | 'metric-missing' | 'metric-not-numeric'; readonly name: string }
  | { readonly code: 'duplicate-metric' | 'no-values'; readonly name: string }
  | { readonly code: 'unit'; readonly name: string; readonly unit: unknown }
  | { readonly code: 'resolution'; readonly name: string; readonly resolution: unknown }
  | { readonly code: 'too-many-values'; readonly name: string; readonly count: number; readonly limit: number }
  | { readonly code: 'value-range'; readonly name: string; readonly value: number }
  | { readonly code: 'counts'; readonly name: string }
);

export type ReportEmf = (issue: EmfIssue) => void;
