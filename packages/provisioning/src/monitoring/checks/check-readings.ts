import type { Contract } from '@voice-campaign/metrics-schema';
import { awsMetricOf, kindOf, kindsOf, type Scope } from '../aws-metrics.ts';
import type { MonitoringIssue } from '../monitoring-error.ts';
import type { AwsReading, CustomReading, SearchReading, WidgetReading } from '../readings.ts';

export type Report = (code: MonitoringIssue['code'], path: string, message: string) => void;

/** What the types cannot say of a reading: AWS's own metrics, and definitions that come from JavaScript. */
export const checkReading = (
  contract: Contract,
  reading: WidgetReading,
  scope: Scope,
  path: string,
  report: Report,
): void => {
  switch (reading.kind) {
    case 'metric':
      checkCustom(contract, reading, path, report);
      return;
    case 'aws':
      checkAws(reading, scope, path, report);
      return;
    case 'search':
      checkSearch(contract, reading, path, report);
      return;
    case 'rate':
    case 'unguarded-rate':
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

const checkSearch = (
  contract: Contract,
  { metric, statistic, by }: SearchReading,
  path: string,
  report: Report,
): void => {
  const dimensions = Object.fromEntries(by.map((name) => [name, '']));
  checkCustom(contract, { kind: 'metric', metric, statistic, dimensions }, path, report);
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
