import { createLogWriter, type LogLevel, type LogParts, type LogScope, type LogWriter } from './log-writer.ts';

export type LogBufferOptions = {
  /** Lines of this level and below wait, whatever the log level is. Default `debug`. */
  readonly level?: 'debug' | 'info' | 'warn';
  /** How much waits in one invocation or record; beyond, the oldest lines are dropped. Default 20,480 bytes. */
  readonly maxBytes?: number;
  /** Whether a line of level error writes what waits. Default true; a failure of the invocation or record always does. */
  readonly flushOnErrorLog?: boolean;
};

export type BufferedLog = {
  readonly log: LogWriter;
  /** Writes what waits of a scope and of those around it, oldest first. */
  flush(scope: LogScope): void;
};

export type LogBuffer = (parts: LogParts, write: LogWriter) => BufferedLog;

type Waiting = { readonly lines: string[]; bytes: number; dropped: number };

const LEVELS: readonly LogLevel[] = ['debug', 'info', 'warn', 'error'];

/**
 * Holds back the lines of a low level, for the `logBuffer` option: they are written when their invocation or record
 * fails, just before a timeout and on SIGTERM, and dropped when all is well. Each is made when it is logged, so its
 * time and content are those of that moment.
 */
export function bufferLogs(options: LogBufferOptions = {}): LogBuffer {
  const { level: highest = 'debug', maxBytes = 20_480, flushOnErrorLog = true } = options;
  return (parts, write) => {
    const held = new WeakMap<LogScope, Waiting>();
    let line = '';
    const take = {
      write(text: string) {
        line = text;
      },
    };
    const render = createLogWriter({ ...parts, sink: take, logLevel: 'TRACE' });
    const flush = (scope: LogScope): void => {
      if (scope.parent) flush(scope.parent);
      const waiting = held.get(scope);
      if (!waiting) return;
      held.delete(scope);
      for (const text of waiting.lines) parts.sink.write(text);
      if (waiting.dropped > 0)
        write('warn', `${waiting.dropped} log lines did not fit: raise maxBytes of logBuffer`, {});
    };
    const log: LogWriter = (level, message, attributes, scope) => {
      if (!scope || LEVELS.indexOf(level) > LEVELS.indexOf(highest)) {
        if (scope && level === 'error' && flushOnErrorLog) flush(scope);
        return write(level, message, attributes);
      }
      line = '';
      render(level, message, attributes);
      if (Buffer.byteLength(line) > maxBytes) parts.sink.write(line);
      else if (line !== '') hold(held, scope, line, maxBytes);
    };
    return { log, flush };
  };
}

function hold(held: WeakMap<LogScope, Waiting>, scope: LogScope, line: string, maxBytes: number): void {
  const waiting = held.get(scope) ?? { lines: [], bytes: 0, dropped: 0 };
  held.set(scope, waiting);
  waiting.lines.push(line);
  waiting.bytes += Buffer.byteLength(line);
  while (waiting.bytes > maxBytes) {
    waiting.bytes -= Buffer.byteLength(waiting.lines.shift() ?? '');
    waiting.dropped += 1;
  }
}
