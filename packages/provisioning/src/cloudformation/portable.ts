import type { MonitoringPlan } from '../plan/monitoring-plan.ts';
import { pseudo, ref, topicId } from './template.ts';

type Home = Pick<MonitoringPlan, 'region' | 'accountId' | 'topic'>;

/** What is said of one account and Region in a plan, said of whichever the template is used in. */
export const portable = (value: unknown, home: Home): unknown => {
  if (typeof value === 'string') return portableText(value, home);
  if (Array.isArray(value)) return value.map((each) => portable(each, home));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, portable(each, home)]));
};

const portableText = (text: string, home: Home): unknown => {
  if (text === home.topic.arn) return ref(topicId);
  if (text === home.accountId) return ref('AWS::AccountId');
  return substituted(text, home);
};

/** Text in which ARNs and the Regions of widgets follow the stack; what CloudWatch itself fills in stays as it is. */
export const substituted = (text: string, { region, accountId, topic }: Home): unknown => {
  const [, partition = 'aws'] = topic.arn.split(':');
  const own = text
    .replaceAll('${', '${!')
    .replaceAll(`https://${region}.console.`, `https://${pseudo('Region')}.console.`)
    .replaceAll(`?region=${region}`, `?region=${pseudo('Region')}`)
    .replaceAll(`"region":"${region}"`, `"region":"${pseudo('Region')}"`)
    .replace(
      new RegExp(`arn:${partition}:([a-z0-9-]+):${region}:${accountId}:`, 'g'),
      (_, service) => `arn:${pseudo('Partition')}:${service}:${pseudo('Region')}:${pseudo('AccountId')}:`,
    )
    .replaceAll(`arn:${partition}:iam::aws:`, `arn:${pseudo('Partition')}:iam::aws:`)
    .replaceAll(`arn:${partition}:iam::${accountId}:`, `arn:${pseudo('Partition')}:iam::${pseudo('AccountId')}:`);
  return own.includes('${AWS::') ? { 'Fn::Sub': own } : text;
};
