import type { LogEvent } from '../events.ts';
import { platformJson, platformText, type Telling } from './platform-lines.ts';

/** Whose line it may be: `beganAt`, in epoch milliseconds, is absent where no invocation is running. */
type Writer = { readonly requestId: string | undefined; readonly beganAt: number | undefined };

/** The log stream of one execution environment. */
export type FunctionLog = {
  readonly logStream: string;
  readonly platform: (telling: Telling, requestId?: string) => void;
  readonly line: (source: 'stdout' | 'stderr', message: string, writer: Writer) => void;
};

/** `YYYY/MM/DD/[$LATEST]<id>`, by UTC. */
export function logStreamName(now: number, id: string): string {
  return `${new Date(now).toISOString().slice(0, 10).replaceAll('-', '/')}/[$LATEST]${id}`;
}

/** The invocation that a line names itself: needed where several are in flight at once. */
export function requestIdIn(line: string): string | undefined {
  return /"requestId":"([0-9a-f-]{36})"/.exec(line)?.[1] ?? /^[^\t]+\t([0-9a-f-]{36})\t/.exec(line)?.[1];
}

/** Opens the stream: every line goes to `log` at once. */
export function openFunctionLog(
  { name, logFormat }: { readonly name: string; readonly logFormat: 'Text' | 'JSON' },
  logStream: string,
  { log, now }: { readonly log: (event: LogEvent) => void; readonly now: () => number },
): FunctionLog {
  const render = logFormat === 'JSON' ? platformJson : platformText;
  const place = { functionName: name, logGroup: `/aws/lambda/${name}`, logStream };
  const openedAt = now();
  const tell = (
    source: LogEvent['source'],
    message: string,
    { requestId, beganAt: writerBeganAt = openedAt }: Writer,
  ) =>
    log({
      ...{ ...place, timestamp: now(), message, source, writerBeganAt },
      ...(requestId === undefined ? {} : { requestId }),
    });
  return {
    logStream,
    line: tell,
    platform(telling, requestId) {
      const messages = render(telling, new Date(now()).toISOString());
      for (const message of messages) tell('platform', message, { requestId, beganAt: undefined });
    },
  };
}
