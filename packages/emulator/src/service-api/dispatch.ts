import { randomUUID } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { type HttpRequest, type HttpResponse, headerMap } from '../server/http-message.ts';
import { findOperation, parseInput, renderError, renderOutput, type ServiceResponse } from './aws-json.ts';
import type { Service } from './service.ts';
import { ServiceError } from './service-error.ts';

const largestInflatedBytes = 16 * 1024 * 1024;

const readText = (request: HttpRequest, encoding: string | undefined): string => {
  const bytes = Buffer.from(request.body.buffer, request.body.byteOffset, request.body.byteLength);
  if (encoding !== 'gzip') return bytes.toString('utf8');
  try {
    return gunzipSync(bytes, { maxOutputLength: largestInflatedBytes }).toString('utf8');
  } catch {
    throw new ServiceError(
      'com.amazon.coral.service#SerializationException',
      'SerializationException',
      'The request body is not the gzip that its content-encoding promises',
    );
  }
};

const toHttp = ({ status, headers, body }: ServiceResponse): HttpResponse => ({
  status,
  body,
  headers: Object.entries(headers),
});

const internalFailure = (error: unknown): ServiceError =>
  new ServiceError(
    'com.amazon.coral.service#InternalFailure',
    'InternalFailure',
    `emulator fault: ${String(error)}`,
    500,
  );

/** Runs the operation that an SDK's request names; every failure becomes an AWS error reply. */
export const dispatchService = async (
  services: readonly Service[],
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  const requestId = randomUUID();
  try {
    const headers = headerMap(request.headers);
    const body = readText(request, headers['content-encoding']);
    const operation = findOperation(services, { method: request.method, headers, body });
    return toHttp(renderOutput(await operation(parseInput(body), signal), requestId));
  } catch (error) {
    return toHttp(renderError(error instanceof ServiceError ? error : internalFailure(error), requestId));
  }
};
