import { compile } from '../document/compile.ts';
import type { MonitoringDocument } from '../document/document.ts';
import { fill } from '../document/fill.ts';
import type { Scope } from '../monitoring/aws-metrics.ts';
import type { Monitoring } from '../monitoring/monitoring.ts';
import { MonitoringError } from '../monitoring/monitoring-error.ts';
import { parityWarnings } from '../parity/gaps.ts';
import { checkInputs } from './checks/check-inputs.ts';
import { checkPlan } from './checks/check-plan.ts';
import { expandAlarms } from './expand-alarms.ts';
import { expandDashboards } from './expand-dashboards.ts';
import { expandContributorRules, expandLogGroups, expandQueries } from './expand-logs.ts';
import { arnIn, expandNotifications, topicArnOf } from './expand-notifications.ts';
import { expandSamplingRules, expandTraceGroups } from './expand-traces.ts';
import { type Deployment, type DeploymentInputs, withDefaults } from './inputs.ts';
import type { MonitoringPlan } from './monitoring-plan.ts';
import { warningsOf } from './plan-warnings.ts';
import { prefixOf, resourcesOf } from './resources.ts';

/**
 * What a monitoring definition means for one deployment. Everything is checked as AWS would check it.
 * @throws MonitoringError with everything that is wrong with the inputs, or with what came of them.
 */
export const plan = (monitoring: Monitoring, inputs: DeploymentInputs): MonitoringPlan =>
  planDocument(compile(monitoring), inputs);

/**
 * The same for a document, which the Terraform module reads too.
 * @throws MonitoringError
 */
export const planDocument = (document: MonitoringDocument, inputs: DeploymentInputs): MonitoringPlan => {
  const deployment = withDefaults(inputs);
  const alarms = [...document.metricAlarms, ...document.compositeAlarms].map(({ name }) => name);
  const issues = checkInputs(deployment, alarms);
  if (issues.length > 0) throw new MonitoringError(issues);
  const planned = expand(document, deployment);
  const wrong = checkPlan(planned);
  if (wrong.length > 0) throw new MonitoringError(wrong);
  return planned;
};

const expand = (template: MonitoringDocument, deployment: Deployment): MonitoringPlan => {
  const {
    projectName: project,
    environment,
    region,
    accountId,
    restApiStage: stage,
    runbooksUrl: runbooks,
    tags,
  } = deployment;
  const prefix = prefixOf(deployment);
  const namespace = `${project}/${environment}`;
  const bindings = { project, environment, namespace, prefix, region, stage, runbooks };
  const document = fill(template, bindings);
  const around = { bindings, resourcesOf: (scope: Scope) => resourcesOf(deployment, scope) };
  const alarms = expandAlarms(document, deployment, { topicArn: topicArnOf(deployment), bindings });
  const groups = expandTraceGroups(document, around);
  const groupNames = new Map([...groups].map(([name, { GroupName }]) => [name, GroupName]));
  const planned = {
    namespace,
    region,
    accountId,
    prefix,
    tags,
    ...expandNotifications(deployment, alarms.namesOf),
    metricAlarms: alarms.metricAlarms,
    compositeAlarms: alarms.compositeAlarms,
    dashboards: expandDashboards(document, {
      bindings,
      resourcesOf: (scope) => resourcesOf(deployment, scope, groupNames),
      thresholdOf: alarms.thresholdOf,
      alarmsOf: (name) => alarms.namesOf(name).map((alarm) => arnIn(deployment, 'cloudwatch', `alarm:${alarm}`)),
    }),
    traceGroups: [...groups.values()],
    samplingRules: expandSamplingRules(document, around),
    logGroups: expandLogGroups(deployment),
    queryDefinitions: expandQueries(document, around),
    contributorRules: expandContributorRules(document, around),
  };
  return { ...planned, warnings: [...warningsOf(document, deployment, groups), ...parityWarnings(planned)] };
};
