import type { Contract } from '@voice-campaign/metrics-schema';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { countSeries } from './count-series.ts';
import { prices } from './prices.ts';
import { type Volumes, withDefaultVolumes } from './volumes.ts';

/** US dollars a month, and how they come about. */
export type CostLine = { readonly line: string; readonly usd: number; readonly basis: string };

export type CostEstimate = {
  readonly lines: readonly CostLine[];
  readonly usd: number;
  /** Of the prices. */
  readonly asOf: string;
  readonly region: string;
};

const daysPerMonth = 30;
const bytesPerGb = 1e9;
const million = 1e6;

type Of = { readonly plan: MonitoringPlan; readonly contract: Contract; readonly volumes: Required<Volumes> };

/** What a plan will cost, before anything is deployed; prices are of us-east-1, without tax or discounts. */
export const estimateCost = (plan: MonitoringPlan, contract: Contract, volumes: Volumes): CostEstimate => {
  const of: Of = { plan, contract, volumes: withDefaultVolumes(volumes) };
  const lines = estimates.map((estimate) => estimate(of)).filter(({ usd, basis }) => usd > 0 || basis !== 'none');
  const usd = lines.reduce((sum, line) => sum + line.usd, 0);
  return { lines, usd, asOf: prices.asOf, region: prices.region };
};

const number = (value: number): string => value.toLocaleString('en-US', { maximumFractionDigits: 2 });
const counted = (count: number, one: string): string => `${number(count)} ${one}${count === 1 ? '' : 's'}`;
const above = (value: number, free: number): number => Math.max(0, value - free);

type PlannedDashboard = MonitoringPlan['dashboards'][number];

const rowsOn = ({ body }: PlannedDashboard): readonly (readonly unknown[])[] =>
  body.widgets.flatMap(({ properties }) => (properties.metrics ?? []) as readonly (readonly unknown[])[]);

/** Widgets' series, drawn or only for math: those are what a dashboard is billed by. */
const seriesOn = (dashboard: PlannedDashboard): number =>
  rowsOn(dashboard).filter(([first]) => typeof first === 'string').length;

