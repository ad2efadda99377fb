import { DescribeRuleCommand, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import type { Clients } from './clients.ts';
import { isSameJson } from './covers.ts';
import { done, isAbsent, type Outcome, unchanged } from './outcome.ts';

/** The rule for changes of state, and its target. */
export const putEventRule = async (
  { events }: Clients,
  { name, eventPattern, targetArn }: NonNullable<MonitoringPlan['eventRule']>,
): Promise<Outcome> => {
  const EventPattern = JSON.stringify(eventPattern);
  const found = await events(new DescribeRuleCommand({ Name: name })).catch((error: unknown) => {
    if (isAbsent(error)) return undefined;
    throw error;
  });
  if (found !== undefined && isSameJson(found.EventPattern, EventPattern)) return unchanged;
  await events(new PutRuleCommand({ Name: name, EventPattern, State: 'ENABLED' }));
  await events(new PutTargetsCommand({ Rule: name, Targets: [{ Id: 'target', Arn: targetArn }] }));
  return done(found !== undefined, 'the target must let events.amazonaws.com in by its own policy');
};
