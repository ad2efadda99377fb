/** Where telemetry goes. Each call is synchronous: what it was given is out when it returns. */
export type Sink = {
  /** EMF and log lines, each ending in a newline. */
  write(line: string): void;
  /** One X-Ray document. */
  send(document: string): void;
  /** The trace of invocations that the runtime gives none, as in a test. */
  readonly traceHeader?: string;
};
