import type { HttpResponse } from '../server/http-message.ts';
import { type Input, isObject } from './input.ts';
import { faultOf, knownOperation, type Protocol, rawResponse, unknownService } from './protocol.ts';
import { isRawReply } from './service.ts';
import { coralError } from './service-error.ts';
import { contentTypeOf } from './wire-request.ts';

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

/** JSON as AWS writes it: timestamps are epoch seconds. */
export const renderJson = (value: unknown): string =>
  JSON.stringify(value ?? {}, function (this: Readonly<Record<string, unknown>>, key, rendered: unknown) {
    const original = this[key];
    if (original instanceof Date) return original.getTime() / 1000;
    if (original instanceof Map) return Object.fromEntries(original);
    if (typeof original === 'number' && !Number.isFinite(original)) return String(original);
    return rendered;
  });

const response = (
  status: number,
  requestId: string,
  body: string,
  more: HttpResponse['headers'] = [],
): HttpResponse => ({
  status,
  headers: [['content-type', 'application/x-amz-json-1.0'], ['x-amzn-requestid', requestId], ...more],
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
  renderOutput: (output, _call, requestId) =>
    isRawReply(output) ? rawResponse(output, requestId) : response(200, requestId, renderJson(output)),
  renderError: (error, requestId) =>
    response(error.status, requestId, renderJson({ __type: error.shape, message: error.message, ...error.members }), [
      ['x-amzn-query-error', `${error.queryCode};${faultOf(error)}`],
    ]),
};
