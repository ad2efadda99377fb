export { applyPlan } from './apply/apply-plan.ts';
export type { ApplyClients, ApplyOptions } from './apply/clients.ts';
export type { Applied, AppliedResource } from './apply/outcome.ts';
