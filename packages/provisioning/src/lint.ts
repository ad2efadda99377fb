export { describePlace, type Finding, type FindingCode, type Place } from './drift/finding.ts';
export { type Deployed, lintDeployed } from './drift/lint-deployed.ts';
export { type LintOptions, lintPlan } from './drift/lint-plan.ts';
export type { DeployedAlarm } from './drift/reads/alarm-reads.ts';
export type { DeployedDashboard } from './drift/reads/dashboard-reads.ts';
