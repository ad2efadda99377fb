import type { Scope } from './aws-metrics.ts';

/** A saved Logs Insights query over the log groups of the functions in scope. */
export type QueryDefinition = { readonly scopes: readonly Scope[]; readonly query: string };

/** A Contributor Insights rule over the log groups of the functions in scope: who has the most of something. */
export type ContributorRuleDefinition = {
  readonly scopes: readonly Scope[];
  /** JSON paths, such as `$.campaignId`; 1 to 4. */
  readonly keys: readonly string[];
  /** A JSON path of the number to sum; events are counted without it. */
  readonly sum?: string;
  /** Paths that an event must have to be counted; up to 4. */
  readonly present?: readonly string[];
};
