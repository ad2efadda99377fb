import { type MetricInput, metricOf } from '@voice-campaign/cloudwatch-engine';
import type { MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { readsOfExpression } from './expression-read.ts';
import { joined, type NamedRead, type Read, type Reads, unreadable } from './series-read.ts';

/** A metric alarm as DescribeAlarms has it, or as PutMetricAlarm takes it; other members do not matter. */
export type DeployedAlarm = Pick<
  MetricAlarmInput,
  | 'AlarmName'
  | 'Namespace'
  | 'MetricName'
  | 'Dimensions'
  | 'Statistic'
  | 'ExtendedStatistic'
  | 'Period'
  | 'Unit'
  | 'Threshold'
  | 'Metrics'
>;

type Query = NonNullable<MetricAlarmInput['Metrics']>[number];

const defaultPeriod = 60;

/** The series of a metric alarm: one, or those of its queries, a band's among them. */
export const readsOfAlarm = (alarm: DeployedAlarm): Reads => {
  const name = alarm.AlarmName ?? '(without a name)';
  if (alarm.Metrics !== undefined && alarm.Metrics.length > 0) {
    return joined(alarm.Metrics.map((query) => readsOfQuery(query, name, alarm)));
  }
  const { Namespace, MetricName, Period, Unit, Threshold } = alarm;
  if (Namespace === undefined || MetricName === undefined) {
    const message = 'it has neither MetricName nor Metrics: give what DescribeAlarms lists as MetricAlarms';
    return { reads: [], findings: [unreadable('alarm', { kind: 'alarm', name }, message)] };
  }
  const read: Read = {
    at: { kind: 'alarm', name },
    wanted: named(alarm),
    statistic: alarm.Statistic ?? alarm.ExtendedStatistic ?? 'Average',
    periodSeconds: Period ?? defaultPeriod,
    ...(Unit !== undefined && { unit: Unit }),
    ...(Threshold !== undefined && { threshold: Threshold }),
  };
  return { reads: [read], findings: [] };
};

const named = (input: MetricInput): NamedRead => {
  const { namespace, name, dimensions } = metricOf(input);
  return { kind: 'series', namespace, metric: name, dimensions, open: new Set() };
};

const readsOfQuery = (
  { Id, Expression, MetricStat, Period, ReturnData = true }: Query,
  name: string,
  { Threshold }: DeployedAlarm,
): Reads => {
  const at = { kind: 'alarm', name, ...(Id !== undefined && { query: Id }) } as const;
  if (Expression !== undefined) return readsOfExpression(Expression, at, Period ?? defaultPeriod);
  const { Namespace, MetricName, Dimensions } = MetricStat?.Metric ?? {};
  if (Namespace === undefined || MetricName === undefined) {
    return {
      reads: [],
      findings: [unreadable('alarm', at, 'it has neither an Expression nor a MetricStat with a Metric')],
    };
  }
  const read: Read = {
    at,
    wanted: named({ Namespace, MetricName, Dimensions }),
    statistic: MetricStat?.Stat ?? 'Average',
    periodSeconds: MetricStat?.Period ?? defaultPeriod,
    ...(MetricStat?.Unit !== undefined && { unit: MetricStat.Unit }),
    ...(ReturnData && Threshold !== undefined && { threshold: Threshold }),
  };
  return { reads: [read], findings: [] };
};
