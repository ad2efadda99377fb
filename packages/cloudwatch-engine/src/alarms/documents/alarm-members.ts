import type { MetricDataQueryInput } from '../../math/query/metric-data-query.ts';
import type { DimensionInput } from '../../series/metric.ts';
import type { AlarmInput } from '../config/alarm-input.ts';

/** An object of a document, nothing known of its members. */
export type Members = Readonly<Record<string, unknown>>;

export function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The alarm of an object with the members of PutMetricAlarm or PutCompositeAlarm. Numbers and booleans may be texts, as
 * templates have them; a member of another kind is left out, for `validateAlarm` to miss; members of answers (`StateValue`,
 * `AlarmArn`…) are too.
 */
export function readAlarmMembers(from: Members): AlarmInput {
  const common = {
    AlarmName: text(from.AlarmName),
    AlarmDescription: text(from.AlarmDescription),
    ActionsEnabled: flag(from.ActionsEnabled),
    OKActions: texts(from.OKActions),
    AlarmActions: texts(from.AlarmActions),
    InsufficientDataActions: texts(from.InsufficientDataActions),
  };
  if (from.AlarmRule !== undefined) {
    return present({
      ...common,
      AlarmRule: text(from.AlarmRule) ?? '',
      ActionsSuppressor: text(from.ActionsSuppressor),
      ActionsSuppressorWaitPeriod: number(from.ActionsSuppressorWaitPeriod),
      ActionsSuppressorExtensionPeriod: number(from.ActionsSuppressorExtensionPeriod),
    });
  }
  return present({
    ...common,
    ...metricOf(from),
    Period: number(from.Period),
    Statistic: text(from.Statistic),
    ExtendedStatistic: text(from.ExtendedStatistic),
    Unit: text(from.Unit),
    EvaluationPeriods: number(from.EvaluationPeriods),
    DatapointsToAlarm: number(from.DatapointsToAlarm),
    Threshold: number(from.Threshold),
    ComparisonOperator: text(from.ComparisonOperator),
    TreatMissingData: text(from.TreatMissingData),
    EvaluateLowSampleCountPercentile: text(from.EvaluateLowSampleCountPercentile),
    Metrics: listOf(from.Metrics)?.map(queryOf),
    ThresholdMetricId: text(from.ThresholdMetricId),
    EvaluationCriteria: from.EvaluationCriteria,
    EvaluationInterval: from.EvaluationInterval,
    EvaluationWindow: from.EvaluationWindow,
    WarmUpConfiguration: from.WarmUpConfiguration,
  });
}

function metricOf(from: Members) {
  return {
    Namespace: text(from.Namespace),
    MetricName: text(from.MetricName),
    Dimensions: listOf(from.Dimensions)?.map(
      ({ Name, Value }): DimensionInput => present({ Name: text(Name), Value: text(Value) }),
    ),
  };
}

function queryOf(from: Members): MetricDataQueryInput {
  const stat = isMembers(from.MetricStat) ? from.MetricStat : undefined;
  return present({
    Id: text(from.Id),
    MetricStat:
      stat &&
      present({
        Metric: isMembers(stat.Metric) ? present(metricOf(stat.Metric)) : undefined,
        Period: number(stat.Period),
        Stat: text(stat.Stat),
        Unit: text(stat.Unit),
      }),
    Expression: text(from.Expression),
    Label: text(from.Label),
    ReturnData: flag(from.ReturnData),
    Period: number(from.Period),
    AccountId: text(from.AccountId),
  });
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
}

function texts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) ? value.flatMap((each) => text(each) ?? []) : undefined;
}

function number(value: unknown): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof read === 'number' && !Number.isNaN(read) ? read : undefined;
}

function flag(value: unknown): boolean | undefined {
  return typeof value === 'boolean' ? value : value === 'true' ? true : value === 'false' ? false : undefined;
}

function listOf(value: unknown): readonly Members[] | undefined {
  return Array.isArray(value) ? value.filter(isMembers) : undefined;
}

function present<T extends object>(members: T): T {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as T;
}
