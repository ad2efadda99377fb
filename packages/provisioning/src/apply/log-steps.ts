import { DescribeInsightRulesCommand, PutInsightRuleCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeQueryDefinitionsCommand,
  PutQueryDefinitionCommand,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { PlannedContributorRule, PlannedLogGroup, PlannedQuery } from '../plan/expand-logs.ts';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { covers, isSameJson } from './covers.ts';
import { done, type Outcome, type Step, unchanged } from './outcome.ts';

/** Log groups, then what reads them. */
export const logSteps = (
  { logGroups, queryDefinitions, contributorRules, tags }: MonitoringPlan,
  { logs, cloudWatch }: Clients,
): readonly Step[] => [
  ...logGroups.map((group) => ({
    type: 'AWS::Logs::LogGroup',
    name: group.logGroupName,
    run: () => putLogGroup(logs, group, tags),
  })),
  ...queryDefinitions.map((query) => ({
    type: 'AWS::Logs::QueryDefinition',
    name: query.name,
    run: () => putQuery(logs, query),
  })),
  ...contributorRules.map((rule) => ({
    type: 'AWS::CloudWatch::InsightRule',
    name: rule.RuleName,
    run: () => putRule(cloudWatch, rule),
  })),
];

const putLogGroup = async (
  logs: Clients['logs'],
  { logGroupName, retentionInDays }: PlannedLogGroup,
  tags: MonitoringPlan['tags'],
): Promise<Outcome> => {
  const { logGroups = [] } = await logs(new DescribeLogGroupsCommand({ logGroupNamePrefix: logGroupName }));
  const found = logGroups.find((group) => group.logGroupName === logGroupName);
  if (found?.retentionInDays === retentionInDays) return unchanged;
  if (found === undefined) {
    await logs(new CreateLogGroupCommand({ logGroupName, ...(Object.keys(tags).length > 0 && { tags: { ...tags } }) }));
  }
  await logs(new PutRetentionPolicyCommand({ logGroupName, retentionInDays }));
  return done(found !== undefined);
};

/** CloudWatch Logs gives ids to queries: one of the same name is the same. */
const putQuery = async (
  logs: Clients['logs'],
  { name, queryString, logGroupNames }: PlannedQuery,
): Promise<Outcome> => {
  const found = await logs(new DescribeQueryDefinitionsCommand({ queryDefinitionNamePrefix: name }));
  const same = found.queryDefinitions?.find((query) => query.name === name);
  if (same !== undefined && covers(same, { queryString, logGroupNames })) return unchanged;
  const id = same?.queryDefinitionId;
  const definition = { name, queryString, logGroupNames: [...logGroupNames] };
  await logs(new PutQueryDefinitionCommand({ ...definition, ...(id !== undefined && { queryDefinitionId: id }) }));
  return done(same !== undefined);
};

const putRule = async (
  cloudWatch: Clients['cloudWatch'],
  { RuleName, RuleDefinition, RuleState }: PlannedContributorRule,
): Promise<Outcome> => {
  const found = await findRule(cloudWatch, RuleName);
  if (found?.State === RuleState && isSameJson(found.Definition, RuleDefinition)) return unchanged;
  await cloudWatch(new PutInsightRuleCommand({ RuleName, RuleDefinition, RuleState }));
  return done(found !== undefined);
};

const findRule = async (cloudWatch: Clients['cloudWatch'], name: string) => {
  let token: string | undefined;
  do {
    const page = await cloudWatch(new DescribeInsightRulesCommand(token === undefined ? {} : { NextToken: token }));
    const found = page.InsightRules?.find(({ Name }) => Name === name);
    if (found !== undefined) return found;
    token = page.NextToken;
  } while (token !== undefined);
  return undefined;
};
