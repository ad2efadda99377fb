import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { DimensionInput } from '../../series/metric.ts';
import type { Alarm, MetricAlarm } from '../config/alarm.ts';
import { type AlarmIdentity, alarmArn } from '../config/alarm-identity.ts';
import type { AlarmState } from '../evaluation/alarm-state.ts';
import { javaDouble } from './java-double.ts';
import { objectText } from './object-text.ts';
import { isoMillis } from './utc-text.ts';

/** An alarm and its state at the moment of a change. */
export type ConfiguredAlarm = {
  readonly alarm: Alarm;
  readonly identity: AlarmIdentity;
  readonly state: AlarmState;
  /** Seconds since 1970. */
  readonly configuredAt: number;
};

/**
 * The JSON that history has of an alarm. Names, order and spelling as seen of an alarm on one metric; members that were
 * not seen (those of math, M of N, missing data and composite alarms) are spelled likewise.
 */
export function alarmConfiguration({ alarm, identity, state, configuredAt }: ConfiguredAlarm): string {
  const { input } = alarm;
  return objectText({
    alarmName: text(alarm.name),
    alarmDescription: text(input.AlarmDescription),
    alarmArn: text(alarmArn(identity, alarm.name)),
    alarmConfigurationUpdatedTimestamp: text(isoMillis(configuredAt)),
    ...(alarm.kind === 'metric'
      ? metricMembers(alarm)
      : {
          alarmRule: text(alarm.input.AlarmRule),
          actionsSuppressor: text(alarm.input.ActionsSuppressor),
          actionsSuppressorWaitPeriod: text(alarm.input.ActionsSuppressorWaitPeriod),
          actionsSuppressorExtensionPeriod: text(alarm.input.ActionsSuppressorExtensionPeriod),
        }),
    stateValue: text(state.value),
    stateUpdatedTimestamp: text(isoMillis(state.updatedAt)),
    actionsEnabled: text(input.ActionsEnabled ?? true),
    alarmActions: text(input.AlarmActions ?? []),
    insufficientDataActions: text(input.InsufficientDataActions ?? []),
    okactions: text(input.OKActions ?? []),
  });
}

function text(value: unknown): string | undefined {
  return JSON.stringify(value);
}

function metricMembers({ input, watched }: MetricAlarm) {
  return {
    namespace: text(input.Namespace),
    metricName: text(input.MetricName),
    statistic: text(input.Statistic),
    extendedStatistic: text(input.ExtendedStatistic),
    period: text(input.Period),
    unit: text(input.Unit),
    dimensions: text(dimensionsOf(input.Dimensions)),
    metrics: watched.kind === 'metric' ? undefined : text((input.Metrics ?? []).map(queryOf)),
    threshold: input.Threshold === undefined ? undefined : javaDouble(input.Threshold),
    thresholdMetricId: text(input.ThresholdMetricId),
    comparisonOperator: text(input.ComparisonOperator),
    evaluationPeriods: text(input.EvaluationPeriods),
    datapointsToAlarm: text(input.DatapointsToAlarm),
    treatMissingData: text(input.TreatMissingData),
    evaluateLowSampleCountPercentile: text(input.EvaluateLowSampleCountPercentile),
  };
}

function dimensionsOf(dimensions: readonly DimensionInput[] = []) {
  return dimensions.map(({ Name, Value }) => ({ value: Value, name: Name }));
}

/** JSON leaves out the members that are undefined. */
function queryOf({ Id, MetricStat, Expression, Label, ReturnData = true, Period, AccountId }: MetricDataQueryInput) {
  const { Metric, Period: period, Stat, Unit } = MetricStat ?? {};
  const { Namespace, MetricName, Dimensions } = Metric ?? {};
  const metric = { namespace: Namespace, metricName: MetricName, dimensions: dimensionsOf(Dimensions) };
  return {
    id: Id,
    metricStat: Metric && { metric, period, stat: Stat, unit: Unit },
    expression: Expression,
    label: Label,
    returnData: ReturnData,
    period: Period,
    accountId: AccountId,
  };
}
