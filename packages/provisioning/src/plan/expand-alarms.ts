import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import { printAlarmRule } from '@voice-campaign/cloudwatch-engine/alarms';
import type { Contract } from '@voice-campaign/metrics-schema';
import { awsMetricOf } from '../monitoring/aws-metrics.ts';
import type { AlarmDefinition, MetricAlarmDefinition, Monitoring, Severity } from '../monitoring/monitoring.ts';
import type { AwsReading, CustomReading, Reading } from '../monitoring/readings.ts';
import type { Deployment } from './inputs.ts';
import { inputOf, type Resource, resourcesOf } from './resources.ts';
import { shortName } from './short-name.ts';

const mostNameCharacters = 255;
// Limits of a composite alarm's rule (PutCompositeAlarm).
const mostChildren = 100;
const mostRuleCharacters = 10_240;

const operators = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
} as const;

export type Expanded = {
  readonly metricAlarms: readonly MetricAlarmInput[];
  readonly compositeAlarms: readonly CompositeAlarmInput[];
};

const enabledIn = ({ alarmOverrides }: Deployment, name: string): boolean => alarmOverrides[name]?.enabled !== false;

const nameOf = ({ projectName, environment }: Deployment, severity: Severity, name: string, short = ''): string => {
  const parts = [projectName, environment, severity, name, ...(short === '' ? [] : [short])];
  return shortName(parts.join('-'), mostNameCharacters);
};

/** Alarms for each resource of their scope, then roll-ups over them, in the order of the definition. */
export const expandAlarms = ({ contract, alarms }: Monitoring, deployment: Deployment, topicArn: string): Expanded => {
  const namesOf = (name: string): readonly string[] => {
    const alarm = alarms[name];
    if (alarm === undefined || !enabledIn(deployment, name)) return [];
    if (alarm.kind === 'roll-up') return [nameOf(deployment, alarm.severity, name)];
    return resourcesOf(deployment, alarm.scope).map(({ short }) => nameOf(deployment, alarm.severity, name, short));
  };
  const entries = Object.entries(alarms).filter(([name]) => enabledIn(deployment, name));
  return {
    metricAlarms: entries.flatMap(([name, alarm]) =>
      alarm.kind === 'metric'
        ? resourcesOf(deployment, alarm.scope).map((resource) =>
            metricAlarm({ contract, deployment, topicArn, name, alarm, resource }),
          )
        : [],
    ),
    compositeAlarms: entries.flatMap(([name, alarm]) =>
      alarm.kind === 'roll-up' ? rollUps({ deployment, topicArn, name, alarm, namesOf }) : [],
    ),
  };
};

type OneAlarm = {
  readonly contract: Contract;
  readonly deployment: Deployment;
  readonly topicArn: string;
  readonly name: string;
  readonly alarm: MetricAlarmDefinition;
  readonly resource: Resource;
};

const metricAlarm = (one: OneAlarm): MetricAlarmInput => {
  const { deployment, topicArn, name, alarm, resource } = one;
  const override = deployment.alarmOverrides[name] ?? {};
  const [m, n] = override.datapoints ?? alarm.datapoints;
  const { threshold } = alarm;
  const own = typeof threshold === 'number' ? threshold : threshold.share * inputOf(deployment, threshold.of, resource);
  return {
    AlarmName: nameOf(deployment, alarm.severity, name, resource.short),
    AlarmDescription: `${alarm.description}\nRunbook: ${alarm.runbook}`,
    ...actionsOf(alarm, topicArn),
    ...sourceOf(one),
    EvaluationPeriods: n,
    DatapointsToAlarm: m,
    Threshold: override.threshold ?? own,
    ComparisonOperator: operators[alarm.comparison],
    TreatMissingData: override.missingData ?? alarm.missingData,
  };
};

const actionsOf = ({ notifies = true, notifiesOk = false }: MetricAlarmDefinition, topicArn: string) => ({
  AlarmActions: notifies ? [topicArn] : [],
  OKActions: notifies && notifiesOk ? [topicArn] : [],
});

