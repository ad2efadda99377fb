import { type AcceptOptions, type AsyncEvents, AsyncEventsFull } from '../async-events/async-events.ts';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import { mostRequestBytes } from '../lambda/lambda-service.ts';
import { type Input, isObject, readString } from '../service-api/input.ts';
import { type RawReply, rawReply, type Service } from '../service-api/service.ts';
import { ServiceError } from '../service-api/service-error.ts';
import type { TracedInvoke } from '../xray/invocation/traced-invoke.ts';

export type LambdaApiContext = {
  readonly invoke: TracedInvoke;
  readonly accept: AsyncEvents['accept'];
  readonly functionNames: readonly string[];
  readonly functionArn: (name: string) => string;
  /** The last lines of an invocation, for `LogType: Tail`. */
  readonly logOf: (requestId: string) => Uint8Array;
  readonly warn: (message: string) => void;
};

/** Longest payloads (quotas page of the Lambda developer guide): 6 MB synchronously, 1 MB as an event. */
const mostBytes = { RequestResponse: mostRequestBytes, Event: 1_048_576 };

const lambdaError = (shape: string, message: string, status: number, members = {}): ServiceError =>
  new ServiceError(`com.amazonaws.lambda#${shape}`, shape, message, status, members);

/** The name in a function's name, partial ARN or ARN, without its qualifier. */
export const functionNameOf = (text: string): string =>
  /(?:^|:)function:([^:]+)/.exec(text)?.[1] ?? text.split(':')[0] ?? '';

/** Lambda's Invoke, as the AWS SDKs call it (REST JSON). */
export const lambdaService = (context: LambdaApiContext): Service => ({
  signingName: 'lambda',
  rest: [
    {
      method: 'POST',
      path: '/2015-03-31/functions/{FunctionName}/invocations',
      operation: 'Invoke',
      payload: 'Payload',
      headers: {
        InvocationType: 'x-amz-invocation-type',
        LogType: 'x-amz-log-type',
        ClientContext: 'x-amz-client-context',
        TraceHeader: 'x-amzn-trace-id',
      },
    },
  ],
  operations: { Invoke: (input) => invokeOperation(context, input) },
});

const readPayload = (input: Input, kind: keyof typeof mostBytes): string => {
  const bytes = input.Payload instanceof Uint8Array ? input.Payload : new Uint8Array();
  if (bytes.length > mostBytes[kind]) {
    const message = `${bytes.length} byte payload is too large for the ${kind} invocation type (limit ${mostBytes[kind]} bytes)`;
    throw lambdaError('RequestTooLargeException', message, 413);
  }
  try {
    const text = bytes.length === 0 ? '{}' : new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    JSON.parse(text);
    return text;
  } catch (error) {
    const message = `Could not parse request body into json: ${(error as Error).message}`;
    throw lambdaError('InvalidRequestContentException', message, 400, { Type: 'User' });
  }
};

/** As base64 (API reference, Invoke). */
const mostContextBytes = 3583;

/** The JSON text of a client context. */
const readClientContext = (input: Input): string | undefined => {
  const given = readString(input, 'ClientContext');
  if (given === undefined || given === '') return undefined;
  const text = Buffer.from(given, 'base64').toString('utf8');
  try {
    if (given.length <= mostContextBytes && isObject(JSON.parse(text))) return text;
  } catch {
    // Refused below.
  }
  const message =
    given.length > mostContextBytes
      ? `Client context must be no longer than ${mostContextBytes} bytes.`
      : 'Client context must be a valid Base64-encoded JSON object.';
  throw lambdaError('InvalidRequestContentException', message, 400, { Type: 'User' });
};

const invokeOperation = async (context: LambdaApiContext, input: Input): Promise<RawReply> => {
  const name = functionNameOf(readString(input, 'FunctionName') ?? '');
  if (!context.functionNames.includes(name)) {
    throw lambdaError('ResourceNotFoundException', `Function not found: ${context.functionArn(name)}`, 404, {
      Type: 'User',
    });
  }
  const type = readString(input, 'InvocationType') ?? 'RequestResponse';
  if (type === 'DryRun') return rawReply({ status: 204, headers: {}, body: '' });
  if (type !== 'Event' && type !== 'RequestResponse') {
    const allowed = 'Member must satisfy enum value set: [Event, RequestResponse, DryRun]';
    const message = `1 validation error detected: Value '${type}' at 'invocationType' failed to satisfy constraint: ${allowed}`;
    throw lambdaError('InvalidParameterValueException', message, 400);
  }
  const payload = readPayload(input, type);
  const [traceHeader, clientContext] = [readString(input, 'TraceHeader'), readClientContext(input)];
  const options = traceHeader === undefined ? {} : { traceHeader };
  // Lambda gives a client context to functions that somebody waits for alone (API reference, Invoke).
  if (type === 'Event') return acceptEvent(context, name, payload, options);
  const withContext = { ...options, ...(clientContext !== undefined && { clientContext }) };
  const result = await context.invoke(name, payload, { kind: type, ...withContext });
  return replyOf(context, result, readString(input, 'LogType') === 'Tail');
};

const acceptEvent = (context: LambdaApiContext, name: string, payload: string, options: AcceptOptions): RawReply => {
  try {
    const requestId = context.accept(name, payload, options);
    return rawReply({ status: 202, headers: {}, body: '', requestId });
  } catch (error) {
    if (!(error instanceof AsyncEventsFull)) throw error;
    throw lambdaError('TooManyRequestsException', error.message, 429, {
      Reason: 'CallerRateLimitExceeded',
      Type: 'User',
    });
  }
};

const replyOf = (context: LambdaApiContext, result: InvocationResult, tail: boolean): RawReply => {
  if (result.throttled) {
    const members = { Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded', Type: 'User' };
    throw lambdaError('TooManyRequestsException', 'Rate Exceeded.', 429, members);
  }
  return rawReply({
    status: 200,
    requestId: result.requestId,
    headers: {
      'content-type': 'application/json',
      'x-amz-executed-version': '$LATEST',
      ...(result.functionError !== undefined && { 'x-amz-function-error': result.functionError }),
      ...(tail && { 'x-amz-log-result': Buffer.from(context.logOf(result.requestId)).toString('base64') }),
    },
    body: result.payload,
  });
};
