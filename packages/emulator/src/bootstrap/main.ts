import { createRequire } from 'node:module';
import type { EmptyLoop } from './call-handler.ts';
import { type Invocation, readInvocation } from './invocation.ts';
import { createInvokeStore, storeContext } from './invoke-store.ts';
import { type Handler, loadHandler } from './load-handler.ts';
import { patchConsole, type RuntimeLog } from './patch-console.ts';
import { openRuntimeApi, type RuntimeApi } from './runtime-api.ts';
import { errorDocument, RuntimeError } from './runtime-error.ts';
import { postError, type Served, serve } from './serve.ts';
import { isStreaming, streamingGlobals } from './stream-response.ts';

const env = process.env;
const severalInFlight = env.AWS_LAMBDA_MAX_CONCURRENCY !== undefined;
const promiseStyle = severalInFlight || Number(process.versions.node.split('.')[0]) >= 24;
const loop: EmptyLoop = { onEmpty: undefined };
const store = createInvokeStore(severalInFlight);
const DOCS = 'For more information see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.';
const CALLBACK_REFUSED =
  env.AWS_EXECUTION_ENV === 'AWS_Lambda_nodejs22.x'
    ? `ERROR: AWS Lambda does not support callback-based function handlers when using Node.js 22 with Managed Instances. To use Managed Instances, modify this function to use a supported handler signature. ${DOCS}`
    : `ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this function to use a supported handler signature to use Node.js 24 or later. ${DOCS}`;

let latestRequestId: string | undefined;

// Lambda's own runtime has loaded it before the handler's module begins.
createRequire(import.meta.url)('node:http');

function report(api: RuntimeApi, log: RuntimeLog, title: string, error: Error, exitCode: number): void {
  log.error(title, error);
  const posted = latestRequestId === undefined ? postInitError(api, error) : postError(api, latestRequestId, error);
  void posted.finally(() => process.exit(exitCode));
}

async function postInitError(api: RuntimeApi, error: unknown): Promise<void> {
  const document = errorDocument(error);
  const type = { 'Lambda-Runtime-Function-Error-Type': document.errorType.replace(/[^\x20-\x7E]/g, '?') };
  await api.post('init/error', JSON.stringify(document), type);
}

/** From Node 24 on the runtime has no such listeners, and Node ends the process with status 1. */
function reportFatalErrors(api: RuntimeApi, log: RuntimeLog): void {
  process.on('uncaughtException', (error) => report(api, log, 'Uncaught Exception', error, 129));
  process.on('unhandledRejection', (reason, promise) => {
    const error = new RuntimeError('Runtime.UnhandledPromiseRejection', String(reason));
    report(api, log, 'Unhandled Promise Rejection', Object.assign(error, { reason, promise }), 128);
  });
  process.on('beforeExit', () => {
    const { onEmpty } = loop;
    loop.onEmpty = undefined;
    if (onEmpty !== undefined) setImmediate(onEmpty);
  });
}

async function load(api: RuntimeApi, log: RuntimeLog): Promise<{ handler: Handler; streaming: boolean }> {
  try {
    const handler = await loadHandler(env.LAMBDA_TASK_ROOT ?? '', env._HANDLER ?? '');
    const streaming = isStreaming(handler);
    if (promiseStyle && handler.length >= 3 && !streaming) {
      throw new RuntimeError('Runtime.CallbackHandlerDeprecated', CALLBACK_REFUSED);
    }
    return { handler, streaming };
  } catch (error) {
    log.error(promiseStyle ? 'Init Error' : 'Uncaught Exception', error);
    await postInitError(api, error);
    return process.exit(promiseStyle ? 1 : 129);
  }
}

function setTraceHeader(traceHeader: string | undefined): void {
  if (traceHeader === undefined) delete env._X_AMZN_TRACE_ID;
  else env._X_AMZN_TRACE_ID = traceHeader;
}

function run(served: Served, invocation: Invocation): Promise<void> {
  const { requestId, traceHeader } = invocation;
  return store.run(storeContext(requestId, traceHeader), () => serve(served, invocation));
}

async function serveInvocations(served: Served): Promise<never> {
  for (;;) {
    const invocation = readInvocation(await served.api.next(), env);
    if (severalInFlight) {
      setImmediate(() => void run(served, invocation));
      continue;
    }
    latestRequestId = invocation.requestId;
    setTraceHeader(invocation.traceHeader);
    await run(served, invocation);
  }
}

/** What a handler wrote is written when it answers, however much it is: afterwards the process is frozen. */
function writeAtOnce({ stdout, stderr }: NodeJS.Process): void {
  for (const stream of [stdout, stderr] as readonly { readonly _handle?: { setBlocking?: (on: boolean) => void } }[]) {
    stream._handle?.setBlocking?.(true);
  }
}

async function main(): Promise<void> {
  writeAtOnce(process);
  const api = openRuntimeApi(env.AWS_LAMBDA_RUNTIME_API ?? '');
  const json = severalInFlight || env.AWS_LAMBDA_LOG_FORMAT?.toUpperCase() === 'JSON';
  const log = patchConsole(json, () => (promiseStyle ? store.getRequestId() : latestRequestId));
  if (!promiseStyle) reportFatalErrors(api, log);
  Reflect.set(globalThis, 'awslambda', promiseStyle ? { InvokeStore: store, ...streamingGlobals } : streamingGlobals);
  await serveInvocations({ api, log, promiseStyle, loop, ...(await load(api, log)) });
}

// Not awaited: a top-level await that never settles would end the process with a status of its own.
void main();