const sourceOf = ({ contract, deployment, alarm, resource }: OneAlarm): MetricAlarmInput => {
  const { reads, period } = alarm;
  if (reads.kind === 'metric' || reads.kind === 'aws') {
    const { Stat, Metric } = statOf(reads, deployment, resource, period);
    const statistic = /^(Sum|SampleCount|Average|Minimum|Maximum)$/.test(Stat)
      ? { Statistic: Stat }
      : { ExtendedStatistic: Stat };
    return { ...Metric, ...statistic, Period: period };
  }
  const { expression, of, label } = mathOf(contract, reads);
  const stats = Object.entries(of).map(([Id, each]) => ({
    Id,
    MetricStat: statOf(each, deployment, resource, period),
    ReturnData: false,
  }));
  return { Metrics: [...stats, { Id: 'result', Expression: expression, Label: label, ReturnData: true }] };
};

/** Below its guard a rate has no value: `IF` without a third argument drops the point (user guide, IF). */
const mathOf = (contract: Contract, reads: Extract<Reading, { kind: 'rate' | 'math' }>) => {
  if (reads.kind === 'math') return { ...reads, label: reads.expression };
  const rate = contract.rates[reads.rate];
  const counter = (metric = ''): CustomReading => ({ kind: 'metric', metric, statistic: 'Sum', dimensions: {} });
  const value = rate?.scale === 'percent' ? '100 * part / whole' : 'part / whole';
  return {
    expression: `IF(whole >= ${reads.atLeast}, ${value})`,
    of: { part: counter(rate?.numerator), whole: counter(rate?.denominator) },
    label: rate?.description ?? reads.rate,
  };
};

const statOf = (reading: CustomReading | AwsReading, deployment: Deployment, resource: Resource, Period: number) => {
  const { metric: MetricName, statistic: Stat } = reading;
  if (reading.kind === 'metric') {
    const Dimensions = Object.entries(reading.dimensions).map(([Name, Value]) => ({ Name, Value }));
    const Namespace = `${deployment.projectName}/${deployment.environment}`;
    return { Metric: { Namespace, MetricName, Dimensions }, Period, Stat };
  }
  const dimension = awsMetricOf(reading.namespace, MetricName)?.dimension ?? '';
  const Dimensions = [{ Name: dimension, Value: resource.name }];
  return { Metric: { Namespace: reading.namespace, MetricName, Dimensions }, Period, Stat };
};

type OneRollUp = {
  readonly deployment: Deployment;
  readonly topicArn: string;
  readonly name: string;
  readonly alarm: Extract<AlarmDefinition, { kind: 'roll-up' }>;
  readonly namesOf: (alarm: string) => readonly string[];
};

/** One composite alarm, or several where there are more children than one can have; none without children. */
const rollUps = ({ deployment, topicArn, name, alarm, namesOf }: OneRollUp): readonly CompositeAlarmInput[] => {
  const none = (alarm.unless ?? []).flatMap(namesOf).map(inAlarm);
  const except = none.length === 0 ? '' : ` AND NOT (${none.join(' OR ')})`;
  const parts = partsOf(alarm.any.flatMap(namesOf).map(inAlarm), {
    most: mostChildren - none.length,
    characters: mostRuleCharacters - except.length - 2,
  });
  return parts.map((part, index) => ({
    AlarmName: nameOf(deployment, alarm.severity, name, parts.length > 1 ? String(index + 1) : ''),
    AlarmDescription: `${alarm.description}\nRunbook: ${alarm.runbook}`,
    AlarmRule: except === '' ? part.join(' OR ') : `(${part.join(' OR ')})${except}`,
    AlarmActions: [topicArn],
    OKActions: [],
  }));
};

const inAlarm = (alarm: string): string => printAlarmRule({ kind: 'state', state: 'ALARM', alarm });

/** As few parts as hold all of a list, each within its limits. */
const partsOf = (
  all: readonly string[],
  { most, characters }: { readonly most: number; readonly characters: number },
): readonly (readonly string[])[] => {
  const parts: string[][] = [];
  let length = 0;
  for (const each of all) {
    const last = parts.at(-1);
    if (last === undefined || last.length >= most || length + ' OR '.length + each.length > characters) {
      parts.push([each]);
      length = each.length;
    } else {
      last.push(each);
      length += ' OR '.length + each.length;
    }
  }
  return parts;
};
