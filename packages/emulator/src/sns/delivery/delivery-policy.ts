import { isObject } from '../../service-api/input.ts';
import { parseJsonAttribute } from '../json-attribute.ts';

type Json = Readonly<Record<string, unknown>>;

const retryDefaults = {
  minDelayTarget: 20,
  maxDelayTarget: 20,
  numRetries: 3,
  numMaxDelayRetries: 0,
  numNoDelayRetries: 0,
  numMinDelayRetries: 0,
  backoffFunction: 'linear',
};
const requestDefaults = { headerContentType: 'text/plain; charset=UTF-8' };

const memberOf = (policy: Json, name: string): Json | undefined => {
  const member = policy[name];
  return isObject(member) ? member : undefined;
};

const parse = (text: string | undefined): Json => {
  const policy: unknown = text === undefined ? {} : JSON.parse(text);
  return isObject(policy) ? policy : {};
};

const read = (text: string, refuse: (reason: string) => Error): Json => {
  const policy = parseJsonAttribute(text, (reason) => refuse(`DeliveryPolicy: ${reason}`));
  if (isObject(policy)) return policy;
  throw refuse('DeliveryPolicy: it is not a JSON object');
};

/** The policy of a topic as AWS keeps it: without what is null. `refuse` makes the error of one that is no JSON. */
export const topicDeliveryPolicy = (text: string, refuse: (reason: string) => Error): string => {
  const { disableSubscriptionOverrides = false, ...http } = memberOf(read(text, refuse), 'http') ?? {};
  const { defaultHealthyRetryPolicy: retry, defaultRequestPolicy: request, ...others } = http;
  return JSON.stringify({
    http: {
      ...(isObject(retry) && { defaultHealthyRetryPolicy: retry }),
      ...others,
      disableSubscriptionOverrides,
      ...(isObject(request) && { defaultRequestPolicy: request }),
    },
  });
};

/** The policy of a topic over AWS's defaults. */
export const effectiveTopicPolicy = (text: string | undefined): string => {
  const http = memberOf(parse(text), 'http') ?? {};
  return JSON.stringify({
    http: {
      disableSubscriptionOverrides: false,
      ...http,
      defaultHealthyRetryPolicy: { ...retryDefaults, ...memberOf(http, 'defaultHealthyRetryPolicy') },
      defaultRequestPolicy: { ...requestDefaults, ...memberOf(http, 'defaultRequestPolicy') },
    },
  });
};

const noPolicy = {
  healthyRetryPolicy: null,
  sicklyRetryPolicy: null,
  throttlePolicy: null,
  requestPolicy: null,
  guaranteed: false,
};

/** The policy of a subscription as AWS keeps it: with every member. */
export const subscriptionDeliveryPolicy = (text: string, refuse: (reason: string) => Error): string => {
  const policy = read(text, refuse);
  const retry = memberOf(policy, 'healthyRetryPolicy');
  return JSON.stringify({
    ...noPolicy,
    ...policy,
    ...(retry && { healthyRetryPolicy: { ...retryDefaults, ...retry } }),
  });
};

/** The policy of a subscription over that of its topic. */
export const effectiveSubscriptionPolicy = (text: string, topicText: string | undefined): string => {
  const policy = parse(text);
  const topic = memberOf(parse(effectiveTopicPolicy(topicText)), 'http') ?? {};
  return JSON.stringify({
    ...policy,
    healthyRetryPolicy: policy.healthyRetryPolicy ?? topic.defaultHealthyRetryPolicy,
    requestPolicy: policy.requestPolicy ?? topic.defaultRequestPolicy,
  });
};

/** The content type that an HTTP endpoint gets. */
export const contentTypeFor = (text: string | undefined, topicText: string | undefined): string => {
  const request = memberOf(parse(effectiveSubscriptionPolicy(text ?? '{}', topicText)), 'requestPolicy');
  return typeof request?.headerContentType === 'string' ? request.headerContentType : requestDefaults.headerContentType;
};
