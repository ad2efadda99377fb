import {
  type CompositeAlarmInput,
  type MetricAlarmInput,
  validateAlarm,
} from '@voice-campaign/cloudwatch-engine/alarms';
import { parseInsightRule } from '@voice-campaign/cloudwatch-engine/contributors';
import { parseDashboard } from '@voice-campaign/cloudwatch-engine/dashboards';
import { parseTraceFilter, TraceFilterError } from '@voice-campaign/cloudwatch-engine/traces';
import type { MonitoringIssue } from '../../monitoring/monitoring-error.ts';
import type { PlannedDashboard } from '../expand-dashboards.ts';
import type { PlannedContributorRule, PlannedQuery } from '../expand-logs.ts';
import type { PlannedSamplingRule, TraceGroup } from '../expand-traces.ts';
import type { MonitoringPlan } from '../monitoring-plan.ts';

// Quotas of an account in a Region; that of groups cannot be raised ("X-Ray endpoints and quotas").
const mostTraceGroups = 25;
const mostSamplingRules = 25;
const mostServiceCharacters = 64;
const mostNameCharacters = 255;

type Check = (plan: MonitoringPlan) => readonly MonitoringIssue[];

const issue = (code: MonitoringIssue['code'], path: string, message: string): MonitoringIssue => ({
  code,
  path,
  message,
});

/** Everything in a plan that AWS would refuse. */
export const checkPlan: Check = (plan) => checks.flatMap((check) => check(plan));

const checks: readonly Check[] = [
  ({ metricAlarms, compositeAlarms }) => [...metricAlarms, ...compositeAlarms].flatMap(alarmIssues),
  ({ dashboards }) => dashboards.flatMap(dashboardIssues),
  ({ traceGroups }) => [...tooMany('traceGroups', traceGroups, mostTraceGroups), ...traceGroups.flatMap(groupIssues)],
  ({ samplingRules }) => [
    ...tooMany('samplingRules', samplingRules, mostSamplingRules),
    ...samplingRules.flatMap(samplingIssues),
  ],
  ({ queryDefinitions }) => queryDefinitions.flatMap(queryIssues),
  ({ contributorRules }) => contributorRules.flatMap(ruleIssues),
  (plan) => unique(plan),
];

const alarmIssues = (input: MetricAlarmInput | CompositeAlarmInput): readonly MonitoringIssue[] => {
  const validated = validateAlarm(input);
  if (validated.ok) return [];
  return validated.issues.map(({ path, message, fix }) =>
    issue('alarm', `${input.AlarmName}.${path}`, `${message}: ${fix}`),
  );
};

const dashboardIssues = ({ name, body }: PlannedDashboard): readonly MonitoringIssue[] => [
  ...(/^[A-Za-z0-9_-]{1,255}$/.test(name) ? [] : [issue('dashboard', name, 'has a name that no dashboard can have')]),
  ...parseDashboard(JSON.stringify(body)).messages.map(({ DataPath, Message, hint }) =>
    issue('dashboard', `${name}${DataPath}`, hint === undefined ? Message : `${Message}: ${hint}`),
  ),
];

const groupIssues = ({ GroupName, FilterExpression }: TraceGroup): readonly MonitoringIssue[] => {
  try {
    parseTraceFilter(FilterExpression);
    return [];
  } catch (error) {
    if (!(error instanceof TraceFilterError)) throw error;
    return [issue('trace-group', GroupName, error.message)];
  }
};

const samplingIssues = ({ rule }: PlannedSamplingRule): readonly MonitoringIssue[] => {
  const { length } = rule.ServiceName;
  if (length <= mostServiceCharacters) return [];
  const message = `${rule.ServiceName} has ${length} characters: a rule's service has ${mostServiceCharacters} at most`;
  return [issue('limit', rule.RuleName, message)];
};

const queryIssues = ({ name }: PlannedQuery): readonly MonitoringIssue[] =>
  name.length <= mostNameCharacters ? [] : [issue('limit', name, `is longer than ${mostNameCharacters} characters`)];

const ruleIssues = ({ RuleName, RuleDefinition }: PlannedContributorRule): readonly MonitoringIssue[] => {
  const parsed = parseInsightRule(RuleDefinition);
  const name = /^[0-9A-Za-z_.-]{1,128}$/.test(RuleName)
    ? []
    : [issue('limit', RuleName, 'is no name of a rule: 1 to 128 letters, digits, - _ and .')];
  return parsed.ok
    ? name
    : [...name, ...parsed.issues.map(({ path, message }) => issue('rule', `${RuleName}.${path}`, message))];
};

const tooMany = (path: string, all: readonly unknown[], most: number): readonly MonitoringIssue[] =>
  all.length <= most
    ? []
    : [issue('limit', path, `are ${all.length}: a Region has ${most}, so name fewer REST APIs or define fewer`)];

/** Shortened names end in a part of their hash; that two are the same is unlikely, and would lose one in silence. */
const unique: Check = (plan) => {
  const names = [
    plan.metricAlarms
      .map(({ AlarmName = '' }) => AlarmName)
      .concat(plan.compositeAlarms.map(({ AlarmName = '' }) => AlarmName)),
    plan.dashboards.map(({ name }) => name),
    plan.traceGroups.map(({ GroupName }) => GroupName),
    plan.samplingRules.map(({ rule }) => rule.RuleName),
    plan.queryDefinitions.map(({ name }) => name),
  ];
  return names.flatMap((all) =>
    all
      .filter((name, index) => all.indexOf(name) < index)
      .map((name) => issue('name', name, 'is the name of two: one would take the place of the other')),
  );
};