/** What a search finds is known where it is deployed only. */
const searchesOn = (dashboard: PlannedDashboard): number =>
  rowsOn(dashboard).filter(([first]) => /\bSEARCH\s*\(/i.test(String(Object(first).expression))).length;

const dashboards = ({ plan, volumes }: Of): CostLine => {
  const { each, free, freeMetrics } = prices.dashboard;
  const small = plan.dashboards.filter((dashboard) => seriesOn(dashboard) <= freeMetrics).length;
  const large = plan.dashboards.length - small;
  const billed = large + above(small, above(free, volumes.otherDashboards));
  const searches = plan.dashboards.reduce((sum, dashboard) => sum + searchesOn(dashboard), 0);
  const found =
    searches === 0 ? '' : `, without what ${searches === 1 ? '1 search finds' : `${searches} searches find`}`;
  const basis = `${counted(plan.dashboards.length, 'dashboard')}, ${large} of them with more than ${freeMetrics} metrics${found}: ${billed} × $${each}`;
  return { line: 'Dashboards', usd: billed * each, basis };
};

/** How many metrics an alarm is billed by. */
const alarmMetricsOf = (alarm: MonitoringPlan['metricAlarms'][number]): number => {
  if (alarm.Metrics === undefined) return 1;
  const read = alarm.Metrics.filter(({ MetricStat }) => MetricStat !== undefined).length;
  return alarm.ThresholdMetricId === undefined ? read : read * prices.anomalyMetrics;
};

const isHighResolution = ({ Period, Metrics = [] }: MonitoringPlan['metricAlarms'][number]): boolean =>
  [Period, ...Metrics.map(({ MetricStat }) => MetricStat?.Period)].some(
    (period) => period !== undefined && period < 60,
  );

const alarms = ({ plan }: Of): CostLine => {
  const { standard, highResolution, free } = prices.alarmMetric;
  const count = (all: MonitoringPlan['metricAlarms']) => all.reduce((sum, alarm) => sum + alarmMetricsOf(alarm), 0);
  const fast = count(plan.metricAlarms.filter(isHighResolution));
  const slow = count(plan.metricAlarms) - fast;
  const usd = above(slow, free) * standard + fast * highResolution;
  const basis = `${counted(plan.metricAlarms.length, 'alarm')} on ${counted(slow + fast, 'metric')}, ${Math.min(free, slow)} of them free`;
  return { line: 'Alarms', usd, basis };
};

const compositeAlarms = ({ plan: { compositeAlarms: all } }: Of): CostLine => ({
  line: 'Composite alarms',
  usd: all.length * prices.compositeAlarm,
  basis: all.length === 0 ? 'none' : `${all.length} × $${prices.compositeAlarm}`,
});

const customMetrics = ({ contract, volumes }: Of): CostLine => {
  const series = countSeries(contract, volumes.dimensionValues);
  const { free } = prices.customMetric;
  const before = above(volumes.otherCustomMetrics, free);
  const usd = tiered(before + above(series, above(free, volumes.otherCustomMetrics))) - tiered(before);
  return { line: 'Custom metrics', usd, basis: `${number(series)} series, ${free} of an account free` };
};

const tiered = (count: number): number => {
  let [left, sum] = [count, 0];
  for (const { most, each } of prices.customMetric.tiers) {
    const taken = Math.min(left, most);
    sum += taken * each;
    left -= taken;
  }
  return sum;
};

const gbOf = ({ callsPerMonth, invocationsPerCall, logBytesPerInvocation }: Required<Volumes>): number =>
  (callsPerMonth * invocationsPerCall * logBytesPerInvocation) / bytesPerGb;

const logs = ({ volumes }: Of): CostLine => {
  const gb = gbOf(volumes);
  const { ingest, freeGb, keepGbMonth, compressed } = prices.logs;
  const usd = above(gb, freeGb) * ingest + gb * compressed * keepGbMonth;
  return { line: 'Logs', usd, basis: `${number(gb)} GB written, ${freeGb} free, and kept for a month compressed` };
};

/** Lambda records the first request of each second and 5 % of the rest, of each function. */
export const lambdaTraces = (invocations: number, activeSeconds: number): number =>
  Math.min(invocations, activeSeconds) + 0.05 * above(invocations, activeSeconds);

const traces = ({ volumes }: Of): CostLine => {
  const { callsPerMonth, invocationsPerCall, activeHoursPerDay } = volumes;
  const seconds = activeHoursPerDay * 3600 * daysPerMonth;
  const recorded = (lambdaTraces(callsPerMonth, seconds) * invocationsPerCall) / million;
  const { perMillion, freeMillions } = prices.traces;
  const basis = `${number(recorded)} M traces: 1 a second and 5 % of the rest, of each of ${counted(invocationsPerCall, 'function')}`;
  return { line: 'X-Ray', usd: above(recorded, freeMillions) * perMillion, basis };
};

const contributors = ({ plan, volumes }: Of): CostLine => {
  const { each, free, perMillionEvents, freeMillionEvents } = prices.contributorRule;
  const rules = plan.contributorRules.length;
  if (rules === 0) return { line: 'Contributor Insights', usd: 0, basis: 'none' };
  const events = (volumes.callsPerMonth * rules) / million;
  const usd = above(rules, free) * each + above(events, freeMillionEvents) * perMillionEvents;
  return { line: 'Contributor Insights', usd, basis: `${counted(rules, 'rule')}, ${number(events)} M events at most` };
};

const logWidgets = ({ plan, volumes }: Of): CostLine => {
  const { hoursPerMonth, refreshSeconds } = volumes.logWidgets;
  const widgets = plan.dashboards.flatMap(({ body }) => body.widgets.filter(({ type }) => type === 'log')).length;
  if (hoursPerMonth * widgets === 0) return { line: 'Log widgets', usd: 0, basis: 'none' };
  const shown = (gbOf(volumes) / (daysPerMonth * 24)) * 3;
  const runs = (hoursPerMonth * 3600) / refreshSeconds;
  const usd = widgets * runs * shown * prices.logs.scan;
  const basis = `${counted(widgets, 'widget')} over three hours, every ${refreshSeconds} s for ${hoursPerMonth} h`;
  return { line: 'Log widgets', usd, basis };
};

const pollers = ({ volumes }: Of): CostLine => {
  const usd = volumes.pollers.reduce(
    (sum, { metrics, everySeconds }) =>
      sum + ((daysPerMonth * 86_400) / everySeconds) * (metrics / 1000) * prices.getMetricDataPerThousandMetrics,
    0,
  );
  return {
    line: 'GetMetricData',
    usd,
    basis: volumes.pollers.length === 0 ? 'none' : counted(volumes.pollers.length, 'poller'),
  };
};

const notifications = ({ plan, volumes }: Of): CostLine => {
  const emails = plan.subscriptions.filter(({ protocol }) => protocol.startsWith('email')).length;
  const sent = emails * volumes.alarmChangesPerMonth;
  const usd = (above(sent, prices.email.free) / 1000) * prices.email.perThousand;
  return { line: 'SNS', usd, basis: sent === 0 ? 'none' : `${counted(sent, 'mail')}, ${prices.email.free} free` };
};

const key = ({ plan }: Of): CostLine => ({
  line: 'KMS key',
  usd: plan.topic.key?.kind === 'create' ? prices.key : 0,
  basis: plan.topic.key?.kind === 'create' ? '1 key' : 'none',
});

const detailed = ({ volumes: { detailedInstances } }: Of): CostLine => ({
  line: 'EC2 detailed monitoring',
  usd: detailedInstances * prices.detailedInstanceMetrics * (prices.customMetric.tiers[0]?.each ?? 0),
  basis:
    detailedInstances === 0
      ? 'none'
      : `${counted(detailedInstances, 'instance')}, ${prices.detailedInstanceMetrics} metrics each`,
});

const estimates = [
  ...[dashboards, alarms, compositeAlarms, customMetrics, logs, traces],
  ...[contributors, logWidgets, pollers, notifications, key, detailed],
] as const;
