import { Logger } from '@aws-lambda-powertools/logger';
import type { Masker } from '../masking/masker.ts';
import type { Sink } from '../runtime/options.ts';
import type { LogScope } from './log-buffer.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** Ids of AWS, which may look like telephone numbers. */
const IDS = new Set(['function_request_id', 'xray_trace_id', 'producer_trace_id', 'message_id', 'timestamp']);

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
 * Lines through Powertools Logger: its level, format and environment variables. Attributes are given with each line,
 * so that overlapping invocations share nothing; values are masked as they become JSON.
 */
export function createLogWriter({ service, sink, masker, logLevel }: LogParts): LogWriter {
  const logger = new Logger({
    ...(logLevel && { logLevel }),
    serviceName: process.env.POWERTOOLS_SERVICE_NAME || service,
    jsonReplacerFn: (key, value) => (IDS.has(key) ? value : masker.replacer(key, value)),
  });
  const write = (line: string) => sink.write(`${line}\n`);
  // Powertools prints through a Console of its own; ours keeps the moment and the sink of the write.
  Object.assign(logger, {
    console: { debug: write, info: write, warn: write, error: write, log: write, trace: write },
  });
  return (level, message, attributes) => {
    try {
      logger[level](message, attributes);
    } catch (error) {
      sink.write(`${JSON.stringify({ level: 'ERROR', service, message: `log line lost: ${String(error)}` })}\n`);
    }
  };
}
