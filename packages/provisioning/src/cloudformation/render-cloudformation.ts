import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { createLogicalIds } from './logical-id.ts';
import { renderAlarms } from './render-alarms.ts';
import { renderLogs, renderViews } from './render-data.ts';
import { renderNotifications } from './render-notifications.ts';
import { arnOf, type CloudFormationTemplate, pseudo, ref, topicId } from './template.ts';

// CloudFormation quotas; a template of more than 51,200 bytes must be handed over by its address in S3.
const mostResources = 500;
const mostBytes = 1_000_000;

/**
 * The plan as a template. What it names by ARN or Region is a reference, so that the template holds in any Region and
 * account. Log groups outlive the stack.
 * @throws RangeError for more than a template can have.
 */
export const renderCloudFormation = (plan: MonitoringPlan): CloudFormationTemplate => {
  const idOf = createLogicalIds();
  const template: CloudFormationTemplate = {
    AWSTemplateFormatVersion: '2010-09-09',
    Description: `What watches ${plan.namespace}`,
    Resources: {
      ...renderNotifications(plan, idOf),
      ...renderLogs(plan, idOf),
      ...renderAlarms(plan, idOf),
      ...renderViews(plan, idOf),
    },
    Outputs: outputsOf(plan, idOf),
  };
  const count = Object.keys(template.Resources).length;
  if (count > mostResources) {
    throw new RangeError(
      `the plan has ${count} resources, a CloudFormation template takes ${mostResources}: plan fewer functions or queues in one stack`,
    );
  }
  const bytes = new TextEncoder().encode(JSON.stringify(template)).length;
  if (bytes > mostBytes) {
    throw new RangeError(
      `the template has ${bytes} bytes, CloudFormation takes ${mostBytes}: plan fewer functions or queues in one stack`,
    );
  }
  return template;
};

const outputsOf = (plan: MonitoringPlan, idOf: (name: string) => string): CloudFormationTemplate['Outputs'] => {
  const short = (name: string): string => createLogicalIds()(name.slice(plan.prefix.length));
  return {
    AlarmTopicArn: { Description: 'Topic that alarms publish to', Value: ref(topicId) },
    ...Object.fromEntries(
      plan.dashboards.flatMap(({ name }) => [
        [`${short(name)}Dashboard`, { Description: 'Name of a dashboard', Value: ref(idOf(`dashboard ${name}`)) }],
        [`${short(name)}Url`, { Description: 'Address of a dashboard', Value: urlOf(name) }],
      ]),
    ),
    ...Object.fromEntries(
      plan.traceGroups.map(({ GroupName }) => {
        const id = idOf(`group ${GroupName}`);
        return [
          `${id}Arn`,
          { Description: `ARN of the trace group ${GroupName}`, Value: { 'Fn::GetAtt': [id, 'GroupARN'] } },
        ];
      }),
    ),
    ...(plan.topic.key?.kind === 'create' && {
      AlarmKeyArn: { Description: 'Key that encrypts the messages of alarms', Value: arnOf('AlarmKey') },
    }),
    ...(plan.logGroups.length > 0 && {
      LogGroupNames: {
        Description: 'Log groups of the functions',
        Value: plan.logGroups.map(({ logGroupName }) => logGroupName).join(','),
      },
    }),
  };
};

const urlOf = (name: string) => {
  const region = pseudo('Region');
  const console = `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}`;
  return { 'Fn::Sub': `${console}#dashboards/dashboard/${name}` };
};
