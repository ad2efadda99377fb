import type { AlarmStatus } from './alarms/alarm-status.ts';
import type { EmulatorChange } from './core/changes.ts';
import type { InvocationResult } from './lambda/invocation-result.ts';
import type { LambdaService } from './lambda/lambda-service.ts';
import type { Logs } from './logs/logs.ts';
import type { Metrics } from './metrics/metrics.ts';
import type { QueueCounts } from './queue/queue.ts';
import type { Pages } from './server/http-server.ts';
import type { Mail } from './sns/topic-state.ts';
import type { DaemonReport } from './xray/daemon.ts';
import type { TracedInvokeOptions } from './xray/invocation/traced-invoke.ts';
import type { TraceStore } from './xray/store/trace-store.ts';

/** A queue as it is now. */
export type QueueStatus = QueueCounts & {
  readonly name: string;
  readonly url: string;
  readonly arn: string;
  readonly isDeadLetterQueue: boolean;
};

/** A running emulator: one process, one HTTP port, one UDP port, and the functions' processes. */
export type Emulator = {
  /** Endpoint for SQS and CloudWatch clients. */
  readonly url: string;
  /** Base URL of the REST API, stage included, without a slash at the end. */
  readonly httpUrl: string;
  /** `host:port` of the X-Ray daemon (UDP). */
  readonly xrayAddress: string;
  /** Answers a request as the HTTP port would, in process. */
  readonly fetch: (request: Request) => Promise<Response>;
  /**
   * Serves pages at the HTTP port beside all else: `pages` looks at each request first and says whether it was for it.
   * They are taken away by the returned function.
   */
  readonly mount: (pages: Pages) => () => void;
  /** Runs a function on a payload that is written as JSON, of 6 MB at most. @throws FunctionNotFound. */
  readonly invoke: (
    functionName: string,
    payload: unknown,
    options?: Omit<TracedInvokeOptions, 'producers'>,
  ) => Promise<InvocationResult>;
  readonly queues: () => readonly QueueStatus[];
  /** @throws Error for a name that is not defined. */
  readonly queueUrl: (name: string) => string;
  /**
   * Resolves when no queue but dead-letter queues holds a message, no invocation runs, and all X-Ray documents sent by
   * then are recorded. @throws Error after `timeoutMs` (default: never), saying what is left.
   */
  readonly idle: (options?: { readonly timeoutMs?: number }) => Promise<void>;
  readonly traces: TraceStore & {
    /** The trace as text, after the traces it is linked to; `undefined` for an unknown id. */
    readonly render: (traceId: string) => string | undefined;
    /** What came to the daemon, and why some of it was rejected. */
    readonly report: () => DaemonReport;
  };
  readonly logs: Logs;
  readonly metrics: Metrics;
  /** Every alarm with its state, in the order of names. */
  readonly alarms: () => readonly AlarmStatus[];
  /** What SNS sent to people and HTTP endpoints, oldest first; the newest 1,000. */
  readonly mailbox: () => readonly Mail[];
  /**
   * Calls the listener with every change of a part, as it happens and perhaps many times a millisecond, until the
   * returned function is called.
   */
  readonly onChange: (listener: (part: EmulatorChange) => void) => () => void;
  /** For fault injection: `kill` and `terminate`. Its own `invoke` traces nothing. */
  readonly lambda: LambdaService;
  /**
   * Empties queues, metrics, logs, traces, topics, groups and whatever else clients made; invocations in flight go on.
   * `POST /_emulator/reset` does the same.
   */
  readonly reset: () => void;
  /** Ends everything that was started, and every process; what was waiting is given up. */
  readonly stop: () => Promise<void>;
};
