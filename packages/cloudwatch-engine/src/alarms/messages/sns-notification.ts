import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { CompositeAlarm, MetricAlarm } from '../config/alarm.ts';
import { alarmArn } from '../config/alarm-identity.ts';
import { alarmEmail } from './alarm-email.ts';
import { javaDouble } from './java-double.ts';
import { objectText } from './object-text.ts';
import { regionName } from './region-name.ts';
import type { Transition } from './transition.ts';
import { type TriggeringChild, triggeringChildren } from './triggering-children.ts';
import { isoMillis } from './utc-text.ts';

/** What CloudWatch publishes to a topic: mails and text messages are for people, all other endpoints get `message`. */
export type AlarmNotification = {
  readonly subject: string;
  readonly message: string;
  readonly email: string;
  readonly sms: string;
};

/** SNS takes subjects of up to 100 characters. */
const longestSubject = 100;

/**
 * The notification of a state change: `ALARM: "name" in US East (N. Virginia)`, and JSON with the fields, their order and
 * the spelling of the service's (user guide, "Schema of Amazon SNS notifications when alarms change state"; recorded for
 * metric alarms).
 */
export function alarmNotification(transition: Transition): AlarmNotification {
  const { alarm, identity, to } = transition;
  const region = regionName(identity.region);
  const message = alarm.kind === 'metric' ? metricMessage(alarm, transition) : compositeMessage(alarm, transition);
  const subject = subjectOf(to.value, alarm.name, region);
  return { subject, message, sms: subject, email: alarmEmail(transition) };
}

function subjectOf(value: string, name: string, region: string): string {
  const room = longestSubject - `${value}: "" in ${region}`.length;
  // Subjects are ASCII without line breaks (SNS, Publish).
  const plain = name.replace(/[^\x20-\x7e]+/g, '_');
  const shown = plain.length > room ? `${plain.slice(0, room - 3)}...` : plain;
  return `${value}: "${shown}" in ${region}`;
}

const text = (value: unknown): string => JSON.stringify(value);

function actionLists({
  OKActions,
  AlarmActions,
  InsufficientDataActions,
}: MetricAlarm['input'] | CompositeAlarm['input']) {
  return {
    OKActions: text(OKActions ?? []),
    AlarmActions: text(AlarmActions ?? []),
    InsufficientDataActions: text(InsufficientDataActions ?? []),
  };
}

function metricMessage(alarm: MetricAlarm, { identity, from, to, configuredAt, ...more }: Transition): string {
  // Said of every metric alarm since 2026 (recorded); of a composite alarm nobody showed it.
  const { contributor, afterMuteWindow = false } = more;
  return objectText({
    AlarmName: text(alarm.name),
    AlarmDescription: text(alarm.input.AlarmDescription ?? null),
    AWSAccountId: text(identity.accountId),
    AlarmConfigurationUpdatedTimestamp: text(isoMillis(configuredAt)),
    NewStateValue: text(to.value),
    NewStateReason: text(to.reason),
    StateChangeTime: text(isoMillis(to.updatedAt)),
    Region: text(regionName(identity.region)),
    AlarmArn: text(alarmArn(identity, alarm.name)),
    OldStateValue: text(from.value),
    AlarmContributorId: contributor && text(contributor.id),
    AlarmContributorAttributes: contributor && text(contributor.attributes),
    ActionExecutedAfterMuteWindow: text(afterMuteWindow),
    ...actionLists(alarm.input),
    Trigger: triggerOf(alarm),
  });
}

function compositeMessage(alarm: CompositeAlarm, { identity, from, to, afterMuteWindow }: Transition): string {
  return objectText({
    AlarmName: text(alarm.name),
    AlarmDescription: text(alarm.input.AlarmDescription ?? null),
    AWSAccountId: text(identity.accountId),
    NewStateValue: text(to.value),
    NewStateReason: text(to.reason),
    StateChangeTime: text(isoMillis(to.updatedAt)),
    Region: text(regionName(identity.region)),
    AlarmArn: text(alarmArn(identity, alarm.name)),
    ActionExecutedAfterMuteWindow: afterMuteWindow === true ? 'true' : undefined,
    ...actionLists(alarm.input),
    OldStateValue: text(from.value),
    AlarmRule: text(alarm.input.AlarmRule),
    TriggeringChildren: text(
      triggeringChildren(to).map(({ arn, state }: TriggeringChild) => ({
        Arn: arn,
        State: { Value: state.value, Timestamp: state.timestamp },
      })),
    ),
  });
}

function triggerOf(alarm: MetricAlarm): string {
  const { input, watched } = alarm;
  const rules = {
    Period: text(alarm.periodSeconds),
    EvaluationPeriods: text(alarm.evaluationPeriods),
    DatapointsToAlarm: input.DatapointsToAlarm === undefined ? undefined : text(input.DatapointsToAlarm),
    ComparisonOperator: text(alarm.operator),
    Threshold: input.ThresholdMetricId === undefined ? javaDouble(alarm.threshold) : undefined,
    ThresholdMetricId: input.ThresholdMetricId === undefined ? undefined : text(input.ThresholdMetricId),
    // Seen: empty of an alarm that does not say it, as the next.
    TreatMissingData: text(input.TreatMissingData ?? ''),
    EvaluateLowSampleCountPercentile: text(input.EvaluateLowSampleCountPercentile ?? ''),
  };
  if (watched.kind !== 'metric') return objectText({ ...rules, Metrics: text((input.Metrics ?? []).map(queryOf)) });
  const { Statistic, ExtendedStatistic } = input;
  return objectText({
    MetricName: text(watched.metric.name),
    Namespace: text(watched.metric.namespace),
    StatisticType: text(Statistic === undefined ? 'ExtendedStatistic' : 'Statistic'),
    Statistic: Statistic === undefined ? undefined : text(upperCase(Statistic)),
    ExtendedStatistic: Statistic === undefined ? text(ExtendedStatistic) : undefined,
    Unit: text(input.Unit ?? null),
    Dimensions: text(dimensionsOf(input.Dimensions)),
    ...rules,
  });
}

/** `SampleCount` is `SAMPLE_COUNT`. */
function upperCase(statistic: string): string {
  return statistic.replace(/([a-z])([A-Z])/g, '$1_$2').toUpperCase();
}

function dimensionsOf(dimensions: MetricAlarm['input']['Dimensions'] = []) {
  return dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

/** Members in the order of their names; JSON leaves out those that are undefined. */
function queryOf({ AccountId, Expression, Id, Label, MetricStat, Period, ReturnData = true }: MetricDataQueryInput) {
  const { Metric, ...stat } = MetricStat ?? {};
  const shown = Metric && {
    Metric: {
      Dimensions: dimensionsOf(Metric.Dimensions),
      MetricName: Metric.MetricName,
      Namespace: Metric.Namespace,
    },
    Period: stat.Period,
    Stat: stat.Stat,
    Unit: stat.Unit,
  };
  return { AccountId, Expression, Id, Label, MetricStat: shown, Period, ReturnData };
}
