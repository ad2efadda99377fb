import { randomBytes, randomUUID } from 'node:crypto';
import { clientContextHeader } from './client-context.ts';
import type { Setting } from './environment/environment-state.ts';
import { type ExecutionEnvironment, openEnvironment } from './environment/execution-environment.ts';
import { logStreamName } from './environment/function-log.ts';
import type { Work } from './environment/running-invocation.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { InvokeOptions } from './lambda-service.ts';

/** The execution environments of one function, and the invocations that wait for them. */
export type FunctionPool = {
  readonly invoke: (payload: string, options: InvokeOptions) => Promise<InvocationResult>;
  readonly kill: (signal: NodeJS.Signals) => number;
  readonly terminate: () => Promise<number>;
  readonly stop: () => Promise<void>;
};

/** Told of the processes that must not outlive the emulator. */
export type ProcessWatch = { readonly started: (pid: number) => void; readonly ended: (pid: number) => void };

/** The emulator was stopped before the invocation's turn came. */
class LambdaStopped extends Error {
  constructor(functionName: string) {
    super(`${functionName} was not invoked: the local Lambda has been stopped`);
    this.name = 'LambdaStopped';
  }
}

type Waiting = Work & { readonly reject: (error: Error) => void };

type Pool = {
  readonly setting: Setting;
  readonly watch: ProcessWatch;
  readonly waiting: Waiting[];
  /** The one that has worked latest comes last. */
  readonly environments: ExecutionEnvironment[];
  inFlight: number;
  stopped: boolean;
};

function remove(pool: Pool, environment: ExecutionEnvironment): void {
  const index = pool.environments.indexOf(environment);
  if (index >= 0) pool.environments.splice(index, 1);
}

function open(pool: Pool): void {
  const { setting, watch } = pool;
  const owner = {
    idle: () => dispatch(pool),
    takeWork: () => pool.waiting.shift(),
    processStarted: watch.started,
    processEnded: watch.ended,
    left: () => {
      remove(pool, environment);
      dispatch(pool);
    },
  };
  const id = randomBytes(16).toString('hex');
  const environment = openEnvironment(setting, owner, logStreamName(setting.now(), id));
  pool.environments.push(environment);
}

/** Lambda prefers the environment that has worked latest, and starts another only where none is free. */
function dispatch(pool: Pool): void {
  const { fn } = pool.setting;
  while (pool.waiting.length > 0 && !pool.stopped) {
    const environment = pool.environments.findLast((candidate) => candidate.room() > 0);
    if (environment === undefined) break;
    const work = pool.waiting.shift();
    if (work === undefined) break;
    remove(pool, environment);
    pool.environments.push(environment);
    environment.deliver(work);
  }
  if (pool.stopped) return;
  const starting = pool.environments.filter((environment) => environment.starting()).length;
  const wanted = Math.ceil(pool.waiting.length / fn.concurrencyPerProcess) - starting;
  const allowed = fn.processes - pool.environments.length;
  for (let count = Math.min(wanted, allowed); count > 0; count -= 1) open(pool);
}

function throttled(pool: Pool, { requestId, invokedAt, traceHeader }: Omit<Work, 'settle'>): InvocationResult {
  const reason = {
    Reason: 'ReservedFunctionConcurrentInvocationLimitExceeded',
    Type: 'User',
    message: 'Rate Exceeded.',
  };
  return {
    requestId,
    functionName: pool.setting.fn.name,
    payload: JSON.stringify(reason),
    error: { errorType: 'TooManyRequestsException', errorMessage: reason.message },
    throttled: true,
    coldStart: false,
    invokedAt,
    startedAt: invokedAt,
    endedAt: invokedAt,
    durationMs: 0,
    ...(traceHeader === undefined ? {} : { traceHeader }),
  };
}

function isRefused({ setting, inFlight }: Pool, kind: InvokeOptions['kind']): boolean {
  const { reservedConcurrency } = setting.fn;
  if (reservedConcurrency === undefined) return false;
  return reservedConcurrency === 0 || (kind !== 'Event' && inFlight >= reservedConcurrency);
}

function invoke(pool: Pool, payload: string, options: InvokeOptions): Promise<InvocationResult> {
  if (pool.stopped) return Promise.reject(new LambdaStopped(pool.setting.fn.name));
  const { kind, clientContext, ...given } = options;
  const context = clientContext === undefined ? {} : { clientContext: clientContextHeader(clientContext) };
  const work = { requestId: randomUUID() as string, ...given, ...context, payload, invokedAt: pool.setting.now() };
  if (isRefused(pool, kind)) return Promise.resolve(throttled(pool, work));
  pool.inFlight += 1;
  const result = new Promise<InvocationResult>((settle, reject) => {
    pool.waiting.push({ ...work, settle, reject });
    dispatch(pool);
  });
  return result.finally(() => {
    pool.inFlight -= 1;
  });
}

/** Opens the pool of a function; processes start when they are needed. */
export function openPool(setting: Setting, watch: ProcessWatch): FunctionPool {
  const pool: Pool = { setting, watch, waiting: [], environments: [], inFlight: 0, stopped: false };
  return {
    invoke: (payload, options) => invoke(pool, payload, options),
    kill: (signal) => pool.environments.filter((environment) => environment.signal(signal)).length,
    async terminate() {
      const retiring = pool.environments.map((environment) => environment.retire());
      await Promise.all(retiring);
      return retiring.length;
    },
    async stop() {
      pool.stopped = true;
      for (const work of pool.waiting.splice(0)) work.reject(new LambdaStopped(setting.fn.name));
      await Promise.all(pool.environments.map((environment) => environment.shutDown()));
    },
  };
}
