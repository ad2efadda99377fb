import {
  type CompositeAlarmInput,
  type MetricAlarmInput,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { parseTraceFilter, TraceFilterError } from '@voice-campaign/cloudwatch-engine/traces';
import type { MonitoringIssue } from '../monitoring/monitoring-error.ts';
import type { PlannedDashboard } from './expand-dashboards.ts';
import type { TraceGroup } from './expand-traces.ts';
import type { MonitoringPlan } from './plan.ts';

/** Everything in a plan that AWS would refuse. */
export const checkPlan = (plan: MonitoringPlan): readonly MonitoringIssue[] => [
  ...[...plan.metricAlarms, ...plan.compositeAlarms].flatMap(alarmIssues),
  ...plan.dashboards.flatMap(dashboardIssues),
  ...plan.traceGroups.flatMap(traceGroupIssues),
];

const alarmIssues = (input: MetricAlarmInput | CompositeAlarmInput): readonly MonitoringIssue[] => {
  const validated = validateAlarm(input);
  if (validated.ok) return [];
  return validated.issues.map(({ path, message, fix }) => ({
    code: 'alarm' as const,
    path: `${input.AlarmName}.${path}`,
    message: `${message}: ${fix}`,
  }));
};

const dashboardIssues = ({ name, body }: PlannedDashboard): readonly MonitoringIssue[] =>
  parseDashboard(JSON.stringify(body)).messages.map(({ DataPath, Message, hint }) => ({
    code: 'dashboard' as const,
    path: `${name}${DataPath}`,
    message: hint === undefined ? Message : `${Message}: ${hint}`,
  }));

const traceGroupIssues = ({ GroupName, FilterExpression }: TraceGroup): readonly MonitoringIssue[] => {
  try {
    parseTraceFilter(FilterExpression);
    return [];
  } catch (error) {
    if (!(error instanceof TraceFilterError)) throw error;
    return [{ code: 'trace-group', path: GroupName, message: error.message }];
  }
};
