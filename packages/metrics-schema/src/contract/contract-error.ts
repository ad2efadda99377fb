/**
 * One thing wrong with a contract or a namespace. `at` is the path of the declaration (`metrics.TotalCalls.unit`);
 * `message` is made from the other members and ends in the way out. Codes are stable.
 */
export type ContractIssue = {
  readonly at: string;
  readonly message: string;
} & (
  | { readonly code: 'wrong-type'; readonly expected: string }
  | { readonly code: 'unknown-member'; readonly allowed: readonly string[] }
  | { readonly code: 'unknown-value'; readonly value: unknown; readonly allowed: readonly (string | number)[] }
  | { readonly code: 'name-length'; readonly length: number; readonly limit: number }
  | { readonly code: 'name-characters'; readonly name: string }
  | { readonly code: 'reserved-name'; readonly name: string }
  | { readonly code: 'key-collision'; readonly key: string; readonly with: string }
  | { readonly code: 'statistic-of-kind'; readonly kind: string; readonly statistic: string }
  | { readonly code: 'too-many-dimensions'; readonly count: number; readonly limit: number }
  | { readonly code: 'values-or-cap' }
  | { readonly code: 'bad-cap'; readonly value: unknown }
  | { readonly code: 'empty' }
  | { readonly code: 'duplicate'; readonly value: string }
  | { readonly code: 'undeclared'; readonly name: string; readonly declared: readonly string[] }
  | { readonly code: 'unused-dimension'; readonly dimension: string }
  | { readonly code: 'unemitted-metric'; readonly metric: string; readonly rates: readonly string[] }
  | { readonly code: 'not-a-counter'; readonly metric: string; readonly kind: string }
  | { readonly code: 'redefined'; readonly name: string }
  | { readonly code: 'namespace-incomplete'; readonly missing: string }
  | { readonly code: 'namespace-unset'; readonly namespace: string }
);

/** Thrown at declaration, with every issue at once; the message lists them one a line. */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly issues: readonly ContractIssue[];

  constructor(issues: readonly ContractIssue[]) {
    super(issues.map(({ at, message }) => `${at}: ${message}`).join('\n'));
    this.issues = issues;
  }
}
