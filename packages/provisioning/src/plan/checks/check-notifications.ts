import type { AlarmSubscription, Deployment } from '../inputs.ts';
import { expectForm, type ReportInput } from './input-form.ts';

const email = { form: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, is: 'an email address' };
const arn = (service: string) => ({
  form: new RegExp(`^arn:aws[a-z-]*:${service}:[a-z0-9-]+:\\d{12}:.+$`),
  is: `an ARN, arn:aws:${service}:…`,
});

const endpoints: Readonly<Record<AlarmSubscription['protocol'], { readonly form: RegExp; readonly is: string }>> = {
  email,
  'email-json': email,
  https: { form: /^https:\/\/[^\s/]+\S*$/, is: 'an address that begins with https://' },
  lambda: arn('lambda'),
  sqs: arn('sqs'),
  sms: { form: /^\+[1-9]\d{6,14}$/, is: 'a telephone number in E.164, such as +14155550100' },
};

/** Endpoints that nothing would reach, and filters that let nothing through. */
export const checkNotifications = (deployment: Deployment, alarms: readonly string[], report: ReportInput): void => {
  const { alarmEmailEndpoints, pagerDutyIntegrationKey, slackChannel, kmsKey, eventTargetArn } = deployment;
  for (const [index, each] of alarmEmailEndpoints.entries()) {
    expectForm(report, `alarmEmailEndpoints[${index}]`, each, email);
    if (alarmEmailEndpoints.indexOf(each) < index) report(`alarmEmailEndpoints[${index}]`, `${each} is named twice`);
  }
  checkSubscriptions(deployment, alarms, report);
  if (pagerDutyIntegrationKey !== undefined) {
    const key = { form: /^[A-Za-z0-9]{32}$/, is: 'an integration key of PagerDuty: 32 letters and digits' };
    expectForm(report, 'pagerDutyIntegrationKey', pagerDutyIntegrationKey, key);
  }
  if (slackChannel !== undefined) {
    const workspace = { form: /^[0-9A-Z]{1,255}$/, is: 'a workspace’s id, such as T0123ABCD' };
    const channel = { form: /^[A-Za-z0-9]+$/, is: 'a channel’s id, such as C0123ABCD: not its name' };
    expectForm(report, 'slackChannel.workspaceId', slackChannel.workspaceId, workspace);
    expectForm(report, 'slackChannel.channelId', slackChannel.channelId, channel);
  }
  checkKey(kmsKey, report);
  if (eventTargetArn !== undefined) expectForm(report, 'eventTargetArn', eventTargetArn, arn('[a-z0-9-]+'));
};

const checkSubscriptions = (
  { alarmSubscriptions }: Deployment,
  alarms: readonly string[],
  report: ReportInput,
): void => {
  for (const [index, { protocol, endpoint, severities, alarms: wanted }] of alarmSubscriptions.entries()) {
    const path = `alarmSubscriptions[${index}]`;
    if (!Object.hasOwn(endpoints, protocol)) {
      report(`${path}.protocol`, `${protocol} is none of ${Object.keys(endpoints).join(', ')}`);
      continue;
    }
    expectForm(report, `${path}.endpoint`, endpoint, endpoints[protocol]);
    if (severities !== undefined && wanted !== undefined) {
      report(path, 'has severities and alarms: a filter is one of them');
    }
    if (severities?.length === 0 || wanted?.length === 0)
      report(path, 'a filter that names nothing lets nothing through');
    for (const name of wanted ?? []) {
      if (!alarms.includes(name)) report(`${path}.alarms`, `${name} is none of the alarms: ${alarms.join(', ')}`);
    }
  }
};

/** The key of SNS itself lets no service in that its policy does not name, and nobody can change its policy. */
const checkKey = (kmsKey: string | undefined, report: ReportInput): void => {
  if (kmsKey === undefined || kmsKey === 'create') return;
  if (kmsKey.includes('alias/aws/sns')) {
    report('kmsKey', 'the key of SNS itself drops every alarm in silence: write create, or a key of your own');
    return;
  }
  expectForm(report, 'kmsKey', kmsKey, {
    form: /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/.+$/,
    is: 'create, or a key’s ARN',
  });
};
