import { randomUUID } from 'node:crypto';
import type { HttpRequest, HttpResponse } from '../server/http-message.ts';
import { type Call, type Protocol, unknownService } from './protocol.ts';
import { cborProtocol } from './protocols/cbor-protocol.ts';
import { jsonProtocol } from './protocols/json-protocol.ts';
import { queryProtocol } from './protocols/query-protocol.ts';
import { restProtocol } from './protocols/rest-protocol.ts';
import type { Service } from './service.ts';
import { coralError, ServiceError } from './service-error.ts';
import { readWireRequest, type WireRequest } from './wire-request.ts';

/** In the order in which they are tried: CBOR requests may also carry a target. */
const protocols = [cborProtocol, jsonProtocol, queryProtocol, restProtocol];

export type Dispatch = {
  readonly services: readonly Service[];
  /** Told of what is not emulated, and of faults of the emulator itself. */
  readonly warn: (message: string) => void;
  /** Throws for a request too many. */
  readonly throttle?: (operation: string, signingName: string) => void;
};

/** Answers a request to an AWS service; `undefined` for one that is none, so for the REST API's front. */
export const dispatchService = (
  dispatch: Dispatch,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResponse> | undefined => {
  const { services, warn } = dispatch;
  const wire = readWireRequest(request);
  const protocol = protocols.find(({ speaks }) => speaks(wire, services));
  if (protocol !== undefined) return answer(dispatch, protocol, wire, signal);
  if (wire.signedFor === undefined || wire.signedFor === 'execute-api') return undefined;
  const error = unknownService(`${wire.signedFor} ${wire.method} ${wire.path}`, services);
  warn(error.message);
  return Promise.resolve(restProtocol.renderError(error, randomUUID(), undefined, wire));
};

/** Runs the operation that the request names; every failure becomes an AWS error reply. */
const answer = async (
  { services, warn, throttle }: Dispatch,
  protocol: Protocol,
  request: WireRequest,
  signal: AbortSignal,
): Promise<HttpResponse> => {
  const requestId = randomUUID();
  let call: Call | undefined;
  try {
    call = protocol.read(request, services);
    const { service, name, input } = call;
    checkLength(service, request);
    throttle?.(name, service.signingName);
    return protocol.renderOutput(await service.operations[name]?.(input(), signal, request), call, requestId);
  } catch (thrown) {
    const error = thrown instanceof ServiceError ? thrown : internalFailure(thrown);
    if (error.shape.endsWith('#UnknownOperationException') || error.status >= 500) warn(error.message);
    return protocol.renderError(error, requestId, call?.service, request);
  }
};

const checkLength = ({ maximumBodyBytes, signingName }: Service, request: WireRequest): void => {
  if (maximumBodyBytes === undefined || request.body().length <= maximumBodyBytes) return;
  const message = `The request has ${request.body().length} bytes, ${signingName} takes ${maximumBodyBytes}`;
  throw coralError('RequestEntityTooLargeException', message, 413);
};

const internalFailure = (error: unknown): ServiceError =>
  coralError('InternalFailure', `emulator fault: ${error instanceof Error ? error.stack : String(error)}`, 500);
