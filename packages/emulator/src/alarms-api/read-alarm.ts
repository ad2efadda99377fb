import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import {
  type Input,
  isObject,
  readBoolean,
  readInteger,
  readNumber,
  readObjects,
  readString,
  readStrings,
} from '../service-api/input.ts';

/** Leaves out what is absent, as the SDK's inputs do. */
const present = <T extends object>(members: T): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

const listOf = (input: Input, name: string): readonly string[] | undefined =>
  input[name] === undefined || input[name] === null ? undefined : readStrings(input, name);

const actionsOf = (input: Input) => ({
  AlarmName: readString(input, 'AlarmName'),
  AlarmDescription: readString(input, 'AlarmDescription'),
  ActionsEnabled: readBoolean(input, 'ActionsEnabled'),
  OKActions: listOf(input, 'OKActions'),
  AlarmActions: listOf(input, 'AlarmActions'),
  InsufficientDataActions: listOf(input, 'InsufficientDataActions'),
});

export const readDimensions = (input: Input) =>
  readObjects(input, 'Dimensions').map((each) => ({
    Name: readString(each, 'Name'),
    Value: readString(each, 'Value'),
  }));

const readMetricStat = (stat: Input) => {
  const metric = stat.Metric;
  return present({
    Metric: isObject(metric)
      ? present({
          Namespace: readString(metric, 'Namespace'),
          MetricName: readString(metric, 'MetricName'),
          Dimensions: readDimensions(metric),
        })
      : undefined,
    Period: readInteger(stat, 'Period'),
    Stat: readString(stat, 'Stat'),
    Unit: readString(stat, 'Unit'),
  });
};

const readQuery = (query: Input) =>
  present({
    Id: readString(query, 'Id'),
    MetricStat: isObject(query.MetricStat) ? readMetricStat(query.MetricStat) : undefined,
    Expression: readString(query, 'Expression'),
    Label: readString(query, 'Label'),
    ReturnData: readBoolean(query, 'ReturnData'),
    Period: readInteger(query, 'Period'),
    AccountId: readString(query, 'AccountId'),
  });

/** The members of PutMetricAlarm, of their types; nothing else is checked. @throws ServiceError SerializationException. */
export const readMetricAlarm = (input: Input): MetricAlarmInput => {
  const queries = readObjects(input, 'Metrics');
  return present({
    ...actionsOf(input),
    MetricName: readString(input, 'MetricName'),
    Namespace: readString(input, 'Namespace'),
    Statistic: readString(input, 'Statistic'),
    ExtendedStatistic: readString(input, 'ExtendedStatistic'),
    Dimensions: queries.length > 0 && input.Dimensions === undefined ? undefined : readDimensions(input),
    Period: readInteger(input, 'Period'),
    Unit: readString(input, 'Unit'),
    EvaluationPeriods: readInteger(input, 'EvaluationPeriods'),
    DatapointsToAlarm: readInteger(input, 'DatapointsToAlarm'),
    Threshold: readNumber(input, 'Threshold'),
    ComparisonOperator: readString(input, 'ComparisonOperator'),
    TreatMissingData: readString(input, 'TreatMissingData'),
    EvaluateLowSampleCountPercentile: readString(input, 'EvaluateLowSampleCountPercentile'),
    Metrics: queries.length > 0 ? queries.map(readQuery) : undefined,
    ThresholdMetricId: readString(input, 'ThresholdMetricId'),
    EvaluationCriteria: input.EvaluationCriteria ?? undefined,
    EvaluationInterval: input.EvaluationInterval ?? undefined,
    EvaluationWindow: input.EvaluationWindow ?? undefined,
    WarmUpConfiguration: input.WarmUpConfiguration ?? undefined,
  });
};

/** The members of PutCompositeAlarm, of their types. @throws ServiceError SerializationException. */
export const readCompositeAlarm = (input: Input): CompositeAlarmInput => ({
  ...present({
    ...actionsOf(input),
    ActionsSuppressor: readString(input, 'ActionsSuppressor'),
    ActionsSuppressorWaitPeriod: readInteger(input, 'ActionsSuppressorWaitPeriod'),
    ActionsSuppressorExtensionPeriod: readInteger(input, 'ActionsSuppressorExtensionPeriod'),
  }),
  AlarmRule: readString(input, 'AlarmRule') ?? '',
});
