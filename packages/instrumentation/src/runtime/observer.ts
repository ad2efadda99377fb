import type { Contract } from '@voice-campaign/metrics-schema';
import { resolveNamespace } from '@voice-campaign/metrics-schema';
import type { BufferedLog } from '../logging/log-buffer.ts';
import { createLogWriter, type LogWriter } from '../logging/log-writer.ts';
import { createMasker, type Masker } from '../masking/masker.ts';
import { createSampleCheck, type SampleCheck, type SampleChecking } from '../metrics/check-sample.ts';
import { createLineRenderer, type LineRenderer } from '../metrics/render-line.ts';
import { subjectOf } from '../metrics/sample-issue.ts';
import { safeSink } from '../sink/safe-sink.ts';
import type { Sink } from '../sink/sink.ts';
import { writeStdout } from '../sink/write-stdout.ts';
import { createUdpEmitter } from '../tracing/udp-emitter.ts';
import { assertDeclared } from './assert-handler.ts';
import { numberOption } from './number-option.ts';
import { type InstrumentOptions, type Signals, signalsOf, type TelemetryIssue, type WriteThrough } from './options.ts';
import { countIssue, type Tally, tallyFor } from './runtime-metrics.ts';
import { tell } from './tell.ts';

/** What all invocations of one instrumented handler share. */
export type Observer = SampleChecking & {
  readonly tally: Tally | undefined;
  readonly contract: Contract;
  readonly emitter: string;
  readonly signals: Signals;
  readonly sink: Sink;
  readonly masker: Masker;
  readonly log: LogWriter;
  readonly flushLogs: BufferedLog['flush'] | undefined;
  readonly check: SampleCheck;
  readonly renderLine: LineRenderer;
  readonly deadlineGuardMs: number;
  readonly writeThrough: Required<WriteThrough> | undefined;
  readonly inProgressAfterMs: number | undefined;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly newId: () => string;
  report(issue: TelemetryIssue): void;
};

/** Reads options and environment once, when the handler's module is loaded. */
export function createObserver(contract: Contract, emitter: string, options: InstrumentOptions = {}): Observer {
  assertDeclared(contract, emitter);
  const sink = safeSink(options.sink ?? processSink(), (message, error) =>
    report({ code: 'write-failed', message, error }),
  );
  const masker = createMasker(options.masking);
  const logParts = { service: emitter, sink, masker };
  const write = createLogWriter(logParts);
  const buffered = options.logBuffer?.(logParts, write);
  const tally = tallyFor({ contract, emitter });
  const signals = signalsOf(options, process.env);
  const report = createReport(signals.logs ? write : () => {}, tally, options.onError);
  const { issues, namespace } = resolveNamespace({ option: options.namespace, environment: process.env, contract });
  for (const { message, at } of issues) report({ code: 'namespace', message: `${at}: ${message}` });
  const refused = (message: string) => report({ code: 'bad-option', message });
  return {
    contract,
    emitter,
    tally,
    signals,
    sink,
    masker,
    log: buffered?.log ?? write,
    flushLogs: buffered?.flush,
    check: createSampleCheck(contract, emitter),
    seen: new Map(),
    renderLine: createLineRenderer(namespace),
    deadlineGuardMs: numberOption(refused, 'deadlineGuardMs', options.deadlineGuardMs, 200),
    writeThrough: thresholds(refused, options.writeThrough),
    inProgressAfterMs: numberOption(refused, 'inProgressAfterMs', options.inProgressAfterMs, undefined),
    now: options.now ?? Date.now,
    newId: options.newId ?? randomId,
    report,
  };
}

function thresholds(
  refused: (message: string) => void,
  given: boolean | WriteThrough | undefined,
): Required<WriteThrough> | undefined {
  if (!given) return undefined;
  const { every, everyMs }: WriteThrough = given === true ? { every: 1 } : given;
  const never = Number.POSITIVE_INFINITY;
  return {
    every: numberOption(refused, 'writeThrough.every', every, never),
    everyMs: numberOption(refused, 'writeThrough.everyMs', everyMs, never),
  };
}

/** 64 random bits; not node:crypto, which costs 3 to 4 ms of init. */
function randomId(): string {
  const half = () =>
    Math.floor(Math.random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return half() + half();
}

function processSink(): Sink {
  const send = createUdpEmitter(process.env.AWS_XRAY_DAEMON_ADDRESS);
  // Straight to stdout: the runtime's console would wrap an EMF line in its own.
  return { write: writeStdout, send };
}

function createReport(
  log: LogWriter,
  tally: Tally | undefined,
  onError: InstrumentOptions['onError'],
): (issue: TelemetryIssue) => void {
  const told = new Set<string>();
  return (issue) => {
    countIssue(tally, issue);
    const key = 'metric' in issue || 'dimension' in issue ? subjectOf(issue) : `${issue.code} ${issue.message}`;
    if (!told.has(key) && told.size < 100) {
      told.add(key);
      log(issue.code === 'namespace' ? 'error' : 'warn', issue.message, { telemetry_issue: issue.code });
    }
    tell(onError, issue);
  };
}
