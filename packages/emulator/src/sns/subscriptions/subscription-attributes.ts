import { effectiveSubscriptionPolicy, subscriptionDeliveryPolicy } from '../delivery/delivery-policy.ts';
import { compileFilterPolicy, type FilterPolicyScope } from '../filter-policy/filter-policy.ts';
import { FilterPolicyError } from '../filter-policy/filter-policy-error.ts';
import { parseJsonAttribute } from '../json-attribute.ts';
import { invalidParameter } from '../sns-errors.ts';

type Attributes = Readonly<Record<string, string>>;
type Refuse = (reason: string) => Error;

/** Each operation has its own words before the reason. */
const refusals = {
  Subscribe: (reason: string) => invalidParameter(`Attributes Reason: ${reason}`),
  SetSubscriptionAttributes: invalidParameter,
} satisfies Record<string, Refuse>;

const defaults: Attributes = { RawMessageDelivery: 'false', FilterPolicyScope: 'MessageAttributes' };

const known = new Set(['DeliveryPolicy', 'FilterPolicy', 'FilterPolicyScope', 'RawMessageDelivery', 'RedrivePolicy']);

/** Policies that an empty value takes away. */
const isRemoved = (name: string, value: string): boolean => name.endsWith('Policy') && (value === '' || value === '{}');

/** The attributes of a subscription with the given ones among them. @throws ServiceError for a value SNS refuses. */
export const withAttributes = (before: Attributes, given: Attributes, operation: keyof typeof refusals): Attributes => {
  const refuse = refusals[operation];
  const attributes = { ...before };
  for (const [name, value] of Object.entries(given)) {
    if (!known.has(name)) throw refuse('AttributeName');
    if (isRemoved(name, value)) delete attributes[name];
    else attributes[name] = readValue(name, value, refuse);
  }
  checkFilterPolicy(attributes, refuse);
  return attributes;
};

/** Whether a subscription has all these attributes already, be it by default. */
export const hasAttributes = (present: Attributes, wanted: Attributes): boolean =>
  Object.entries(wanted).every(([name, value]) => (present[name] ?? defaults[name]) === value);

/** As GetSubscriptionAttributes shows them, given the delivery policy of the topic. */
export const shownAttributes = (attributes: Attributes, topicPolicy: string | undefined): Attributes => {
  const { FilterPolicyScope = '', ...shown } = { ...defaults, ...attributes };
  return {
    ...shown,
    ...(shown.FilterPolicy !== undefined && { FilterPolicyScope }),
    ...(shown.DeliveryPolicy !== undefined && {
      EffectiveDeliveryPolicy: effectiveSubscriptionPolicy(shown.DeliveryPolicy, topicPolicy),
    }),
  };
};

const readValue = (name: string, value: string, refuse: Refuse): string => {
  if (name === 'RawMessageDelivery') {
    if (/^(true|false)$/i.test(value)) return value.toLowerCase();
    throw refuse(`RawMessageDelivery: Invalid value [${value}]. Must be true or false.`);
  }
  if (name === 'RedrivePolicy') checkRedrivePolicy(value, refuse);
  return name === 'DeliveryPolicy' ? subscriptionDeliveryPolicy(value, refuse) : value;
};

const checkRedrivePolicy = (value: string, refuse: Refuse): void => {
  const policy = parseJsonAttribute(value, (reason) => refuse(`RedrivePolicy: ${reason}`));
  const { deadLetterTargetArn }: { readonly deadLetterTargetArn?: unknown } = Object(policy);
  if (typeof deadLetterTargetArn !== 'string' || !deadLetterTargetArn.startsWith('arn:aws:sqs:')) {
    throw refuse('RedrivePolicy: deadLetterTargetArn is an invalid arn');
  }
};

const isScope = (scope: string | undefined): scope is FilterPolicyScope =>
  scope === 'MessageAttributes' || scope === 'MessageBody';

const checkFilterPolicy = (attributes: Attributes, refuse: Refuse): void => {
  const { FilterPolicy: text, FilterPolicyScope: scope } = { ...defaults, ...attributes };
  if (!isScope(scope)) {
    throw refuse(`FilterPolicyScope: Invalid value [${scope}]. Please use either MessageBody or MessageAttributes`);
  }
  if (text === undefined) return;
  const policy = parseJsonAttribute(text, (reason) => refuse(`FilterPolicy: ${reason}`));
  try {
    compileFilterPolicy(policy, scope);
  } catch (error) {
    throw error instanceof FilterPolicyError ? refuse(error.message) : error;
  }
};
