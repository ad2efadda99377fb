import type { LogBuffer } from '../logging/log-buffer.ts';
import type { MaskerOptions } from '../masking/masker.ts';
import type { SampleIssue } from '../metrics/sample-issue.ts';
import type { Sink } from '../sink/sink.ts';

/** What went wrong in the telemetry; the handler never notices. Codes are stable. */
export type TelemetryIssue =
  | SampleIssue
  | {
      readonly code:
        | 'bad-annotation'
        | 'bad-option'
        | 'bad-property'
        | 'batch-response'
        | 'namespace'
        | 'no-invocation'
        | 'other-emitter'
        | 'streamed-response'
        | 'too-many-annotations';
      readonly message: string;
    }
  | { readonly code: 'bad-call' | 'write-failed'; readonly message: string; readonly error: unknown };

export type Signals = { readonly metrics: boolean; readonly traces: boolean; readonly logs: boolean };

/** Whichever comes first, seen when a sample is taken or a span ends. */
export type WriteThrough = {
  /** After so many samples and spans. Default: any number. */
  readonly every?: number;
  /** When so many milliseconds have passed since the last write. Default: any number. */
  readonly everyMs?: number;
};

export type InstrumentOptions = {
  /** Default: POWERTOOLS_METRICS_NAMESPACE, else PROJECT_NAME/ENVIRONMENT, else the contract's own. */
  readonly namespace?: string;
  /** How long before the timeout everything is written, in milliseconds. Default 200. */
  readonly deadlineGuardMs?: number;
  /**
   * For handlers that block the event loop, which no timer can rescue: writes what there is after each sample and span
   * (`true`), or as the thresholds say. Default false.
   */
  readonly writeThrough?: boolean | WriteThrough;
  /** Announces an invocation that runs so long by a document of its span in progress; 0 at its start. Default never. */
  readonly inProgressAfterMs?: number;
  readonly masking?: MaskerOptions;
  /** `bufferLogs()`: lines of a low level wait, and are written where something goes wrong. */
  readonly logBuffer?: LogBuffer;
  readonly signals?: Partial<Signals>;
  readonly onError?: (issue: TelemetryIssue) => void;
  readonly sink?: Sink;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
  /** 16 hexadecimal digits, a new one at each call. */
  readonly newId?: () => string;
};

type Environment = Readonly<Record<string, string | undefined>>;

const isOff = (value: string | undefined): boolean => /^(0|false|off|no)$/i.test(value?.trim() ?? '');
const isOn = (value: string | undefined): boolean => /^(1|true|on|yes)$/i.test(value?.trim() ?? '');

/**
 * Which signals are on: VOICE_CAMPAIGN_OBSERVABILITY turns all off; _METRICS, _TRACES and _LOGS behind VOICE_CAMPAIGN
 * one each; Powertools' POWERTOOLS_METRICS_DISABLED and POWERTOOLS_TRACE_ENABLED are honoured.
 */
export function signalsOf(options: InstrumentOptions, environment: Environment): Signals {
  const all = !isOff(environment.VOICE_CAMPAIGN_OBSERVABILITY);
  const { metrics, traces, logs } = options.signals ?? {};
  return {
    metrics:
      all && (metrics ?? !(isOff(environment.VOICE_CAMPAIGN_METRICS) || isOn(environment.POWERTOOLS_METRICS_DISABLED))),
    traces:
      all && (traces ?? !(isOff(environment.VOICE_CAMPAIGN_TRACES) || isOff(environment.POWERTOOLS_TRACE_ENABLED))),
    logs: all && (logs ?? !isOff(environment.VOICE_CAMPAIGN_LOGS)),
  };
}
