import { jsonLine, LOG_LEVELS, type LogLevel, type LogRecord, textLine } from './log-line.ts';
import { errorForTextLog } from './runtime-error.ts';

export type RuntimeLog = {
  /** Logs an error of the runtime's own telling, e.g. `Invoke Error`. */
  readonly error: (title: string, thrown: unknown) => void;
};

const METHODS: Readonly<Record<'trace' | 'debug' | 'info' | 'log' | 'warn' | 'error' | 'fatal', LogLevel>> = {
  trace: 'TRACE',
  debug: 'DEBUG',
  info: 'INFO',
  log: 'INFO',
  warn: 'WARN',
  error: 'ERROR',
  fatal: 'FATAL',
};

/**
 * Makes the console's methods write Lambda's log lines to stdout, from `AWS_LAMBDA_LOG_LEVEL` upwards.
 * `process.stdout.write` and other Console objects stay as they are.
 */
export function patchConsole(json: boolean, requestId: () => string | undefined): RuntimeLog {
  const render: (record: LogRecord) => string = json ? jsonLine : textLine;
  const least = LOG_LEVELS.indexOf((process.env.AWS_LAMBDA_LOG_LEVEL ?? 'TRACE').toUpperCase() as LogLevel);
  const write = (level: LogLevel, parameters: readonly unknown[]) => {
    const timestamp = new Date().toISOString();
    process.stdout.write(render({ timestamp, level, requestId: requestId(), parameters }));
  };
  for (const [method, level] of Object.entries(METHODS)) {
    const silent = LOG_LEVELS.indexOf(level) < least;
    const log = (...parameters: unknown[]) => write(level, parameters);
    Reflect.set(globalThis.console, method, silent ? () => {} : log);
  }
  return {
    error(title, thrown) {
      const error = thrown instanceof Error ? thrown : new Error(String(thrown));
      write('ERROR', json ? [error] : [title, errorForTextLog(error)]);
    },
  };
}
