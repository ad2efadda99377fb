/** One thing that is wrong with a definition or with the inputs of a plan; `path` names it. */
export type MonitoringIssue = {
  readonly code:
    | 'name'
    | 'unknown-metric'
    | 'unknown-rate'
    | 'dimensions'
    | 'statistic'
    | 'scope'
    | 'datapoints'
    | 'unknown-alarm'
    | 'unknown-rule'
    | 'query'
    | 'rule'
    | 'input'
    | 'limit'
    | 'alarm'
    | 'dashboard'
    | 'trace-group';
  readonly path: string;
  /** What is wrong, the limit, and the way out. */
  readonly message: string;
};

/** Everything that is wrong, at once. */
export class MonitoringError extends Error {
  override readonly name = 'MonitoringError';
  readonly issues: readonly MonitoringIssue[];

  constructor(issues: readonly MonitoringIssue[]) {
    super(issues.map(({ path, message }) => `${path}: ${message}`).join('\n'));
    this.issues = issues;
  }
}
