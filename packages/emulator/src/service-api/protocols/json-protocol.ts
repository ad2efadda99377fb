import type { HttpResponse } from '../../server/http-message.ts';
import { type Input, isObject } from '../input.ts';
import { errorBody, errorHead, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply, type Service } from '../service.ts';
import { coralError } from '../service-error.ts';
import { secondsOf } from '../timestamps.ts';
import { contentTypeOf } from '../wire-request.ts';
import { doublesText, doubleText, numbersText, numberText } from './number-text.ts';

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

const NO_NAMES: ReadonlySet<string> = new Set();

/** JSON as AWS writes it: timestamps are epoch seconds, and the numbers of members that are `doubles` have a point. */
export const renderJson = (value: unknown, doubles = NO_NAMES): string => writer(doubles)(value ?? {}, false) ?? '{}';

type Written = (value: unknown, isDouble: boolean) => string | undefined;

/** Not by the second argument of JSON.stringify, which is called for each number of many. */
const writer = (doubles: ReadonlySet<string>): Written => {
  const timestamps = timestampWriter();
  const written: Written = (value, isDouble) => {
    if (typeof value === 'number') return isDouble ? doubleText(value) : numberText(value);
    if (typeof value !== 'object' || value === null) return JSON.stringify(value);
    if (value instanceof Date) return doubleText(value.getTime() / 1000);
    if (value instanceof Uint8Array) return `"${Buffer.from(value).toString('base64')}"`;
    if (value instanceof Map) return writtenMembers([...value], (member) => written(member, isDouble));
    if (Array.isArray(value)) return writtenList(value, isDouble, written);
    const seconds = secondsOf(value);
    if (seconds) return timestamps(seconds);
    return writtenMembers(Object.entries(value), (member, name) => written(member, doubles.has(name)));
  };
  return written;
};

// Texts are added to each other, not joined: a long one is put together but once, at the end.
const writtenMembers = (
  members: readonly (readonly [string, unknown])[],
  written: (member: unknown, name: string) => string | undefined,
): string => {
  let text = '';
  for (const [name, member] of members) {
    const value = written(member, name);
    if (value !== undefined) text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${value}`;
  }
  return `{${text}}`;
};

const writtenList = (list: readonly unknown[], isDouble: boolean, written: Written): string => {
  const atOnce = isDouble ? doublesText(list) : numbersText(list);
  if (atOnce !== undefined) return atOnce;
  let text = '';
  for (const each of list) text += `${text === '' ? '' : ','}${written(each, isDouble) ?? 'null'}`;
  return `[${text}]`;
};

/** The timestamps of one metric are often those of the one before it: they are written once. */
const timestampWriter = (): ((list: readonly number[]) => string) => {
  let last: readonly number[] = [];
  let text = '[]';
  return (list) => {
    let same = list.length === last.length;
    for (let index = 0; same && list !== last && index < list.length; index += 1) same = list[index] === last[index];
    if (!same) text = list.length === 0 ? '[]' : (doublesText(list) ?? `[${list.map(doubleText).join(',')}]`);
    last = list;
    return text;
  };
};

const response = (
  status: number,
  requestId: string,
  body: string,
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
