import { checkEmitted } from './check-emitted.ts';
import { checkReads } from './check-reads.ts';
import { emittedByLines } from './emitted.ts';
import type { Finding } from './finding.ts';
import { bySeverity, type LintOptions } from './lint-plan.ts';
import { type DeployedAlarm, readsOfAlarm } from './reads/alarm-reads.ts';
import { type DeployedDashboard, readsOfDashboard } from './reads/dashboard-reads.ts';
import { joined } from './reads/series-read.ts';

export type Deployed = {
  readonly dashboards?: readonly DeployedDashboard[];
  /** Metric alarms; composite ones read nothing. */
  readonly alarms?: readonly DeployedAlarm[];
  /** Log lines; those that are no EMF are passed over. */
  readonly emf: Iterable<string>;
};

/**
 * Where dashboards and alarms that exist, whoever made them, differ from what log lines publish. What the lines do not
 * hold is a warning, since a metric may be emitted at another time: give the lines of a day on which everything runs.
 */
export const lintDeployed = (
  { dashboards = [], alarms = [], emf }: Deployed,
  { cardinalityBudget }: Pick<LintOptions, 'cardinalityBudget'> = {},
): readonly Finding[] => {
  const { emitted, findings: ofLines } = emittedByLines(emf);
  const { reads, findings } = joined([...dashboards.map(readsOfDashboard), ...alarms.map(readsOfAlarm)]);
  return bySeverity([
    ...ofLines,
    ...findings,
    ...checkReads(reads, { from: 'lines', emitted }),
    ...checkEmitted(emitted, reads, cardinalityBudget),
  ]);
};
