import { type Input, isObject } from './input.ts';
import type { Operation, Service } from './service.ts';
import { ServiceError } from './service-error.ts';

/** An HTTP request to an AWS service, its body read and inflated. Header names are lower case. */
export type ServiceRequest = {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type ServiceResponse = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

const coralError = (shape: string, message: string, status = 400): ServiceError =>
  new ServiceError(`com.amazon.coral.service#${shape}`, shape, message, status);

const wireNames = ['application/x-amz-json-1.0', 'application/x-amz-json-1.1'];

/**
 * Finds the operation that `X-Amz-Target` names.
 * @throws ServiceError for another protocol, service or operation, saying what there is.
 */
export const findOperation = (services: readonly Service[], request: ServiceRequest): Operation => {
  const target = request.headers['x-amz-target'];
  const contentType = request.headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (target === undefined || !wireNames.includes(contentType)) {
    throw coralError(
      'UnknownOperationException',
      `This emulator speaks AWS JSON 1.0 (POST, X-Amz-Target, content-type application/x-amz-json-1.0); ` +
        `got content-type "${contentType}" and target "${target ?? ''}"`,
      404,
    );
  }
  const [prefix = '', name = ''] = target.split('.');
  const service = services.find((candidate) => candidate.targetPrefix === prefix);
  if (service === undefined) {
    const known = services.map((candidate) => candidate.targetPrefix).join(', ');
    throw coralError('UnknownOperationException', `${target} is not emulated: the services here are ${known}`);
  }
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (operation === undefined) {
    const known = Object.keys(service.operations).join(', ');
    throw coralError('UnknownOperationException', `${target} is not emulated: ${prefix} has ${known} here`);
  }
  if (service.maximumBodyBytes !== undefined && request.body.length > service.maximumBodyBytes) {
    const message = `The request has ${request.body.length} characters, ${prefix} takes ${service.maximumBodyBytes} bytes`;
    throw coralError('RequestEntityTooLargeException', message, 413);
  }
  return operation;
};

/** The request body as an object; an empty body is one without members. @throws ServiceError for other JSON. */
export const parseInput = (body: string): Input => {
  let value: unknown;
  try {
    value = body === '' ? {} : JSON.parse(body);
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw coralError('SerializationException', 'The request body is not a JSON object');
};

export const renderOutput = (output: unknown, requestId: string): ServiceResponse => ({
  status: 200,
  headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amzn-requestid': requestId },
  body: JSON.stringify(output ?? {}),
});

/** The error reply: `__type` and message in the body, the old code in `x-amzn-query-error`. */
export const renderError = (error: ServiceError, requestId: string): ServiceResponse => ({
  status: error.status,
  headers: {
    'content-type': 'application/x-amz-json-1.0',
    'x-amzn-requestid': requestId,
    'x-amzn-query-error': `${error.queryCode};${error.status < 500 ? 'Sender' : 'Receiver'}`,
  },
  body: JSON.stringify({ __type: error.shape, message: error.message }),
});

/** Whether a request is one for an AWS service rather than for the API front. */
export const isServiceRequest = (method: string, headers: Readonly<Record<string, string>>): boolean =>
  headers['x-amz-target'] !== undefined ||
  (method === 'POST' && headers.authorization?.startsWith('AWS4-HMAC-SHA256') === true) ||
  headers['smithy-protocol'] !== undefined;
