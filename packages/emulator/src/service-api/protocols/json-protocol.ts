import type { HttpResponse } from '../../server/http-message.ts';
import { type Input, isObject } from '../input.ts';
import { faultOf, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply } from '../service.ts';
import { coralError } from '../service-error.ts';
import { secondsOf } from '../timestamps.ts';
import { contentTypeOf } from '../wire-request.ts';

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
export const renderJson = (value: unknown): string => writer()(value ?? {}) ?? '{}';

type Written = (value: unknown) => string | undefined;

/** Not by the second argument of JSON.stringify, which is called for each number of many. */
const writer = (): Written => {
  const timestamps = timestampWriter();
  const written: Written = (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? String(value) : `"${value}"`;
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (value instanceof Date) return String(value.getTime() / 1000);
    if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`;
    if (value instanceof Map) return writtenMembers([...value], written);
    if (Array.isArray(value)) return writtenList(value, written);
    const seconds = secondsOf(value);
    return seconds ? timestamps(seconds) : writtenMembers(Object.entries(value), written);
  };
  return written;
};

// Texts are added to each other, not joined: a long one is put together but once, at the end.
const writtenMembers = (members: readonly (readonly [string, unknown])[], written: Written): string => {
  let text = '';
  for (const [name, member] of members) {
    const value = written(member);
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${value}`;
  }
  return `{${text}}`;
};

const writtenList = (list: readonly unknown[], written: Written): string => {
  if (typeof list[0] === 'number') {
    const text = JSON.stringify(list);
    // Nothing but finite numbers: the others are null, and what is no number has one of the marks.
    if (!text.includes('null') && !text.includes('"') && !text.includes('{') && !text.includes('[', 1)) return text;
  }
  let text = '';
  for (const each of list) text += `${text === '' ? '' : ','}${written(each) ?? 'null'}`;
  return `[${text}]`;
};

/** The timestamps of one metric are often those of the one before it: they are written once. */
const timestampWriter = (): ((list: readonly number[]) => string) => {
  let last: readonly number[] = [];
  let text = '[]';
  return (list) => {
    let same = list.length === last.length;
    for (let index = 0; same && list !== last && index < list.length; index += 1) same = list[index] === last[index];
    if (!same) text = JSON.stringify(list);
    last = list;
    return text;
  };
};

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
