import { childrenOf, parseAlarmRule } from '@voice-campaign/cloudwatch-engine/alarms';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { type Resource, type Resources, ref, tagged, topicId } from './template.ts';

type IdOf = (name: string) => string;

/** Alarms, and composite alarms after those that they read. */
export const renderAlarms = (plan: MonitoringPlan, idOf: IdOf): Resources => ({
  ...Object.fromEntries(plan.metricAlarms.map((input) => [idOf(input.AlarmName ?? ''), metricAlarm(plan, input)])),
  ...Object.fromEntries(
    plan.compositeAlarms.map((input) => [idOf(input.AlarmName ?? ''), compositeAlarm(plan, input, idOf)]),
  ),
});

const actionsOf = (
  { topic }: MonitoringPlan,
  { AlarmActions, OKActions }: Pick<MonitoringPlan['metricAlarms'][number], 'AlarmActions' | 'OKActions'>,
) => {
  const actions = (arns: readonly string[] = []) => arns.map((arn) => (arn === topic.arn ? ref(topicId) : arn));
  return { AlarmActions: actions(AlarmActions), OKActions: actions(OKActions) };
};

const metricAlarm = (plan: MonitoringPlan, input: MonitoringPlan['metricAlarms'][number]): Resource => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: { ...input, ...actionsOf(plan, input), ...tagged(plan.tags) },
});

const compositeAlarm = (
  plan: MonitoringPlan,
  input: MonitoringPlan['compositeAlarms'][number],
  idOf: IdOf,
): Resource => {
  const parsed = parseAlarmRule(input.AlarmRule ?? '');
  return {
    Type: 'AWS::CloudWatch::CompositeAlarm',
    DependsOn: (parsed.ok ? childrenOf(parsed.rule) : []).map(idOf),
    Properties: { ...input, ...actionsOf(plan, input), ...tagged(plan.tags) },
  };
};
