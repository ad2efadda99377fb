import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { alarmSteps } from './alarm-steps.ts';
import { type ApplyClients, type ApplyOptions, type Clients, limited } from './clients.ts';
import { dashboardSteps } from './dashboard-steps.ts';
import { logSteps } from './log-steps.ts';
import { notificationSteps } from './notification-steps.ts';
import { type Applied, type AppliedResource, runStep, type Step } from './outcome.ts';
import { rateLimit, unlimited } from './rate-limit.ts';
import { traceSteps } from './trace-steps.ts';

const realSleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Creates what is not there, updates what is different, leaves the rest alone: topic, key and subscriptions, log groups,
 * queries and rules, trace groups and sampling rules, alarms, composite alarms after those that they read, dashboards
 * last. What the endpoint refuses or does not have is in the result, and what comes after it is tried all the same.
 *
 * Nothing is deleted. A second run on the same plan changes nothing.
 */
export const applyPlan = async (
  plan: MonitoringPlan,
  clients: ApplyClients,
  options: ApplyOptions = {},
): Promise<Applied> => {
  const { quotas = 'aws', now = () => performance.now(), sleep = realSleep, dryRun, onResource } = options;
  const send = limited(clients, quotas === 'aws' ? rateLimit({ now, sleep }) : unlimited, dryRun);
  const resources: AppliedResource[] = [];
  for (const stepsOf of parts) {
    for (const step of await stepsOf(plan, send)) {
      const resource = await runStep(step);
      resources.push(resource);
      onResource?.(resource);
    }
  }
  const complete = resources.every(({ outcome }) => outcome !== 'failed' && outcome !== 'lacking');
  return { resources, topicArn: plan.topic.arn, complete };
};

type StepsOf = (plan: MonitoringPlan, send: Clients) => readonly Step[] | Promise<readonly Step[]>;

const parts: readonly StepsOf[] = [notificationSteps, logSteps, traceSteps, alarmSteps, dashboardSteps];
