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
  readonly renderError: (error: ServiceError, requestId: string, service: Service | undefined) => HttpResponse;
};

/** The answer of an operation, already in the form of an HTTP message. */
export const rawResponse = ({ status, headers, body }: RawReply, requestId: string): HttpResponse => ({
  status,
  headers: [...Object.entries(headers), ['x-amzn-requestid', requestId]],
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

/** `com.amazonaws.cloudwatch#ResourceNotFound` without its namespace. */
export const bareShape = (error: ServiceError): string => error.shape.slice(error.shape.indexOf('#') + 1);

export const faultOf = (error: ServiceError): 'Sender' | 'Receiver' => (error.status < 500 ? 'Sender' : 'Receiver');
