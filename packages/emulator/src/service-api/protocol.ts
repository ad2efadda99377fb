import type { HttpResponse } from '../server/http-message.ts';
import type { Input } from './input.ts';
import type { RawReply, Service } from './service.ts';
import { coralError, type ServiceError } from './service-error.ts';
import type { WireRequest } from './wire-request.ts';

/** What a request asks for. */
export type Call = {
  readonly service: Service;
  /** Name of the operation. */
  readonly name: string;
  /** Reads the body. @throws ServiceError for one that is malformed. */
  readonly input: () => Input;
};

/** One way in which AWS's clients put calls and answers into HTTP. */
export type Protocol = {
  /** Whether a request is written in this protocol. */
  readonly speaks: (request: WireRequest, services: readonly Service[]) => boolean;
  /** @throws ServiceError for a service or operation that is not emulated. */
  readonly read: (request: WireRequest, services: readonly Service[]) => Call;
  readonly renderOutput: (output: unknown, call: Call, requestId: string) => HttpResponse;
  readonly renderError: (
    error: ServiceError,
    requestId: string,
    service: Service | undefined,
    request: WireRequest,
  ) => HttpResponse;
};

/** The answer of an operation, already in the form of an HTTP message. */
export const rawResponse = ({ status, headers, body, requestId }: RawReply, newId: string): HttpResponse => ({
  status,
  headers: [...Object.entries(headers), ['x-amzn-RequestId', requestId ?? newId]],
  body,
});

export const unknownService = (what: string, services: readonly Service[]): ServiceError =>
  coralError(
    'UnknownOperationException',
    `${what} is not emulated: the services here are ${services.map(({ signingName }) => signingName).join(', ')}`,
    404,
  );

/** @throws ServiceError UnknownOperationException, with the operations there are, for one that is not emulated. */
export const knownOperation = (service: Service, name: string): string => {
  if (Object.hasOwn(service.operations, name)) return name;
  const known = Object.keys(service.operations).join(', ');
  const message = `${service.signingName}:${name} is not emulated: ${service.signingName} has ${known} here`;
  throw coralError('UnknownOperationException', message);
};

/** `com.amazonaws.cloudwatch.v2010_08_01#ResourceNotFound` without its namespace. */
export const bareShape = (error: ServiceError): string => error.shape.slice(error.shape.indexOf('#') + 1);

/** Without a message there is no member for it, as recorded. */
export const errorBody = ({ shape, message, members }: ServiceError): Readonly<Record<string, unknown>> => ({
  __type: shape,
  ...(message !== '' && { message }),
  ...members,
});

/**
 * Status and headers of an error in JSON and CBOR. A service that once spoke Query adds the old code, and answers with the
 * old status only to clients that say they know it (recorded; Smithy, awsQueryCompatible).
 */
export const errorHead = (
  error: ServiceError,
  service: Service | undefined,
  { headers }: WireRequest,
): { readonly status: number; readonly headers: HttpResponse['headers'] } => {
  const wasQuery = service !== undefined && (service.wasQuery ?? service.query !== undefined);
  if (!wasQuery) return { status: error.status, headers: [] };
  const isNotFound = error.status === 404 && headers['x-amzn-query-mode'] !== 'true';
  return {
    status: isNotFound ? 400 : error.status,
    headers: [['x-amzn-query-error', `${error.queryCode};${faultOf(error)}`]],
  };
};

export const faultOf = (error: ServiceError): 'Sender' | 'Receiver' => (error.status < 500 ? 'Sender' : 'Receiver');
