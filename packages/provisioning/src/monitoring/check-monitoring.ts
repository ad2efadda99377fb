import type { Contract } from '@voice-campaign/metrics-schema';
import { awsMetricOf, kindOf, kindsOf, type Scope } from './aws-metrics.ts';
import type { AlarmDefinition, AnomalyAlarmDefinition, MetricAlarmDefinition, Monitoring } from './monitoring.ts';
import type { MonitoringIssue } from './monitoring-error.ts';
import type { AwsReading, CustomReading, Reading } from './readings.ts';

type Report = (code: MonitoringIssue['code'], path: string, message: string) => void;

/** Everything that the types cannot say, or did not: definitions may come from JavaScript. */
export const checkMonitoring = ({ contract, alarms }: Monitoring): readonly MonitoringIssue[] => {
  const issues: MonitoringIssue[] = [];
  const report: Report = (code, path, message) => void issues.push({ code, path, message });
  for (const [name, alarm] of Object.entries(alarms)) {
    const path = `alarms.${name}`;
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name)) {
      report('name', path, 'the name stands in the alarm’s own: small letters, digits and single dashes');
    }
    if (alarm.kind !== 'roll-up') checkMetricAlarm(contract, alarm, path, report);
    else checkRollUp(alarms, alarm, path, report);
  }
  return issues;
};

const checkMetricAlarm = (
  contract: Contract,
  { scope, reads, datapoints: [m, n], period }: MetricAlarmDefinition | AnomalyAlarmDefinition,
  path: string,
  report: Report,
): void => {
  if (!Number.isInteger(m) || !Number.isInteger(n) || m < 1 || m > n) {
    report('datapoints', `${path}.datapoints`, `${m} of ${n} periods cannot breach: write [M, N] with 1 ≤ M ≤ N`);
  }
  if (period < 60 ? ![10, 20, 30].includes(period) : period % 60 !== 0) {
    report('datapoints', `${path}.period`, `${period} s is no period: 10, 20, 30 or a multiple of 60`);
  }
  checkReading(contract, reads, scope, `${path}.reads`, report);
};

const checkReading = (contract: Contract, reading: Reading, scope: Scope, path: string, report: Report): void => {
  switch (reading.kind) {
    case 'metric':
      checkCustom(contract, reading, path, report);
      return;
    case 'aws':
      checkAws(reading, scope, path, report);
      return;
    case 'rate':
      if (!Object.hasOwn(contract.rates, reading.rate)) {
        const known = Object.keys(contract.rates).join(', ');
        report('unknown-rate', path, `the contract has no rate ${reading.rate}: it has ${known}`);
      }
      return;
    case 'math':
      for (const [id, each] of Object.entries(reading.of)) {
        checkReading(contract, each, scope, `${path}.of.${id}`, report);
      }
  }
};

const emittedIn = (contract: Contract): ReadonlySet<string> =>
  new Set(Object.values(contract.emitters).flatMap(({ emits }) => emits));

const fits = { counter: /^(Sum|SampleCount)$/, gauge: /^(Maximum|Minimum|Average)$/, distribution: /./ } as const;

const checkCustom = (
  contract: Contract,
  { metric, statistic, dimensions }: CustomReading,
  path: string,
  report: Report,
): void => {
  const definition = Object.hasOwn(contract.metrics, metric) ? contract.metrics[metric] : undefined;
  if (definition === undefined || !emittedIn(contract).has(metric)) {
    report('unknown-metric', path, `no emitter is declared to emit ${metric}: add it to one, or read another metric`);
    return;
  }
  if (!fits[definition.kind].test(statistic)) {
    report('statistic', path, `${statistic} of ${metric} makes no sense: it is a ${definition.kind}`);
  }
  const keys = Object.keys(dimensions).sort().join();
  const sets = (definition.dimensions ?? [[]]).map((set) => [...set].sort().join());
  if (!sets.includes(keys)) {
    const known = sets.map((set) => `[${set}]`).join(' or ');
    report('dimensions', path, `${metric} has no series with the dimensions [${keys}]: it has ${known}`);
  }
};

const checkAws = ({ namespace, metric, statistic }: AwsReading, scope: Scope, path: string, report: Report): void => {
  const known = awsMetricOf(namespace, metric);
  if (known === undefined) {
    report('unknown-metric', path, `${namespace} has no metric ${metric} in the table of AWS’s metrics`);
    return;
  }
  if (!known.statistics.includes(statistic)) {
    const sensible = known.statistics.join(', ');
    report('statistic', path, `${statistic} of ${namespace} ${metric} makes no sense: read ${sensible}`);
  }
  const kinds: readonly string[] = kindsOf[namespace];
  if (!kinds.includes(kindOf(scope))) {
    report('scope', path, `${namespace} has no metrics of a ${scope}: its scope is ${kinds.join(' or ')}`);
  }
};

const checkRollUp = (
  alarms: Monitoring['alarms'],
  { any, all = [], unless = [] }: Extract<AlarmDefinition, { kind: 'roll-up' }>,
  path: string,
  report: Report,
): void => {
  for (const name of [...any, ...all, ...unless]) {
    if (!Object.hasOwn(alarms, name)) report('unknown-alarm', path, `there is no alarm ${name} to roll up`);
  }
  if (any.length === 0) report('unknown-alarm', `${path}.any`, 'names no alarm: it could never be in ALARM');
};
