import { LogFormatter } from '@aws-lambda-powertools/logger';
import type { Masker } from '../masking/masker.ts';
import type { Sink } from '../runtime/options.ts';
import type { LogScope } from './log-buffer.ts';
import { type LogLevel, logSettings, thresholdOf } from './log-settings.ts';

/** Ids of AWS, which may look like telephone numbers. */
const IDS = new Set(['function_request_id', 'xray_trace_id', 'producer_trace_id', 'message_id', 'timestamp']);

/** What the line says of itself: an attribute of that name is dropped, and that is said once. */
const RESERVED = new Set(['level', 'message', 'sampling_rate', 'service', 'timestamp', '__proto__']);

/** Writes one structured line. `attributes` holds what it says besides its message, `scope` is whose line it is. */
export type LogWriter = (
  level: LogLevel,
  message: string,
  attributes: Readonly<Record<string, unknown>>,
  scope?: LogScope,
) => void;

export type LogParts = {
  readonly service: string;
  readonly sink: Pick<Sink, 'write'>;
  readonly masker: Masker;
  /** Default: POWERTOOLS_LOG_LEVEL, else INFO. */
  readonly logLevel?: 'TRACE';
};

type Line = Record<string, unknown>;

/**
 * The lines that Powertools Logger writes, by its environment variables and with its formatter. Not through its class:
 * that loads node:crypto, half of all init, and reads the environment many times a line. Attributes are given with
 * each line, so that overlapping invocations share nothing; values are masked as they become JSON.
 */
export function createLogWriter({ service: given, sink, masker, logLevel }: LogParts): LogWriter {
  const { threshold, samplingRate, sampled, indentation } = logSettings(process.env, Math.random, logLevel);
  const service = process.env.POWERTOOLS_SERVICE_NAME || given;
  // Abstract only in what makes a line of attributes.
  const formatter: LogFormatter = Reflect.construct(LogFormatter, []);
  const render = createRenderer(masker, formatter);
  const told = new Set<string>();

  const write: LogWriter = (level, message, attributes) => {
    if (thresholdOf(level) < threshold) return;
    try {
      const timestamp = formatter.formatTimestamp(new Date());
      const line: Line = { level: level.toUpperCase(), message, timestamp, service, sampling_rate: samplingRate };
      for (const [key, value] of Object.entries(attributes)) {
        if (!RESERVED.has(key)) {
          if (value !== undefined && value !== null && value !== '') line[key] = value;
        } else if (!told.has(key)) {
          told.add(key);
          write('warn', `The key "${key}" is a reserved key and will be dropped.`, {});
        }
      }
      line.xray_trace_id ??= traceIdInEnvironment();
      sink.write(`${render(line, indentation)}\n`);
    } catch (error) {
      sink.write(`${JSON.stringify({ level: 'ERROR', service, message: `log line lost: ${String(error)}` })}\n`);
    }
  };
  if (sampled) write('debug', 'Setting log level to DEBUG due to sampling rate', {});
  return write;
}

/** A line as JSON: flat ones, which most are, without a replacer, which costs as much as all the rest. */
function createRenderer(masker: Masker, formatter: LogFormatter): (line: Line, indentation: number) => string {
  return (line, indentation) => {
    const flat: Line = {};
    for (const [key, value] of Object.entries(masker.replacer('', line) as Line)) {
      if (typeof value === 'object') return nested(line, indentation);
      const shown = IDS.has(key) ? value : masker.replacer(key, value);
      flat[key] = typeof shown === 'bigint' ? `${shown}` : shown;
    }
    return JSON.stringify(flat, undefined, indentation);
  };

  function nested(line: Line, indentation: number): string {
    const ancestors: { readonly value: object; readonly shown: object }[] = [];
    function replace(this: unknown, key: string, value: unknown): unknown {
      const masked = IDS.has(key) ? value : masker.replacer(key, value);
      if (typeof masked === 'bigint') return `${masked}`;
      if (typeof masked !== 'object' || masked === null) return masked;
      while (ancestors.length > 0 && ancestors.at(-1)?.shown !== this) ancestors.pop();
      if (ancestors.some((ancestor) => ancestor.value === value)) return undefined;
      const shown = masked instanceof Error ? formatter.formatError(masked) : masked;
      ancestors.push({ value: Object(value), shown });
      return shown;
    }
    return JSON.stringify(line, replace, indentation);
  }
}

/** Where tracing is off, or there is no invocation. */
function traceIdInEnvironment(): string | undefined {
  return /(?:^|;)Root=([^;]*)/.exec(process.env._X_AMZN_TRACE_ID ?? '')?.[1];
}
