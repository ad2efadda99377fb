export type { Finding } from './drift/finding.ts';
export { type Deployed, type LintOptions, lintDeployed, lintPlan } from './drift/lint.ts';
