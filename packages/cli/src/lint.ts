import { readFileSync } from 'node:fs';
import { type MonitoringPlan, plan } from '@voice-campaign/provisioning';
import { type Finding, type LintOptions, lintDeployed, lintPlan } from '@voice-campaign/provisioning/lint';
import { loadConfig } from './load-config.ts';
import { UsageError } from './usage-error.ts';

export type LintFiles = {
  readonly config?: string;
  readonly dashboards?: string;
  readonly alarms?: string;
  readonly emf?: string;
};

export type Linted = { readonly findings: readonly Finding[]; readonly warnings: MonitoringPlan['warnings'] };

/** Of the definition where no files are named, else of what the files hold; only a plan has warnings. */
export const lint = async (files: LintFiles, options: LintOptions): Promise<Linted> => {
  const { config, dashboards, alarms, emf } = files;
  if (dashboards === undefined && alarms === undefined && emf === undefined) {
    const { monitoring, inputs } = await loadConfig(config);
    const planned = plan(monitoring, inputs);
    return {
      findings: lintPlan(planned, monitoring.contract, options),
      warnings: planned.warnings.filter(({ waysOut }) => waysOut === undefined),
    };
  }
  if (emf === undefined) throw new UsageError('name a file of log lines with --emf, to know what is emitted');
  const deployed = {
    dashboards: dashboards === undefined ? [] : dashboardsIn(dashboards),
    alarms: alarms === undefined ? [] : alarmsIn(alarms),
    emf: textOf(emf).split('\n'),
  };
  return { findings: lintDeployed(deployed, options), warnings: [] };
};

const textOf = (path: string): string => {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${error instanceof Error ? error.message : error}`);
  }
};

export const jsonIn = (path: string): unknown => {
  const text = textOf(path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UsageError(`${path} is no JSON: ${error instanceof Error ? error.message : error}`);
  }
};

/** What GetDashboard answers, a list of such answers, or a body alone. */
export const dashboardsIn = (path: string): readonly { readonly name: string; readonly body: string }[] => {
  const read = jsonIn(path);
  return (Array.isArray(read) ? read : [read]).map((each, index) => {
    if (typeof each !== 'object' || each === null) throw new UsageError(`${path} is to be what GetDashboard answers`);
    const { DashboardName, DashboardBody } = each as {
      readonly DashboardName?: string;
      readonly DashboardBody?: string;
    };
    return { name: DashboardName ?? `${path}[${index}]`, body: DashboardBody ?? JSON.stringify(each) };
  });
};

/** What DescribeAlarms answers, or a list of alarms. */
const alarmsIn = (path: string): readonly object[] => {
  const read = jsonIn(path) as { readonly MetricAlarms?: readonly object[] } | readonly object[] | null;
  if (Array.isArray(read)) return read;
  const { MetricAlarms } = (read ?? {}) as { readonly MetricAlarms?: readonly object[] };
  if (MetricAlarms === undefined)
    throw new UsageError(`${path} has no MetricAlarms: it is to be what DescribeAlarms answers`);
  return MetricAlarms;
};
