import { textOf } from '../tracing/exceptions.ts';
import type { Sink } from './sink.ts';

/** Tells of what a sink throws: a pipe that nobody reads any more, an application's own sink. Costs only that line. */
export function safeSink(sink: Sink, failed: (message: string, error: unknown) => void): Sink {
  let telling = false;
  const safely = (what: string, run: () => void): void => {
    try {
      run();
    } catch (error) {
      // To say so takes a line too.
      if (telling) return;
      telling = true;
      failed(`${what} could not be written: ${textOf(error)}`, error);
      telling = false;
    }
  };
  return {
    write: (line) => safely('a line', () => sink.write(line)),
    send: (document) => safely('a document of a trace', () => sink.send(document)),
    ...(sink.traceHeader !== undefined && { traceHeader: sink.traceHeader }),
  };
}
