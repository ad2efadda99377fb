import type { LogEvent, PlatformEvent } from './events.ts';
import type { FunctionDefinition } from './function-definition.ts';
import type { InvocationResult } from './invocation-result.ts';

/** Of a payload that somebody waits for (Lambda quotas page of the developer guide): 6 MB. */
export const mostRequestBytes = 6_291_456;

/** How the local Lambda is set up. */
export type LambdaOptions = {
  readonly functions: readonly FunctionDefinition[];
  /** Whether idle processes are stopped with SIGSTOP as Lambda freezes them; default: wherever SIGSTOP exists. */
  readonly freeze?: boolean;
  /** Default `us-east-1`. */
  readonly region?: string;
  /** 12 digits; default `123456789012`. */
  readonly accountId?: string;
  /** `host:port` of the X-Ray daemon (UDP). */
  readonly xrayDaemonAddress: string;
  /** Environment variables of every function; a function's own go before these. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Export conditions for esbuild, e.g. `@voice-campaign/source`. */
  readonly conditions?: readonly string[];
  /** Time allowed to init; default 10,000 ms as on Lambda. */
  readonly initTimeoutMs?: number;
  /** Receives every log line, in order for each stream. */
  readonly log: (event: LogEvent) => void;
  readonly lifecycle?: (event: PlatformEvent) => void;
  /** Wall clock in epoch milliseconds; default `Date.now`. */
  readonly now?: () => number;
};

export type InvokeOptions = {
  /** `X-Amzn-Trace-Id`, handed to the runtime as it is. */
  readonly traceHeader?: string;
  /** Default: a new UUID. */
  readonly requestId?: string;
  /** `Event`: waits for its turn where a `RequestResponse` would be throttled. Default `RequestResponse`. */
  readonly kind?: 'RequestResponse' | 'Event';
  /** JSON text of the client context. */
  readonly clientContext?: string;
};

/** The running local Lambda. */
export type LambdaService = {
  readonly functions: readonly FunctionDefinition[];
  /** Runs the function on a JSON payload. @throws FunctionNotFound for a name that is not defined. */
  readonly invoke: (functionName: string, payload: string, options?: InvokeOptions) => Promise<InvocationResult>;
  /** Sends `signal` (default SIGKILL) to the function's processes now; gives back how many there were. */
  readonly kill: (functionName: string, signal?: NodeJS.Signals) => number;
  /** Shuts the function's environments down as Lambda does once their invocations are done; gives back how many. */
  readonly terminate: (functionName: string) => Promise<number>;
  /** Ends every process, removes the bundles; what was running ends as `Runtime.ExitError`, what waited rejects. */
  readonly stop: () => Promise<void>;
};
