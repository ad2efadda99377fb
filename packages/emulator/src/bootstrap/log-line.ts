import { format } from 'node:util';

export type LogLevel = 'TRACE' | 'DEBUG' | 'INFO' | 'WARN' | 'ERROR' | 'FATAL';

export const LOG_LEVELS: readonly LogLevel[] = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

export type LogRecord = {
  readonly timestamp: string;
  readonly level: LogLevel;
  readonly requestId: string | undefined;
  /** What was passed to the console method. */
  readonly parameters: readonly unknown[];
};

const oneLine = (text: string): string => `${text.replace(/\n/g, '\r')}\n`;

/** `timestamp TAB requestId TAB level TAB message`, inner line ends as `\r`, one line end. */
export function textLine({ timestamp, level, requestId, parameters }: LogRecord): string {
  return oneLine(`${timestamp}\t${requestId}\t${level}\t${format(...parameters)}`);
}

function errorMembers(error: Error): Record<string, unknown> {
  return {
    errorType: error.constructor?.name ?? 'UnknownError',
    errorMessage: error.message,
    stackTrace: typeof error.stack === 'string' ? error.stack.split('\n') : [],
  };
}

function errorsAsObjects(_key: string, value: unknown): unknown {
  return value instanceof Error ? { ...errorMembers(value), ...value } : value;
}

/**
 * `{timestamp, level, requestId, message}` as one line of JSON. A single parameter is kept as the JSON value that it
 * is; several are formatted into one string, and the first error among them is spelled out beside the message.
 */
export function jsonLine({ timestamp, level, requestId, parameters }: LogRecord): string {
  const members = { timestamp, level, requestId };
  if (parameters.length <= 1) {
    try {
      return oneLine(JSON.stringify({ ...members, message: parameters[0] }, errorsAsObjects));
    } catch {
      return oneLine(JSON.stringify({ ...members, message: format(parameters[0]) }));
    }
  }
  const error = parameters.find((parameter) => parameter instanceof Error);
  return oneLine(
    JSON.stringify({
      ...members,
      message: format(...parameters),
      ...(error instanceof Error ? errorMembers(error) : {}),
    }),
  );
}
