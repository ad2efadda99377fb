import type { MetricAlarmInput } from '@voice-campaign/cloudwatch-engine/alarms';
import type { Contract } from '@voice-campaign/metrics-schema';
import { prices } from '../cost/prices.ts';
import type { MonitoringPlan } from '../plan/plan.ts';
import { checkSeries } from './check-series.ts';
import { type Emitted, emittedByContract, emittedByEmf } from './emitted.ts';
import type { Finding } from './finding.ts';
import { type Reads, readsOfAlarm, readsOfDashboard } from './reads.ts';

export type LintOptions = {
  /** Series that one metric may have; default 100. */
  readonly cardinalityBudget?: number;
  /** Values of dimensions that declare none, by dimension; default: as many as the contract allows. */
  readonly dimensionValues?: Readonly<Record<string, number>>;
};

/** What is emitted and never read, read and never emitted, or read as it makes no sense: of a plan and its contract. */
export const lintPlan = (plan: MonitoringPlan, contract: Contract, options: LintOptions = {}): readonly Finding[] => {
  const reads = [
    ...plan.dashboards.map(({ name, body }) => readsOfDashboard(name, JSON.stringify(body))),
    ...plan.metricAlarms.map(readsOfAlarm),
  ];
  return drift(reads, emittedByContract(contract, plan.namespace, options.dimensionValues ?? {}), options);
};

/** What is deployed, from wherever it comes. */
export type Deployed = {
  /** Bodies as GetDashboard gives them. */
  readonly dashboards: readonly { readonly name: string; readonly body: string }[];
  /** Metric alarms as DescribeAlarms gives them. */
  readonly alarms: readonly MetricAlarmInput[];
  /** Log lines; those that are no EMF are passed over. */
  readonly emf: Iterable<string>;
};

/** The same of any dashboards and alarms, against whatever log lines have published. */
export const lintDeployed = ({ dashboards, alarms, emf }: Deployed, options: LintOptions = {}): readonly Finding[] => {
  const { emitted, findings } = emittedByEmf(emf);
  const reads = [...dashboards.map(({ name, body }) => readsOfDashboard(name, body)), ...alarms.map(readsOfAlarm)];
  return [...findings, ...drift(reads, emitted, options)];
};

const drift = (
  all: readonly Reads[],
  emitted: readonly Emitted[],
  { cardinalityBudget = 100 }: LintOptions,
): readonly Finding[] => {
  const reads = all.flatMap((each) => each.reads);
  const own = new Set(emitted.map(({ namespace }) => namespace));
  const wrong = reads.flatMap((read): readonly Finding[] => {
    if (read.kind === 'series') return checkSeries(read, emitted);
    const isOwn = [...own].some((namespace) => read.text.includes(namespace));
    if (!isOwn || emitted.some((each) => examplesOf(each).some(read.finds))) return [];
    const message = `nothing that is emitted is found by ${read.text}`;
    return [{ code: 'unemitted', severity: 'error', where: read.where, message }];
  });
  return [
    ...all.flatMap(({ findings }) => findings),
    ...unique(wrong),
    ...emitted.filter((each) => !isRead(each, reads)).map(unread),
    ...emitted.filter(({ series }) => series > cardinalityBudget).map((each) => tooMany(each, cardinalityBudget)),
  ];
};

const unique = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((each) => [JSON.stringify(each), each])).values(),
];

type Example = {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
};

/** Metrics of it, for a search to find; where any value can come, one stands for all. */
const examplesOf = ({ namespace, name, dimensions, values }: Emitted): readonly Example[] =>
  (values ?? [Object.fromEntries(dimensions.map((each) => [each, 'any']))]).map((each) => ({
    namespace,
    name,
    dimensions: each,
  }));

const isRead = (emitted: Emitted, reads: Reads['reads']): boolean => {
  const keys = [...emitted.dimensions].sort().join();
  return reads.some((read) =>
    read.kind === 'search'
      ? examplesOf(emitted).some(read.finds)
      : read.namespace === emitted.namespace &&
        read.name === emitted.name &&
        Object.keys(read.dimensions).sort().join() === keys,
  );
};

const money = (usd: number): string => `$${usd.toFixed(2)}`;

const inWords = ({ namespace, name, dimensions }: Emitted): string =>
  `${namespace} ${name}${dimensions.length > 0 ? ` by ${dimensions.join(', ')}` : ''}`;

const unread = (emitted: Emitted): Finding => {
  const each = prices.customMetric.tiers[0]?.each ?? 0;
  const cost = money(emitted.series * each);
  const message = `${inWords(emitted)} is read by no widget and no alarm, and costs up to ${cost} a month: show it, or make it a property`;
  return { code: 'unread', severity: 'warning', where: emitted.by, message };
};

const tooMany = (emitted: Emitted, budget: number): Finding => ({
  code: 'cardinality',
  severity: 'error',
  where: emitted.by,
  message: `${inWords(emitted)} has ${emitted.series} series, ${budget} are allowed: make a dimension of it a property`,
});
