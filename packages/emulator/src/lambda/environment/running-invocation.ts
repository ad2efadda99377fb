import type { InvocationError, InvocationResult } from '../invocation-result.ts';
import type { Report } from './platform-lines.ts';
import type { Posted, RuntimeEvent } from './runtime-api-server.ts';
import type { Exit } from './runtime-process.ts';

/** An invocation that somebody waits for. */
export type Work = {
  readonly requestId: string;
  readonly payload: string;
  readonly traceHeader?: string;
  /** As it travels in a header. */
  readonly clientContext?: string;
  readonly invokedAt: number;
  readonly settle: (result: InvocationResult) => void;
};

/** An invocation that an environment is at. Instants are epoch milliseconds, `startedClock` is monotonic. */
export type Running = {
  readonly work: Work;
  readonly startedAt: number;
  readonly startedClock: number;
  readonly deadlineMs: number;
  readonly coldStart: boolean;
  readonly timer: NodeJS.Timeout;
  posted?: Posted;
  timedOut?: true;
  /** Its last lines are being read. */
  ending?: true;
};

/** What the platform itself has against an invocation. */
export type Failure =
  | { readonly kind: 'timeout'; readonly timeoutMs: number }
  | { readonly kind: 'exit'; readonly reason: string }
  | { readonly kind: 'init'; readonly error: InvocationError };

const SIGNALS: Readonly<Record<string, string>> = {
  SIGKILL: 'killed',
  SIGTERM: 'terminated',
  SIGSEGV: 'segmentation fault',
  SIGABRT: 'aborted',
  SIGHUP: 'hangup',
  SIGINT: 'interrupt',
};

/** Why the runtime ended, in Lambda's words. */
export function exitReason({ code, signal, failure }: Exit): string {
  if (failure !== undefined) return `Runtime failed to start: ${failure}`;
  if (signal !== null) return `Runtime exited with error: signal: ${SIGNALS[signal] ?? signal}`;
  return code === 0 ? 'Runtime exited without providing a reason' : `Runtime exited with error: exit status ${code}`;
}

function failureError(requestId: string, failure: Failure): InvocationError {
  switch (failure.kind) {
    case 'timeout': {
      const seconds = (failure.timeoutMs / 1000).toFixed(2);
      const errorMessage = `RequestId: ${requestId} Error: Task timed out after ${seconds} seconds`;
      return { errorType: 'Sandbox.Timedout', errorMessage };
    }
    case 'exit':
      return { errorType: 'Runtime.ExitError', errorMessage: `RequestId: ${requestId} Error: ${failure.reason}` };
    case 'init':
      return failure.error;
  }
}

/** What the runtime is given of an invocation. */
export function runtimeEvent(running: Running, functionArn: string): RuntimeEvent {
  const { requestId, traceHeader, clientContext, payload } = running.work;
  return {
    payload,
    headers: {
      'lambda-runtime-aws-request-id': requestId,
      'lambda-runtime-deadline-ms': String(running.deadlineMs),
      'lambda-runtime-invoked-function-arn': functionArn,
      ...(traceHeader === undefined ? {} : { 'lambda-runtime-trace-id': traceHeader }),
      ...(clientContext === undefined ? {} : { 'lambda-runtime-client-context': clientContext }),
    },
  };
}

export type Ending = {
  readonly functionName: string;
  readonly logStream: string;
  readonly endedAt: number;
  readonly durationMs: number;
  readonly init?: { readonly startedAt: number; readonly durationMs: number };
  readonly failure?: Failure;
};

/** The result of an invocation: what the runtime posted, whatever happened to it afterwards; else the failure. */
export function resultOf({ work, posted, timedOut, coldStart, startedAt }: Running, ending: Ending): InvocationResult {
  const { requestId, invokedAt, traceHeader } = work;
  const { functionName, logStream, endedAt, durationMs, init, failure } = ending;
  const error = posted === undefined && failure !== undefined ? failureError(requestId, failure) : posted?.error;
  const { xrayCause: _, ...document } = error ?? {};
  return {
    requestId,
    functionName,
    payload: posted?.payload ?? JSON.stringify(error === undefined ? null : document),
    ...(error === undefined ? {} : { functionError: 'Unhandled', error }),
    ...(timedOut ? { timedOut } : {}),
    coldStart,
    invokedAt,
    startedAt,
    endedAt,
    durationMs,
    ...(coldStart && init !== undefined ? { initStartedAt: init.startedAt, initDurationMs: init.durationMs } : {}),
    ...(traceHeader === undefined ? {} : { traceHeader }),
    logStream,
  };
}

/** How Lambda sums the invocation up: `error` is the function's, `failure` the runtime's. */
export function reportOf(
  result: InvocationResult,
  failure: Failure | undefined,
  memory: { readonly memoryMb: number; readonly peakMemoryMb?: number },
): Report {
  const { requestId, durationMs, initDurationMs, traceHeader, error } = result;
  const failed = failure === undefined ? 'error' : 'failure';
  const status = failure?.kind === 'timeout' ? 'timeout' : failure || error ? failed : 'success';
  const errorType = failure?.kind === 'exit' ? 'Runtime.ExitError' : error?.errorType;
  return {
    kind: 'report',
    requestId,
    durationMs,
    ...(initDurationMs === undefined ? {} : { initDurationMs }),
    ...memory,
    status,
    ...(errorType === undefined || status === 'timeout' ? {} : { errorType }),
    ...(traceHeader === undefined ? {} : { traceHeader }),
  };
}
