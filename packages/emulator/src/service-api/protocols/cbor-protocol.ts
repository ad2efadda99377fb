import { decode, encode, Token, Type } from 'cborg';
import type { HttpResponse } from '../../server/http-message.ts';
import { type Input, isObject } from '../input.ts';
import { errorBody, errorHead, knownOperation, type Protocol, rawResponse, unknownService } from '../protocol.ts';
import { isRawReply } from '../service.ts';
import { coralError } from '../service-error.ts';
import { datesOf, secondsOf } from '../timestamps.ts';

/** Epoch seconds, the only tag that Smithy RPC v2 CBOR needs here. */
const TIMESTAMP_TAG = 1;

const readTimestamp = (decodeContent: () => unknown): Date => {
  const seconds = decodeContent();
  if (typeof seconds !== 'number') throw new TypeError('tag 1 holds seconds since 1970');
  return new Date(seconds * 1000);
};

/** The body as an object. @throws ServiceError for what is no CBOR map, or has tags that no member needs. */
const parseCbor = (body: Buffer): Input => {
  let value: unknown;
  try {
    const tags = { [TIMESTAMP_TAG]: readTimestamp };
    value = body.length === 0 ? {} : decode(body, { tags, allowBigInt: false, coerceUndefinedToNull: true });
  } catch {
    value = undefined;
  }
  if (isObject(value)) return value;
  throw coralError('SerializationException', 'The request body is not a CBOR map');
};

const double = Symbol('double');

/** A number that is written as a double although it is whole. */
type Double = { readonly [double]: number };

const floatToken = (value: number): Token => new Token(Type.float, value);

const typeEncoders = {
  Object: (value: object) => (double in value ? floatToken((value as Double)[double]) : null),
  Date: (value: Date) => [new Token(Type.tag, TIMESTAMP_TAG), floatToken(value.getTime() / 1000)],
};

/** What JSON leaves out, CBOR would write; clients of typed languages read a double as nothing else. */
const encodable = (value: unknown, doubles: ReadonlySet<string>, isDouble = false): unknown => {
  if (typeof value === 'number') return isDouble ? { [double]: value } : value;
  if (Array.isArray(value)) return value.map((each) => encodable(each ?? null, doubles, isDouble));
  if (value instanceof Date || value instanceof Uint8Array || !isObject(value)) return value;
  const seconds = secondsOf(value);
  if (seconds) return datesOf(seconds);
  const isMap = value instanceof Map;
  const members: readonly (readonly [string, unknown])[] = isMap ? [...value] : Object.entries(value);
  return Object.fromEntries(
    members.flatMap(([name, member]) =>
      member === undefined ? [] : [[name, encodable(member, doubles, isMap ? isDouble : doubles.has(name))]],
    ),
  );
};

const NO_NAMES: ReadonlySet<string> = new Set();

const response = (
  status: number,
  requestId: string,
  value: unknown,
  doubles = NO_NAMES,
  more: HttpResponse['headers'] = [],
): HttpResponse => ({
  status,
  headers: [
    ['content-type', 'application/cbor'],
    ['smithy-protocol', 'rpc-v2-cbor'],
    ['x-amzn-RequestId', requestId],
    ...more,
  ],
  body: encode(encodable(value ?? {}, doubles), { float64: true, typeEncoders }),
});

/** Smithy RPC v2 CBOR: `POST /service/<target prefix>/operation/<name>`. */
export const cborProtocol: Protocol = {
  speaks: ({ headers }) => headers['smithy-protocol'] !== undefined,
  read: (request, services) => {
    const [, prefix, name = ''] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(request.path) ?? [];
    const service = services.find(({ targetPrefix }) => targetPrefix !== undefined && targetPrefix === prefix);
    if (service === undefined) throw unknownService(request.path, services);
    return { service, name: knownOperation(service, name), input: () => parseCbor(request.body()) };
  },
  renderOutput: (output, { service }, requestId) =>
    isRawReply(output) ? rawResponse(output, requestId) : response(200, requestId, output, service.doubles),
  renderError: (error, requestId, service, request) => {
    const { status, headers } = errorHead(error, service, request);
    return response(status, requestId, errorBody(error), service?.doubles, headers);
  },
};
