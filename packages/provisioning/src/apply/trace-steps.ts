import {
  CreateGroupCommand,
  CreateSamplingRuleCommand,
  GetGroupCommand,
  GetSamplingRulesCommand,
  UpdateGroupCommand,
  UpdateSamplingRuleCommand,
} from '@aws-sdk/client-xray';
import type { PlannedSamplingRule, TraceGroup } from '../plan/expand-traces.ts';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { covers } from './covers.ts';
import { done, type Outcome, type Step, unchanged } from './outcome.ts';

export const traceSteps = (
  { traceGroups, samplingRules, tags }: MonitoringPlan,
  { xray }: Clients,
): readonly Step[] => {
  const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
  const tagged = Tags.length > 0 ? { Tags } : {};
  return [
    ...traceGroups.map((group) => ({
      type: 'AWS::XRay::Group',
      name: group.GroupName,
      run: () => putGroup(xray, group, tagged),
    })),
    ...samplingRules.map(({ rule }) => ({
      type: 'AWS::XRay::SamplingRule',
      name: rule.RuleName,
      run: () => putSamplingRule(xray, rule, tagged),
    })),
  ];
};

type Tagged = { readonly Tags?: { Key: string; Value: string }[] };

const putGroup = async (xray: Clients['xray'], group: TraceGroup, tagged: Tagged): Promise<Outcome> => {
  const found = await findGroup(xray, group.GroupName);
  if (covers(found, group)) return unchanged;
  if (found === undefined) await xray(new CreateGroupCommand({ ...group, ...tagged }));
  else await xray(new UpdateGroupCommand(group));
  return done(found !== undefined);
};

/** X-Ray answers for a group that is not there as for any request that it cannot take. */
const findGroup = async (xray: Clients['xray'], GroupName: string) => {
  try {
    return (await xray(new GetGroupCommand({ GroupName }))).Group;
  } catch (error) {
    if (error instanceof Error && error.name === 'InvalidRequestException') return undefined;
    throw error;
  }
};

const putSamplingRule = async (
  xray: Clients['xray'],
  rule: PlannedSamplingRule['rule'],
  tagged: Tagged,
): Promise<Outcome> => {
  const found = await findSamplingRule(xray, rule.RuleName);
  if (covers(found, rule)) return unchanged;
  // The version of a rule cannot be changed.
  const { Version, ...SamplingRuleUpdate } = rule;
  if (found === undefined) await xray(new CreateSamplingRuleCommand({ SamplingRule: { ...rule }, ...tagged }));
  else await xray(new UpdateSamplingRuleCommand({ SamplingRuleUpdate }));
  return done(found !== undefined);
};

const findSamplingRule = async (xray: Clients['xray'], name: string) => {
  let token: string | undefined;
  do {
    const page = await xray(new GetSamplingRulesCommand(token === undefined ? {} : { NextToken: token }));
    const found = page.SamplingRuleRecords?.find(({ SamplingRule }) => SamplingRule?.RuleName === name);
    if (found !== undefined) return found.SamplingRule;
    token = page.NextToken;
  } while (token !== undefined);
  return undefined;
};
