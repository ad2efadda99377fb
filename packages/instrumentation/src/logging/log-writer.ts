import { Logger } from '@aws-lambda-powertools/logger';
import type { Masker } from '../masking/masker.ts';
import type { Sink } from '../sink/sink.ts';
import { withConsole } from '../sink/with-console.ts';
import { textOf } from '../tracing/exceptions.ts';

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
  const { service, sink, masker } = parts;
  let logger: Logger | undefined;
  return (level, message, attributes) => {
    try {
      logger ??= openLogger(parts);
      logger[level](message, attributes);
    } catch (error) {
      const lost = { level: level.toUpperCase(), service, message, lost: `the attributes: ${textOf(error)}` };
      sink.write(`${JSON.stringify(masker.value('', lost))}\n`);
    }
  };
}

/** So many causes of an error are formatted. */
const MOST_CAUSES = 5;

/** The error, its causes cut off where there are many: Powertools formats all, and of an error that is its own no end. */
function withFewCauses(error: Error, left = MOST_CAUSES): Error {
  const { cause } = error;
  if (!(cause instanceof Error)) return error;
  const kept = left > 1 ? withFewCauses(cause, left - 1) : '[more causes]';
  if (kept === cause) return error;
  const own = Object.getOwnPropertyDescriptors(error);
  return Object.create(error, { ...own, cause: { value: kept, writable: true, configurable: true } });
}

function openLogger({ service, sink, masker, logLevel }: LogParts): Logger {
  const write = (line: string) => sink.write(`${line}\n`);
  const options = {
    ...(logLevel && { logLevel }),
    serviceName: process.env.POWERTOOLS_SERVICE_NAME || service,
    jsonReplacerFn: (key: string, value: unknown) =>
      IDS.has(key) ? value : masker.replacer(key, value instanceof Error ? withFewCauses(value) : value),
  };
  const console = { debug: write, info: write, warn: write, error: write, log: write, trace: write };
  return withConsole(Logger, options, console);
}
