import type { Monitoring } from '../monitoring.ts';
import type { MonitoringIssue } from '../monitoring-error.ts';
import { checkAlarms } from './check-alarms.ts';
import { checkDashboards } from './check-dashboards.ts';
import { checkLogs } from './check-logs.ts';
import type { Report } from './check-readings.ts';
import { checkTraces } from './check-traces.ts';

const parts = ['alarms', 'dashboards', 'traceGroups', 'samplingRules', 'queries', 'contributorRules'] as const;

/** Everything that the types cannot say, or did not: definitions may come from JavaScript. */
export const checkMonitoring = (monitoring: Monitoring): readonly MonitoringIssue[] => {
  const issues: MonitoringIssue[] = [];
  const report: Report = (code, path, message) => void issues.push({ code, path, message });
  for (const part of parts) {
    for (const name of Object.keys(monitoring[part])) {
      if (/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) continue;
      report('name', `${part}.${name}`, 'the name stands in AWS’s own: small letters, digits and single dashes');
    }
  }
  checkAlarms(monitoring, report);
  checkDashboards(monitoring, report);
  checkTraces(monitoring, report);
  checkLogs(monitoring, report);
  return issues;
};
