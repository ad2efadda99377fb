import { Encoder } from 'cbor-x';
import type { HttpResponse } from '../../server/http-message.ts';
import { type Input, isObject } from '../input.ts';
import { faultOf, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply } from '../service.ts';
import { coralError } from '../service-error.ts';
import { datesOf, secondsOf } from '../timestamps.ts';

const codec = new Encoder({ useRecords: false, mapsAsObjects: true, variableMapSize: true });

/** The body as an object. @throws ServiceError for what is no CBOR map. */
const parseCbor = (body: Buffer): Input => {
  let value: unknown;
  try {
    value = body.length === 0 ? {} : codec.decode(body);
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw coralError('SerializationException', 'The request body is not a CBOR map');
};

const response = (
  status: number,
  requestId: string,
  value: unknown,
  more: HttpResponse['headers'] = [],
): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'application/cbor'],
    ['smithy-protocol', 'rpc-v2-cbor'],
    ['x-amzn-requestid', requestId],
    ...more,
  ],
  body: codec.encode(withoutUndefined(value ?? {})),
});

/** What JSON leaves out, CBOR would write. */
const withoutUndefined = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (value instanceof Map) return withoutUndefined(Object.fromEntries(value));
  if (value instanceof Date || value instanceof Uint8Array || !isObject(value)) return value;
  const seconds = secondsOf(value);
  if (seconds) return datesOf(seconds);
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) => (member === undefined ? [] : [[key, withoutUndefined(member)]])),
  );
};

/** Smithy RPC v2 CBOR: `POST /service/<target prefix>/operation/<name>`. */
export const cborProtocol: Protocol = {
  speaks: ({ headers }) => headers['smithy-protocol'] !== undefined,
  read: (request, services) => {
    const [, prefix, name = ''] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
    const service = services.find(({ targetPrefix }) => targetPrefix !== undefined && targetPrefix === prefix);
    if (service === undefined) throw unknownService(request.path, services);
    return { service, name: knownOperation(service, name), input: () => parseCbor(request.body()) };
  },
  renderOutput: (output, _call, requestId) =>
    isRawReply(output) ? rawResponse(output, requestId) : response(200, requestId, output),
  renderError: (error, requestId) =>
    response(error.status, requestId, { __type: error.shape, message: error.message, ...error.members }, [
      ['x-amzn-query-error', `${error.queryCode};${faultOf(error)}`],
    ]),
};
