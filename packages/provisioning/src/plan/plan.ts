import {
  type CompositeAlarmInput,
  type MetricAlarmInput,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import type { Monitoring } from '../monitoring/monitoring.ts';
import { MonitoringError, type MonitoringIssue } from '../monitoring/monitoring-error.ts';
import { expandAlarms } from './expand-alarms.ts';
import { checkInputs, type DeploymentInputs, withDefaults } from './inputs.ts';

/** Everything that is to exist for one deployment, each in CloudWatch's own shape, in an order that never changes. */
export type MonitoringPlan = {
  readonly namespace: string;
  readonly topic: { readonly name: string; readonly arn: string };
  readonly metricAlarms: readonly MetricAlarmInput[];
  readonly compositeAlarms: readonly CompositeAlarmInput[];
};

/**
 * What a monitoring definition means for one deployment. Every alarm is checked as PutMetricAlarm and PutCompositeAlarm
 * would check it.
 * @throws MonitoringError with everything that is wrong with the inputs, or with what came of them.
 */
export const plan = (monitoring: Monitoring, inputs: DeploymentInputs): MonitoringPlan => {
  const deployment = withDefaults(inputs);
  const issues = checkInputs(deployment, Object.keys(monitoring.alarms));
  if (issues.length > 0) throw new MonitoringError(issues);
  const { projectName, environment, region, accountId } = deployment;
  const name = `${projectName}-${environment}-alarms`;
  const topic = { name, arn: `arn:aws:sns:${region}:${accountId}:${name}` };
  const expanded = expandAlarms(monitoring, deployment, topic.arn);
  const wrong = [...expanded.metricAlarms, ...expanded.compositeAlarms].flatMap(issuesOf);
  if (wrong.length > 0) throw new MonitoringError(wrong);
  return { namespace: `${projectName}/${environment}`, topic, ...expanded };
};

const issuesOf = (input: MetricAlarmInput | CompositeAlarmInput): readonly MonitoringIssue[] => {
  const validated = validateAlarm(input);
  if (validated.ok) return [];
  return validated.issues.map(({ path, message, fix }) => ({
    code: 'alarm' as const,
    path: `${input.AlarmName}.${path}`,
    message: `${message}: ${fix}`,
  }));
};
