import { isSmsEndpoint } from '../phone-number.ts';
import { invalid, invalidParameter } from '../sns-errors.ts';
import type { Protocol } from '../topic-state.ts';

type EndpointRule = {
  readonly fits: (endpoint: string) => boolean;
  readonly refuse: (endpoint: string) => Error;
};

const web = (form: RegExp): EndpointRule => ({
  fits: (endpoint) => form.test(endpoint) && URL.canParse(endpoint),
  refuse: () => invalidParameter('Endpoint must match the specified protocol'),
});

const mailbox: EndpointRule = {
  fits: (endpoint) => /^[^\s@]+@[^\s@]+$/.test(endpoint),
  refuse: () => invalidParameter('Email address'),
};

const rules: Readonly<Record<Protocol, EndpointRule>> = {
  http: web(/^http:\/\/./),
  https: web(/^https:\/\/./),
  email: mailbox,
  'email-json': mailbox,
  sms: { fits: isSmsEndpoint, refuse: (endpoint) => invalid(`Invalid SMS endpoint: ${endpoint}`) },
  sqs: {
    fits: (endpoint) => /^arn:aws:sqs:[\w-]+:\d{12}:[\w-]+$/.test(endpoint),
    refuse: (endpoint) =>
      /^arn:aws:sqs:.*\.fifo$/.test(endpoint)
        ? invalidParameter(
            'Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics',
          )
        : invalidParameter('SQS endpoint ARN'),
  },
  lambda: {
    fits: (endpoint) => /^arn:aws:lambda:[\w-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(endpoint),
    refuse: () => invalidParameter('Lambda endpoint ARN'),
  },
};

export const readProtocol = (protocol: string): Protocol => {
  if (protocol === 'application' || protocol === 'firehose') {
    throw invalidParameter(`Protocol Reason: ${protocol} is not emulated`);
  }
  if (!Object.hasOwn(rules, protocol)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${protocol}`);
  }
  return protocol as Protocol;
};

/** @throws ServiceError for what is no endpoint of the protocol. */
export const checkEndpoint = (protocol: Protocol, endpoint: string): void => {
  const { fits, refuse } = rules[protocol];
  if (!fits(endpoint)) throw refuse(endpoint);
};
