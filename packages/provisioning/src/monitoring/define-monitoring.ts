import type { Contract } from '@voice-campaign/metrics-schema';
import { checkMonitoring } from './checks/check-monitoring.ts';
import type { Definitions, Monitoring } from './monitoring.ts';
import { MonitoringError } from './monitoring-error.ts';
import { type Readers, readersOf } from './readings.ts';

const nothing = { dashboards: {}, traceGroups: {}, samplingRules: {}, queries: {}, contributorRules: {} };

/**
 * Declares what watches a contract. Reading a metric that no emitter declares, with the wrong dimensions or with a
 * statistic that makes no sense for it does not compile; AWS's own metrics are checked against a table of them.
 * @throws MonitoringError with everything that is wrong.
 */
export const defineMonitoring = <const C extends Contract>(
  contract: C,
  define: (readers: Readers<C>) => Definitions,
): Monitoring<C> => {
  const monitoring = { ...nothing, ...define(readersOf(contract)), contract };
  const issues = checkMonitoring(monitoring);
  if (issues.length > 0) throw new MonitoringError(issues);
  return monitoring;
};
