import type { CompositeAlarm, MetricAlarm } from '../config/alarm.ts';
import { alarmArn } from '../config/alarm-identity.ts';
import type { MetricDataQueryInput } from '../config/alarm-input.ts';
import { regionName } from './region-name.ts';
import type { Transition } from './transition.ts';
import { isoMillis } from './utc-text.ts';

/** What CloudWatch publishes to a topic. */
export type AlarmNotification = { readonly subject: string; readonly message: string };

/** SNS takes subjects of up to 100 characters. */
const longestSubject = 100;

/**
 * The notification of a state change: `ALARM: "name" in US East (N. Virginia)`, and JSON with the fields and the order of
 * the service's (recorded for metric alarms; composite alarms after the user guide, "Alarm actions").
 */
export function alarmNotification(transition: Transition): AlarmNotification {
  const { alarm, identity, to } = transition;
  const region = regionName(identity.region);
  const trigger = alarm.kind === 'metric' ? { Trigger: triggerOf(alarm) } : compositeFields(alarm, transition);
  const message = { ...commonFields(transition), ...trigger, ...contributorFields(transition) };
  return { subject: subjectOf(to.value, alarm.name, region), message: JSON.stringify(message) };
}

function subjectOf(value: string, name: string, region: string): string {
  const room = longestSubject - `${value}: "" in ${region}`.length;
  // Subjects are ASCII without line breaks (SNS, Publish).
  const plain = name.replace(/[^\x20-\x7e]/g, '?');
  const shown = plain.length > room ? `${plain.slice(0, room - 3)}...` : plain;
  return `${value}: "${shown}" in ${region}`;
}

function commonFields({ alarm, identity, from, to, configuredAt, afterMuteWindow }: Transition) {
  const { input } = alarm;
  return {
    AlarmName: alarm.name,
    AlarmDescription: input.AlarmDescription ?? null,
    AWSAccountId: identity.accountId,
    AlarmConfigurationUpdatedTimestamp: isoMillis(configuredAt),
    NewStateValue: to.value,
    NewStateReason: to.reason,
    StateChangeTime: isoMillis(to.updatedAt),
    Region: regionName(identity.region),
    AlarmArn: alarmArn(identity, alarm.name),
    OldStateValue: from.value,
    OKActions: input.OKActions ?? [],
    AlarmActions: input.AlarmActions ?? [],
    InsufficientDataActions: input.InsufficientDataActions ?? [],
    ...(afterMuteWindow === true && { ActionExecutedAfterMuteWindow: true }),
  };
}

function contributorFields({ contributor }: Transition) {
  if (!contributor) return {};
  return { AlarmContributorId: contributor.id, AlarmContributorAttributes: contributor.attributes };
}

function triggerOf(alarm: MetricAlarm) {
  const { input, watched } = alarm;
  const rules = {
    Period: alarm.periodSeconds,
    EvaluationPeriods: alarm.evaluationPeriods,
    ...(input.DatapointsToAlarm !== undefined && { DatapointsToAlarm: input.DatapointsToAlarm }),
    ComparisonOperator: alarm.operator,
    ...(input.ThresholdMetricId === undefined
      ? { Threshold: alarm.threshold }
      : { ThresholdMetricId: input.ThresholdMetricId }),
    TreatMissingData: input.TreatMissingData ?? 'missing',
    EvaluateLowSampleCountPercentile: input.EvaluateLowSampleCountPercentile ?? '',
  };
  if (watched.kind !== 'metric') return { ...rules, Metrics: (input.Metrics ?? []).map(queryOf) };
  const { Statistic, ExtendedStatistic } = input;
  return {
    MetricName: watched.metric.name,
    Namespace: watched.metric.namespace,
    ...(Statistic === undefined
      ? { StatisticType: 'ExtendedStatistic', ExtendedStatistic }
      : { StatisticType: 'Statistic', Statistic: upperCase(Statistic) }),
    Unit: input.Unit ?? null,
    Dimensions: dimensionsOf(input.Dimensions),
    ...rules,
  };
}

/** `SampleCount` is `SAMPLE_COUNT`. */
function upperCase(statistic: string): string {
  return statistic.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

function dimensionsOf(dimensions: MetricAlarm['input']['Dimensions'] = []) {
  return dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

function queryOf({ Id, MetricStat, Expression, Label, ReturnData = true, Period }: MetricDataQueryInput) {
  const { Metric, ...stat } = MetricStat ?? {};
  return {
    Id,
    ...(Label !== undefined && { Label }),
    ...(Expression !== undefined && { Expression }),
    ...(Period !== undefined && { Period }),
    ...(Metric !== undefined && {
      MetricStat: {
        Metric: {
          Dimensions: dimensionsOf(Metric.Dimensions),
          MetricName: Metric.MetricName,
          Namespace: Metric.Namespace,
        },
        ...stat,
      },
    }),
    ReturnData,
  };
}

function compositeFields({ input }: CompositeAlarm, { to }: Transition) {
  const { triggeringAlarms = [] } = JSON.parse(to.reasonData ?? '{}') as {
    triggeringAlarms?: readonly { arn: string; state: { value?: string; timestamp?: string } }[];
  };
  return {
    AlarmRule: input.AlarmRule,
    TriggeringChildren: triggeringAlarms.map(({ arn, state }) => ({
      Arn: arn,
      State: { Value: state.value, Timestamp: state.timestamp },
    })),
  };
}
