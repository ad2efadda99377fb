import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { substituted } from './portable.ts';
import { type Resources, tagged } from './template.ts';

type IdOf = (name: string) => string;

/** Dashboards, trace groups and sampling rules. */
export const renderViews = (plan: MonitoringPlan, idOf: IdOf): Resources => ({
  ...Object.fromEntries(
    plan.dashboards.map(({ name, body }) => [
      idOf(`dashboard ${name}`),
      {
        Type: 'AWS::CloudWatch::Dashboard',
        Properties: { DashboardName: name, DashboardBody: substituted(JSON.stringify(body), plan) },
      },
    ]),
  ),
  ...Object.fromEntries(
    plan.traceGroups.map((group) => [
      idOf(`group ${group.GroupName}`),
      { Type: 'AWS::XRay::Group', Properties: { ...group, ...tagged(plan.tags) } },
    ]),
  ),
  ...Object.fromEntries(
    plan.samplingRules.map(({ rule }) => [
      idOf(`rule ${rule.RuleName}`),
      { Type: 'AWS::XRay::SamplingRule', Properties: { SamplingRule: rule, ...tagged(plan.tags) } },
    ]),
  ),
});

/** Log groups, which outlive the stack, and what reads them. */
export const renderLogs = (plan: MonitoringPlan, idOf: IdOf): Resources => {
  const groupIds = plan.logGroups.map(({ logGroupName }) => idOf(`log group ${logGroupName}`));
  const after = groupIds.length === 0 ? {} : { DependsOn: groupIds };
  return {
    ...Object.fromEntries(
      plan.logGroups.map(({ logGroupName, retentionInDays }, index) => [
        groupIds[index],
        {
          Type: 'AWS::Logs::LogGroup',
          DeletionPolicy: 'Retain' as const,
          UpdateReplacePolicy: 'Retain' as const,
          Properties: { LogGroupName: logGroupName, RetentionInDays: retentionInDays, ...tagged(plan.tags) },
        },
      ]),
    ),
    ...Object.fromEntries(
      plan.queryDefinitions.map(({ name, queryString, logGroupNames }) => [
        idOf(`query ${name}`),
        {
          Type: 'AWS::Logs::QueryDefinition',
          // A log group must exist before a query can name it.
          ...after,
          Properties: { Name: name, QueryString: queryString, LogGroupNames: logGroupNames },
        },
      ]),
    ),
    ...Object.fromEntries(
      plan.contributorRules.map(({ RuleName, RuleDefinition, RuleState }) => [
        idOf(`contributors ${RuleName}`),
        {
          Type: 'AWS::CloudWatch::InsightRule',
          Properties: { RuleName, RuleBody: RuleDefinition, RuleState, ...tagged(plan.tags) },
        },
      ]),
    ),
  };
};
