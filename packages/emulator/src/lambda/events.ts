import type { InvocationResult } from './invocation-result.ts';

/** One log event: a line of the function, or of the platform about it. */
export type LogEvent = {
  readonly functionName: string;
  /** `/aws/lambda/<function name>` */
  readonly logGroup: string;
  /** `YYYY/MM/DD/[$LATEST]<32 hex>`, one for each execution environment. */
  readonly logStream: string;
  /** Epoch milliseconds at which the emulator read the line. */
  readonly timestamp: number;
  /** The line without its line end. */
  readonly message: string;
  readonly source: 'stdout' | 'stderr' | 'platform';
  /** The invocation it belongs to, where that is known. */
  readonly requestId?: string;
  /** Epoch milliseconds at which the invocation began that wrote it, or the environment where it may be none's. */
  readonly writerBeganAt: number;
};

type OfEnvironment = {
  readonly functionName: string;
  readonly logStream: string;
  readonly pid: number;
  /** Epoch milliseconds. */
  readonly at: number;
};

/** What the platform did with an execution environment, told synchronously as it happens. */
export type PlatformEvent =
  | (OfEnvironment & { readonly kind: 'init-start'; readonly phase: 'init' | 'invoke' })
  | (OfEnvironment & {
      readonly kind: 'init-end';
      readonly phase: 'init' | 'invoke';
      readonly status: 'success' | 'error' | 'timeout';
      readonly durationMs: number;
    })
  | (OfEnvironment & { readonly kind: 'start'; readonly requestId: string; readonly deadlineMs: number })
  /** The runtime has posted its response or error; its environment may still be working. */
  | (OfEnvironment & { readonly kind: 'response'; readonly requestId: string; readonly failed: boolean })
  /** The invocation is over and its REPORT is logged. `pid` 0: its process could not be started. */
  | (OfEnvironment & { readonly kind: 'report'; readonly requestId: string; readonly result: InvocationResult })
  | (OfEnvironment & { readonly kind: 'freeze' })
  | (OfEnvironment & { readonly kind: 'thaw' })
  | (OfEnvironment & { readonly kind: 'exit'; readonly code: number | null; readonly signal: string | null });
