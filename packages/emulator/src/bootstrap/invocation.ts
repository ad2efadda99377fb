import type { HttpResponse } from './http-response.ts';

/** What the platform gave the runtime to do. */
export type Invocation = {
  readonly requestId: string;
  readonly traceHeader: string | undefined;
  readonly event: unknown;
  /** The members of the handler's context object that do not depend on the style of the handler. */
  readonly context: Readonly<Record<string, unknown>>;
};

const parsed = (json: string | undefined): unknown => (json === undefined ? undefined : JSON.parse(json));

/** Reads an answer of `next`; the rest of the context comes from the environment variables. */
export function readInvocation({ headers, body }: HttpResponse, env: NodeJS.ProcessEnv): Invocation {
  const requestId = headers['lambda-runtime-aws-request-id'] ?? '';
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  return {
    requestId,
    traceHeader: headers['lambda-runtime-trace-id'],
    event: JSON.parse(body),
    context: {
      functionName: env.AWS_LAMBDA_FUNCTION_NAME,
      functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
      memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
      logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
      logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
      clientContext: parsed(headers['lambda-runtime-client-context']),
      identity: parsed(headers['lambda-runtime-cognito-identity']),
      tenantId: headers['lambda-runtime-aws-tenant-id'],
      invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
      awsRequestId: requestId,
      getRemainingTimeInMillis: () => deadline - Date.now(),
    },
  };
}
