import type { CompositeAlarmInput, MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import type {
  CompositeAlarmTemplate,
  MetricAlarmTemplate,
  MonitoringDocument,
  SeriesTemplate,
  ThresholdTemplate,
} from '../document/document.ts';
import { type Bindings, fill, fillText } from '../document/fill.ts';
import type { OptIn, Severity } from '../monitoring/monitoring.ts';
import type { Deployment } from './inputs.ts';
import { inputOf, prefixOf, type Resource, resourcesOf } from './resources.ts';
import { rollUps } from './roll-ups.ts';
import { shortName } from './short-name.ts';

const mostNameCharacters = 255;

export type ExpandedAlarms = {
  readonly metricAlarms: readonly MetricAlarmInput[];
  readonly compositeAlarms: readonly CompositeAlarmInput[];
  /** The names of the alarms that came of each definition. */
  readonly namesOf: (definition: string) => readonly string[];
  /** The threshold of those that have a number; `undefined` where none is planned. */
  readonly thresholdOf: (definition: string) => number | undefined;
};

type Template = MetricAlarmTemplate | CompositeAlarmTemplate;

const isPlanned = (deployment: Deployment, { name, optIn }: Pick<Template, 'name' | 'optIn'>): boolean =>
  deployment.alarmOverrides[name]?.enabled ?? (optIn === null || deployment[optIn satisfies OptIn]);

const nameOf = (deployment: Deployment, { severity, name }: { severity: Severity; name: string }, short = ''): string =>
  shortName([prefixOf(deployment), severity, name, ...(short === '' ? [] : [short])].join('-'), mostNameCharacters);

/** Alarms for each resource of their scope, then roll-ups over them, in the order of the document. */
export const expandAlarms = (
  document: Pick<MonitoringDocument, 'metricAlarms' | 'compositeAlarms'>,
  deployment: Deployment,
  { topicArn, bindings }: { readonly topicArn: string; readonly bindings: Bindings },
): ExpandedAlarms => {
  const names = new Map<string, readonly string[]>();
  const namesOf = (definition: string): readonly string[] => names.get(definition) ?? [];
  const metricAlarms = document.metricAlarms
    .filter((template) => isPlanned(deployment, template))
    .flatMap((template) => {
      const alarms = resourcesOf(deployment, template.scope).map((resource) =>
        metricAlarm({ deployment, topicArn, bindings, template, resource }),
      );
      names.set(
        template.name,
        alarms.map(({ AlarmName = '' }) => AlarmName),
      );
      return alarms;
    });
  const compositeAlarms = document.compositeAlarms
    .filter((template) => isPlanned(deployment, template))
    .flatMap((template) => {
      const rules = rollUps(template, namesOf);
      const alarms = rules.map((AlarmRule, index) => ({
        AlarmName: nameOf(deployment, template, rules.length > 1 ? String(index + 1) : ''),
        AlarmDescription: fillText(template.description, bindings),
        AlarmRule,
        AlarmActions: [topicArn],
        OKActions: [],
      }));
      names.set(
        template.name,
        alarms.map(({ AlarmName }) => AlarmName),
      );
      return alarms;
    });
  const thresholdOf = (definition: string): number | undefined => {
    const template = document.metricAlarms.find(({ name }) => name === definition);
    return template && isPlanned(deployment, template) ? numberOf(deployment, template) : undefined;
  };
  return { metricAlarms, compositeAlarms, namesOf, thresholdOf };
};

/** A threshold that is the same of every resource. */
const numberOf = ({ alarmOverrides }: Deployment, { name, threshold }: MetricAlarmTemplate): number | undefined =>
  threshold?.of === null ? (alarmOverrides[name]?.threshold ?? threshold.value) : undefined;

type OneAlarm = {
  readonly deployment: Deployment;
  readonly topicArn: string;
  readonly bindings: Bindings;
  readonly template: MetricAlarmTemplate;
  readonly resource: Resource;
};

const metricAlarm = (one: OneAlarm): MetricAlarmInput => {
  const { deployment, topicArn, template, resource } = one;
  const override = deployment.alarmOverrides[template.name] ?? {};
  const [m, n] = override.datapoints ?? [template.datapointsToAlarm, template.evaluationPeriods];
  const threshold = numberOf(deployment, template);
  return {
    AlarmName: nameOf(deployment, template, resource.short),
    AlarmDescription: fillText(template.description, {
      ...one.bindings,
      ...resource,
      ...(threshold !== undefined && { threshold: plainDecimal(threshold) }),
    }),
    AlarmActions: template.notifies ? [topicArn] : [],
    OKActions: template.notifiesOk ? [topicArn] : [],
    ...sourceOf(one),
    EvaluationPeriods: n,
    DatapointsToAlarm: m,
    ...(template.threshold === null
      ? { ThresholdMetricId: template.thresholdMetricId ?? '' }
      : { Threshold: override.threshold ?? thresholdOf(deployment, template.threshold, resource) }),
    ComparisonOperator: template.comparisonOperator as NonNullable<MetricAlarmInput['ComparisonOperator']>,
    TreatMissingData: override.missingData ?? template.treatMissingData,
  };
};

/** As Terraform writes a number: with all of its digits, and no exponent. */
const plainDecimal = (value: number): string => {
  const [digits = '', exponent] = String(value).split('e-');
  if (exponent === undefined) return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
  const decimals = digits.split('.')[1]?.length ?? 0;
  return value.toFixed(Math.min(100, Number(exponent) + decimals));
};

const thresholdOf = (deployment: Deployment, { value, of }: ThresholdTemplate, resource: Resource): number =>
  // 80 % of 4,994 are 3,995.2, not a little more: fifteen digits are what a double is sure of.
  of === null ? value : Number((value * inputOf(deployment, of, resource)).toPrecision(15));

const sourceOf = ({ template, bindings, resource }: OneAlarm): MetricAlarmInput => {
  const own = { ...bindings, ...resource };
  const { series, queries, period } = template;
  if (series !== null) {
    const { Stat, Metric } = statOf(series, own, period);
    const statistic = /^(Sum|SampleCount|Average|Minimum|Maximum)$/.test(Stat)
      ? { Statistic: Stat }
      : { ExtendedStatistic: Stat };
    return { ...Metric, ...statistic, Period: period };
  }
  return {
    Metrics: queries.map((query) => ({
      Id: query.id,
      ...(query.expression !== null && { Expression: fillText(query.expression, own) }),
      ...(query.label !== null && { Label: fillText(query.label, own) }),
      ...(query.series !== null && { MetricStat: statOf(query.series, own, period) }),
      ReturnData: query.returnData,
    })),
  };
};

const statOf = (series: SeriesTemplate, bindings: Bindings, Period: number) => {
  const { namespace, dimensions } = fill({ namespace: series.namespace, dimensions: series.dimensions }, bindings);
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  return {
    Metric: { Namespace: namespace, MetricName: series.metricName, Dimensions },
    Period,
    Stat: series.statistic,
  };
};
