/** What the platform has to say in a function's log. Durations are milliseconds. */
export type Telling =
  | { readonly kind: 'init-start'; readonly runtimeVersion: string; readonly region: string }
  | {
      readonly kind: 'init-report';
      readonly phase: 'init' | 'invoke';
      readonly status: 'error' | 'timeout';
      readonly durationMs: number;
      readonly errorType?: string;
    }
  | { readonly kind: 'start'; readonly requestId: string; readonly traceHeader?: string }
  | { readonly kind: 'timed-out'; readonly requestId: string; readonly timeoutMs: number }
  | { readonly kind: 'exited'; readonly requestId: string; readonly reason: string }
  | Report;

export type Report = {
  readonly kind: 'report';
  readonly requestId: string;
  readonly durationMs: number;
  /** Of a cold start. */
  readonly initDurationMs?: number;
  readonly memoryMb: number;
  readonly peakMemoryMb?: number;
  readonly status: 'success' | 'error' | 'failure' | 'timeout';
  readonly errorType?: string;
  readonly traceHeader?: string;
};

const ms = (duration: number): string => `${duration.toFixed(2)} ms`;

/** Init counts since August 2025. */
const billed = ({ durationMs, initDurationMs = 0 }: Report): number => Math.ceil(durationMs + initDurationMs);

type Trace = { readonly root: string; readonly parent: string | undefined };

function sampledTrace(header: string | undefined): Trace | undefined {
  const pairs = new Map((header ?? '').split(';').map((pair) => pair.trim().split('=') as [string, string]));
  const root = pairs.get('Root');
  return pairs.get('Sampled') === '1' && root !== undefined ? { root, parent: pairs.get('Parent') } : undefined;
}

function reportText(report: Report): string {
  const { requestId, durationMs, initDurationMs, memoryMb, peakMemoryMb, status, errorType } = report;
  const trace = sampledTrace(report.traceHeader);
  const parts = [
    `REPORT RequestId: ${requestId}`,
    `Duration: ${ms(durationMs)}`,
    `Billed Duration: ${billed(report)} ms`,
    `Memory Size: ${memoryMb} MB`,
    ...(peakMemoryMb === undefined ? [] : [`Max Memory Used: ${peakMemoryMb} MB`]),
    ...(initDurationMs === undefined ? [] : [`Init Duration: ${ms(initDurationMs)}`]),
    // A handled error is the function's own affair: the line says nothing about it.
    ...(status === 'timeout' || status === 'failure' ? [`Status: ${status === 'failure' ? 'error' : status}`] : []),
    ...(status === 'failure' && errorType !== undefined ? [`Error Type: ${errorType}`] : []),
  ];
  const segment = trace?.parent === undefined ? '' : `\tSegmentId: ${trace.parent}`;
  const xray = trace === undefined ? '' : `\nXRAY TraceId: ${trace.root}${segment}\tSampled: true\t`;
  return `${parts.join('\t')}\t${xray}`;
}

/** The platform's lines in the text log format; one element is one log event. */
export function platformText(telling: Telling, time: string): readonly string[] {
  switch (telling.kind) {
    case 'init-start': {
      const arn = `arn:aws:lambda:${telling.region}::runtime:local`;
      return [`INIT_START Runtime Version: ${telling.runtimeVersion}\tRuntime Version ARN: ${arn}`];
    }
    case 'init-report': {
      const error = telling.errorType === undefined ? '' : `\tError Type: ${telling.errorType}`;
      const { durationMs, phase, status } = telling;
      return [`INIT_REPORT Init Duration: ${ms(durationMs)}\tPhase: ${phase}\tStatus: ${status}${error}`];
    }
    case 'start':
      return [`START RequestId: ${telling.requestId} Version: $LATEST`];
    case 'timed-out':
      return [`${time} ${telling.requestId} Task timed out after ${(telling.timeoutMs / 1000).toFixed(2)} seconds`];
    case 'exited':
      return [`RequestId: ${telling.requestId} Error: ${telling.reason}\nRuntime.ExitError`];
    case 'report':
      return [`END RequestId: ${telling.requestId}`, reportText(telling)];
  }
}

function tracing(header: string | undefined): object {
  const trace = sampledTrace(header);
  if (trace === undefined || header === undefined) return {};
  const span = trace.parent === undefined ? {} : { spanId: trace.parent };
  return { tracing: { ...span, type: 'X-Amzn-Trace-Id', value: header } };
}

const rounded = (duration: number): number => Math.round(duration * 1000) / 1000;

function jsonRecords(telling: Telling): readonly { readonly type: string; readonly record: object }[] {
  switch (telling.kind) {
    case 'init-start': {
      const { runtimeVersion, region } = telling;
      const runtimeVersionArn = `arn:aws:lambda:${region}::runtime:local`;
      const record = { initializationType: 'on-demand', phase: 'init', runtimeVersion, runtimeVersionArn };
      return [{ type: 'platform.initStart', record }];
    }
    case 'init-report': {
      const { phase, status, errorType, durationMs } = telling;
      const metrics = { durationMs: rounded(durationMs) };
      const error = errorType === undefined ? {} : { errorType };
      return [
        { type: 'platform.initReport', record: { initializationType: 'on-demand', phase, status, ...error, metrics } },
      ];
    }
    case 'start': {
      const record = { requestId: telling.requestId, version: '$LATEST', ...tracing(telling.traceHeader) };
      return [{ type: 'platform.start', record }];
    }
    case 'timed-out':
    case 'exited':
      return [];
    case 'report': {
      const { requestId, status, durationMs, initDurationMs, memoryMb, peakMemoryMb, errorType } = telling;
      const metrics = {
        durationMs: rounded(durationMs),
        billedDurationMs: billed(telling),
        memorySizeMB: memoryMb,
        ...(peakMemoryMb === undefined ? {} : { maxMemoryUsedMB: peakMemoryMb }),
        ...(initDurationMs === undefined ? {} : { initDurationMs: rounded(initDurationMs) }),
      };
      const error = errorType === undefined ? {} : { errorType };
      const record = { requestId, metrics, ...tracing(telling.traceHeader), status, ...error };
      return [{ type: 'platform.report', record }];
    }
  }
}

/** The platform's records in the JSON log format, at the system log level INFO. */
export function platformJson(telling: Telling, time: string): readonly string[] {
  return jsonRecords(telling).map((entry) => JSON.stringify({ time, ...entry }));
}
