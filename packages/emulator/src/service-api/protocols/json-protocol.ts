import type { HttpResponse } from '../../server/http-message.ts';
import { type Input, isObject } from '../input.ts';
import { errorBody, errorHead, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply, type Service } from '../service.ts';
import { coralError } from '../service-error.ts';
import { contentTypeOf } from '../wire-request.ts';
import { renderJson } from './json-output.ts';

const wireNames = ['application/x-amz-json-1.0', 'application/x-amz-json-1.1'];

/** The body as an object; an empty body is one without members. @throws ServiceError for other JSON. */
export const parseJson = (body: Buffer): Input => {
  let value: unknown;
  try {
    value = body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw coralError('SerializationException', 'The request body is not a JSON object');
};

const response = (
  status: number,
  requestId: string,
  body: Uint8Array,
  service: Service | undefined,
  more: HttpResponse['headers'] = [],
): HttpResponse => ({
  status,
  headers: [
    ['content-type', `application/x-amz-json-${service?.jsonVersion ?? '1.0'}`],
    ['x-amzn-RequestId', requestId],
    ...more,
  ],
  body,
});

/** AWS JSON 1.0 and 1.1: the operation in `X-Amz-Target`, the old query code of an error in `x-amzn-query-error`. */
export const jsonProtocol: Protocol = {
  speaks: ({ headers }) => headers['x-amz-target'] !== undefined,
  read: (request, services) => {
    const target = request.headers['x-amz-target'] ?? '';
    if (!wireNames.includes(contentTypeOf(request))) {
      const message = `${target} came as "${contentTypeOf(request)}": it is ${wireNames.join(' or ')}`;
      throw coralError('UnknownOperationException', message, 404);
    }
    const [prefix = '', name = ''] = target.split('.');
    const service = services.find(({ targetPrefix }) => targetPrefix === prefix);
    if (service === undefined) throw unknownService(target, services);
    return { service, name: knownOperation(service, name), input: () => parseJson(request.body()) };
  },
  renderOutput: (output, { service }, requestId) => {
    if (isRawReply(output)) return rawResponse(output, requestId);
    return response(200, requestId, renderJson(output, service.doubles), service);
  },
  renderError: (error, requestId, service, request) => {
    const { status, headers } = errorHead(error, service, request);
    return response(status, requestId, renderJson(errorBody(error), service?.doubles), service, headers);
  },
};
