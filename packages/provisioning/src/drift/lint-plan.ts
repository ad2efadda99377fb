import type { Contract } from '@voice-campaign/metrics-schema';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { checkEmitted } from './check-emitted.ts';
import { checkReads } from './check-reads.ts';
import { emittedByContract } from './emitted.ts';
import type { Finding } from './finding.ts';
import { readsOfAlarm } from './reads/alarm-reads.ts';
import { readsOfDashboard } from './reads/dashboard-reads.ts';
import { joined } from './reads/series-read.ts';

export type LintOptions = {
  /** Series that one metric may have by one set of dimensions; default 100. */
  readonly cardinalityBudget?: number;
  /** Values of dimensions that declare none, by dimension; default: as many as the contract allows. */
  readonly dimensionValues?: Readonly<Record<string, number>>;
};

/** Where what a plan reads differs from what the contract's emitters publish: errors first, in the plan's order. */
export const lintPlan = (
  { namespace, dashboards, metricAlarms }: Pick<MonitoringPlan, 'namespace' | 'dashboards' | 'metricAlarms'>,
  contract: Contract,
  { cardinalityBudget, dimensionValues }: LintOptions = {},
): readonly Finding[] => {
  const emitted = emittedByContract(contract, namespace, dimensionValues);
  const { reads, findings } = joined([
    ...dashboards.map(({ name, body }) => readsOfDashboard({ name, body: JSON.stringify(body) })),
    ...metricAlarms.map(readsOfAlarm),
  ]);
  return bySeverity([
    ...findings,
    ...checkReads(reads, { from: 'contract', emitted }),
    ...checkEmitted(emitted, reads, cardinalityBudget),
  ]);
};

const severities = ['error', 'warning', 'note'] as const;

export const bySeverity = (findings: readonly Finding[]): readonly Finding[] =>
  severities.flatMap((severity) => findings.filter((finding) => finding.severity === severity));
