/** An error as the runtime or the platform reported it for an invocation. */
export type InvocationError = {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
  /** The X-Ray `cause` document (JSON text) that the runtime sent along with the error. */
  readonly xrayCause?: string;
};

/** What became of one invocation. Instants are epoch milliseconds. */
export type InvocationResult = {
  readonly requestId: string;
  readonly functionName: string;
  /** The response, or the error document `{errorType, errorMessage, trace}` when `functionError` is set. */
  readonly payload: string;
  readonly functionError?: 'Handled' | 'Unhandled';
  readonly error?: InvocationError;
  /** Set when reserved concurrency refused the invocation: nothing ran. */
  readonly throttled?: true;
  /** Set when the function's timeout ended it. */
  readonly timedOut?: true;
  /** Whether this is the first invocation of its execution environment. */
  readonly coldStart: boolean;
  /** When the emulator was asked. */
  readonly invokedAt: number;
  /** When the runtime was given the event, after any waiting and any init. */
  readonly startedAt: number;
  readonly endedAt: number;
  /** `endedAt - startedAt` by a monotonic clock. */
  readonly durationMs: number;
  /** Of a cold start: when init began, and how long it took. */
  readonly initStartedAt?: number;
  readonly initDurationMs?: number;
  /** The header the runtime was given, as it was passed to `invoke`. */
  readonly traceHeader?: string;
  readonly logStream?: string;
};
