import type { Contract } from '@voice-campaign/metrics-schema';
import type {
  AnomalyAlarmDefinition,
  MetricAlarmDefinition,
  Monitoring,
  RollUpDefinition,
  Threshold,
} from '../monitoring/monitoring.ts';
import type { Reading } from '../monitoring/readings.ts';
import { mathOf, seriesOf } from './compile-series.ts';
import type { CompositeAlarmTemplate, MetricAlarmTemplate, QueryTemplate, ThresholdTemplate } from './document.ts';

const operators = {
  '>': 'GreaterThanThreshold',
  '>=': 'GreaterThanOrEqualToThreshold',
  '<': 'LessThanThreshold',
  '<=': 'LessThanOrEqualToThreshold',
  above: 'GreaterThanUpperThreshold',
  below: 'LessThanLowerThreshold',
  either: 'LessThanLowerOrGreaterThanUpperThreshold',
} as const;

/** In the order of the definition, metric alarms apart from composite ones. */
export const compileAlarms = ({ contract, alarms }: Monitoring) => ({
  metricAlarms: Object.entries(alarms).flatMap(([name, alarm]) =>
    alarm.kind === 'roll-up' ? [] : [metricAlarm(contract, name, alarm)],
  ),
  compositeAlarms: Object.entries(alarms).flatMap(([name, alarm]) =>
    alarm.kind === 'roll-up' ? [compositeAlarm(name, alarm)] : [],
  ),
});

const describe = ({ description, runbook }: { readonly description: string; readonly runbook: string }): string =>
  `${description}\nRunbook: {{runbooks}}/${runbook}`;

const metricAlarm = (
  contract: Contract,
  name: string,
  alarm: MetricAlarmDefinition | AnomalyAlarmDefinition,
): MetricAlarmTemplate => {
  const { severity, scope, period, missingData, optIn = null, notifies = true, notifiesOk = false } = alarm;
  const [datapointsToAlarm, evaluationPeriods] = alarm.datapoints;
  return {
    name,
    severity,
    scope,
    optIn,
    description: describe(alarm),
    notifies,
    notifiesOk: notifies && notifiesOk,
    period,
    datapointsToAlarm,
    evaluationPeriods,
    treatMissingData: missingData,
    ...(alarm.kind === 'anomaly' ? bandOf(alarm) : sourceOf(contract, alarm)),
  };
};

type Source = Pick<
  MetricAlarmTemplate,
  'comparisonOperator' | 'threshold' | 'thresholdMetricId' | 'series' | 'queries'
>;

const sourceOf = (contract: Contract, { reads, comparison, threshold }: MetricAlarmDefinition): Source => ({
  comparisonOperator: operators[comparison],
  threshold: thresholdOf(threshold),
  thresholdMetricId: null,
  ...readsOf(contract, reads),
});

const thresholdOf = (threshold: Threshold): ThresholdTemplate =>
  typeof threshold === 'number' ? { value: threshold, of: null } : { value: threshold.share, of: threshold.of };

const readsOf = (contract: Contract, reads: Reading): Pick<Source, 'series' | 'queries'> => {
  if (reads.kind === 'metric' || reads.kind === 'aws') return { series: seriesOf(reads), queries: [] };
  const { expression, label, of } = mathOf(contract, reads);
  const parts = Object.entries(of).map(
    ([id, series]): QueryTemplate => ({ id, label: null, returnData: false, expression: null, series }),
  );
  return { series: null, queries: [...parts, { id: 'result', label, returnData: true, expression, series: null }] };
};

const bandOf = ({ reads, outside, deviations }: AnomalyAlarmDefinition): Source => ({
  comparisonOperator: operators[outside],
  threshold: null,
  thresholdMetricId: 'band',
  series: null,
  queries: [
    { id: 'value', label: null, returnData: true, expression: null, series: seriesOf(reads) },
    {
      id: 'band',
      label: 'expected',
      returnData: true,
      expression: `ANOMALY_DETECTION_BAND(value, ${deviations})`,
      series: null,
    },
  ],
});

const compositeAlarm = (name: string, alarm: RollUpDefinition): CompositeAlarmTemplate => {
  const { severity, any, all = [], unless = [], optIn = null } = alarm;
  return { name, severity, optIn, description: describe(alarm), any, all, unless };
};
