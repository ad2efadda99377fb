import { Logger } from '@aws-lambda-powertools/logger';
import type { Masker } from '../masking/masker.ts';
import type { Sink } from '../sink/sink.ts';
import { withConsole } from '../sink/with-console.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Ids of AWS, which may look like telephone numbers. */
const IDS = new Set(['function_request_id', 'xray_trace_id', 'producer_trace_id', 'message_id', 'timestamp']);

/** What a line belongs to: an invocation, or a record of its batch. */
export type LogScope = { readonly parent?: LogScope | undefined };

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

/**
 * Lines through Powertools Logger: its level, format and environment variables. It is made for the first line, as many
 * an invocation writes none. Attributes are given with each line, so that overlapping invocations share nothing; values
 * are masked as they become JSON.
 */
export function createLogWriter(parts: LogParts): LogWriter {
  const { service, sink } = parts;
  let logger: Logger | undefined;
  return (level, message, attributes) => {
    try {
      logger ??= openLogger(parts);
      logger[level](message, attributes);
    } catch (error) {
      sink.write(`${JSON.stringify({ level: 'ERROR', service, message: `log line lost: ${String(error)}` })}\n`);
    }
  };
}

function openLogger({ service, sink, masker, logLevel }: LogParts): Logger {
  const write = (line: string) => sink.write(`${line}\n`);
  const options = {
    ...(logLevel && { logLevel }),
    serviceName: process.env.POWERTOOLS_SERVICE_NAME || service,
    jsonReplacerFn: (key: string, value: unknown) => (IDS.has(key) ? value : masker.replacer(key, value)),
  };
  const console = { debug: write, info: write, warn: write, error: write, log: write, trace: write };
  return withConsole(Logger, options, console);
}
