import { setImmediate as nextTurn } from 'node:timers/promises';
import { callCallbackStyle, callPromiseStyle, type EmptyLoop, type Outcome } from './call-handler.ts';
import type { Invocation } from './invocation.ts';
import type { Handler } from './load-handler.ts';
import type { RuntimeLog } from './patch-console.ts';
import type { RuntimeApi } from './runtime-api.ts';
import { errorDocument, RuntimeError, xrayCause } from './runtime-error.ts';
import { callStreamingHandler } from './stream-response.ts';

/** What serving an invocation needs of its process. */
export type Served = {
  readonly api: RuntimeApi;
  readonly log: RuntimeLog;
  readonly handler: Handler;
  readonly streaming: boolean;
  /** Only promises and return values count: Node 24 and above, and Managed Instances. */
  readonly promiseStyle: boolean;
  readonly loop: EmptyLoop;
};

/** Reports a failed invocation to the platform. */
export async function postError(api: RuntimeApi, requestId: string, thrown: unknown): Promise<void> {
  const document = errorDocument(thrown);
  const cause = xrayCause(thrown, process.cwd());
  await api.post(`invocation/${encodeURIComponent(requestId)}/error`, JSON.stringify(document), {
    'Lambda-Runtime-Function-Error-Type': document.errorType.replace(/[^\x20-\x7E]/g, '?'),
    ...(cause === '' ? {} : { 'Lambda-Runtime-Function-XRay-Error-Cause': cause }),
  });
}

function serialized({ promiseStyle }: Served, value: unknown): string {
  try {
    // A function or a symbol has no JSON text; Lambda answers with null, as for undefined.
    return JSON.stringify(value ?? null) ?? 'null';
  } catch {
    const message = 'Unable to stringify response body';
    throw promiseStyle ? new RuntimeError('Runtime.JSONStringifyError', message) : new Error(message);
  }
}

async function answer(served: Served, requestId: string, outcome: Outcome): Promise<void> {
  if (outcome.kind === 'threw') {
    served.log.error('Invoke Error', outcome.thrown);
    return postError(served.api, requestId, outcome.thrown);
  }
  let body: string;
  try {
    body = serialized(served, outcome.value);
  } catch (thrown) {
    return answer(served, requestId, { kind: 'threw', thrown });
  }
  await served.api.post(`invocation/${encodeURIComponent(requestId)}/response`, body);
}

/** Runs the handler for one invocation and posts what came of it. */
export async function serve(served: Served, invocation: Invocation): Promise<void> {
  const { handler, promiseStyle, loop } = served;
  if (served.streaming) {
    const failure = await callStreamingHandler(served.api, handler, invocation);
    if (failure !== undefined) served.log.error('Invoke Error', failure.thrown);
    return;
  }
  const outcome = promiseStyle
    ? await callPromiseStyle(handler, invocation)
    : await callCallbackStyle(handler, invocation, loop);
  if (promiseStyle) await nextTurn();
  await answer(served, invocation.requestId, outcome);
}
