import type { MonitoringDocument } from '../document/document.ts';
import { mostLogGroups } from './expand-logs.ts';
import { mostExpressionCharacters, type TraceGroup } from './expand-traces.ts';
import type { Deployment } from './inputs.ts';
import type { PlanWarning } from './monitoring-plan.ts';
import { functionsOf } from './resources.ts';

type Warn = (document: MonitoringDocument, deployment: Deployment, groups: TraceGroups) => readonly PlanWarning[];

type TraceGroups = ReadonlyMap<string, TraceGroup>;

/** What the reader of a plan should know before it is applied. */
export const warningsOf: Warn = (document, deployment, groups) =>
  [handlers, sampling, wideGroups, machines, names, notifications, logGroups].flatMap((warn) =>
    warn(document, deployment, groups),
  );

const handlers: Warn = (document, deployment) => {
  const used = new Set(JSON.stringify(document).match(/(?<="handler:)[^"]+/g));
  return [...used].flatMap((handler) => {
    const functions = functionsOf(deployment, handler);
    if (functions.length === 1) return [];
    const found = functions.length === 0 ? 'no function' : `${functions.length} functions`;
    const message = `${found} of lambdaFunctionNames end in ${handler}: what shows that handler alone is left out`;
    return [{ code: 'handler', about: handler, message }];
  });
};

const sampling: Warn = ({ samplingRules }) => {
  const idle = samplingRules.filter(({ effective }) => effective !== 'at-its-roots').map(({ name }) => name);
  if (idle.length === 0) return [];
  const message =
    'Lambda samples by itself, 1 a second and 5 % of the rest, and asks no rule: these decide only where a trace ' +
    'begins in a process with the X-Ray SDK or ADOT. No rule can sample errors alone: they are decided on before they ' +
    'happen. Errors are in the logs with their trace id, and an alarm counts every one';
  return [{ code: 'sampling', about: idle.join(', '), message }];
};

const wideGroups: Warn = ({ traceGroups }, _, groups) =>
  traceGroups
    .filter(({ name, condition }) => condition !== null && groups.get(name)?.FilterExpression === condition)
    .map(({ name }) => ({
      code: 'trace-group-scope',
      about: name,
      message: `its services do not fit into ${mostExpressionCharacters} characters: it matches every trace of the Region`,
    }));

const machines: Warn = (_, { asteriskInstanceId }) => {
  if (asteriskInstanceId === undefined) return [];
  const message =
    'without detailed monitoring EC2 has a point every five minutes: alarms of its CPU take ten minutes and more';
  return [{ code: 'ec2-monitoring', about: asteriskInstanceId, message }];
};

const names: Warn = ({ dashboards }, { region }) => {
  if (dashboards.length === 0) return [];
  const message = `dashboards belong to the account, not to ${region}: the same project and environment in another Region would replace them`;
  return [{ code: 'dashboards-global', about: 'dashboards', message }];
};

const notifications: Warn = (_, deployment) => {
  const { alarmEmailEndpoints, alarmSubscriptions, slackChannel, pagerDutyIntegrationKey, eventTargetArn } = deployment;
  const emails = [...alarmEmailEndpoints, ...alarmSubscriptions.flatMap(emailOf)];
  const heard = [slackChannel, pagerDutyIntegrationKey, eventTargetArn].some((each) => each !== undefined);
  const nobody = !heard && emails.length + alarmSubscriptions.length === 0;
  return [
    ...(nobody ? [{ code: 'nobody', about: 'alarms', message: 'nobody hears of alarms: name an endpoint' }] : []),
    ...emails.map((about) => ({
      code: 'email-pending',
      about,
      message: 'hears of nothing before the link in the mail from AWS is followed, within two days',
    })),
    ...(slackChannel === undefined
      ? []
      : [
          {
            code: 'slack-workspace',
            about: slackChannel.workspaceId,
            message: 'must have let Amazon Q Developer in by hand, once, in its console',
          },
        ]),
  ];
};

const emailOf = ({ protocol, endpoint }: Deployment['alarmSubscriptions'][number]): readonly string[] =>
  protocol === 'email' || protocol === 'email-json' ? [endpoint] : [];

const logGroups: Warn = (_, { lambdaFunctionNames, existingLogGroupNames, manageLogGroups }) => {
  const many = lambdaFunctionNames.length - mostLogGroups;
  return [
    ...(manageLogGroups && existingLogGroupNames.length > 0
      ? [
          {
            code: 'adopt',
            about: existingLogGroupNames.join(', '),
            message: 'exist already: import them, since creating them fails',
          },
        ]
      : []),
    ...(many > 0
      ? [
          {
            code: 'log-groups',
            about: 'queries',
            message: `read ${mostLogGroups} log groups at most: those of the last ${many} functions are left out`,
          },
        ]
      : []),
  ];
};
