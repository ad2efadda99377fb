import { gunzipSync } from 'node:zlib';
import { addressOf, type HttpRequest, headerMap } from '../server/http-message.ts';
import { coralError } from './service-error.ts';

const largestInflatedBytes = 16 * 1024 * 1024;

/** An HTTP request that may be one to an AWS service. Header names are lower case. */
export type WireRequest = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** The service that the request is signed for; `undefined` where it is not signed. */
  readonly signedFor: string | undefined;
  /** Inflated. @throws ServiceError where it is not what its content-encoding promises. */
  readonly body: () => Buffer;
};

export const contentTypeOf = ({ headers }: WireRequest): string => headers['content-type']?.split(';')[0]?.trim() ?? '';

/** SigV4 in the header, or in the query of a presigned URL: `Credential=<id>/<day>/<region>/<service>/aws4_request`. */
const signedFor = (headers: Readonly<Record<string, string>>, query: URLSearchParams): string | undefined =>
  /^AWS4-HMAC-SHA256 .*Credential=[^/]*\/\d+\/[^/]*\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1] ??
  query.get('X-Amz-Credential')?.split('/')[3];

export const readWireRequest = (request: HttpRequest): WireRequest => {
  const headers = headerMap(request.headers);
  const { pathname, searchParams } = addressOf(request);
  const { buffer, byteOffset, byteLength } = request.body;
  let inflated: Buffer | undefined;
  return {
    method: request.method,
    path: pathname,
    query: searchParams,
    headers,
    signedFor: signedFor(headers, searchParams),
    body: () => {
      inflated ??= inflate(Buffer.from(buffer, byteOffset, byteLength), headers['content-encoding']);
      return inflated;
    },
  };
};

const inflate = (bytes: Buffer, encoding: string | undefined): Buffer => {
  if (encoding === undefined || encoding === 'identity' || encoding === 'aws-chunked') return bytes;
  if (encoding !== 'gzip') {
    throw coralError('SerializationException', `content-encoding ${encoding} is not emulated: gzip is`);
  }
  try {
    return gunzipSync(bytes, { maxOutputLength: largestInflatedBytes });
  } catch {
    throw coralError('SerializationException', 'The request body is not the gzip that its content-encoding promises');
  }
};
