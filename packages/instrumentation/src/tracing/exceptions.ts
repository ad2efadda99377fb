import type { SegmentException, StackFrame } from '@voice-campaign/metrics-schema';
import type { SpanRecord } from './span-record.ts';

const MOST_FRAMES = 50;
const MOST_CAUSES = 5;

/**
 * Records an error as a span's cause. `throttle` and `error` where it carries a 429 or another 4xx (a status, or the
 * AWS SDK's `$metadata` and `$fault`), else `fault`: the meanings X-Ray's documents give to the three.
 */
export function recordError(span: SpanRecord, error: unknown, id: () => string, mask: (text: string) => string): void {
  Object.assign(span.flags, flagsOf(error));
  let next: unknown = error;
  const chain: SegmentException[] = [];
  for (let depth = 0; depth < MOST_CAUSES && next !== undefined && next !== null; depth += 1) {
    chain.push(exceptionOf(next, id(), mask));
    next = next instanceof Error ? next.cause : undefined;
  }
  chain.forEach((exception, index) => {
    const cause = chain[index + 1];
    span.exceptions.push(cause ? { ...exception, cause: cause.id } : exception);
  });
}

function exceptionOf(error: unknown, id: string, mask: (text: string) => string): SegmentException {
  if (!(error instanceof Error)) return { id, type: typeof error, message: mask(String(error)).slice(0, 1000) };
  const frames = stackFrames(error.stack);
  return {
    id,
    type: error.name,
    message: mask(error.message).slice(0, 1000),
    ...('$fault' in error && { remote: true }),
    ...(frames.length > MOST_FRAMES && { truncated: frames.length - MOST_FRAMES }),
    stack: frames.slice(0, MOST_FRAMES),
  };
}

export function flagsOf(error: unknown): SpanRecord['flags'] {
  const status = statusOf(error);
  const name = error instanceof Error ? error.name : '';
  if (status === 429 || /^(Throttl|TooManyRequests)/.test(name)) return { error: true, throttle: true };
  if (status !== undefined ? status >= 400 && status < 500 : member(error, '$fault') === 'client')
    return { error: true };
  return { fault: true };
}

function statusOf(error: unknown): number | undefined {
  const status =
    member(member(error, '$metadata'), 'httpStatusCode') ?? member(error, 'statusCode') ?? member(error, 'status');
  return typeof status === 'number' ? status : undefined;
}

function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** V8's stack lines: `at label (path:line:column)` or `at path:line:column`. */
export function stackFrames(stack: string | undefined): StackFrame[] {
  return (stack ?? '').split('\n').flatMap((text) => {
    const match = /^\s+at (?:(.*?) \()?(.*?):(\d+):\d+\)?$/.exec(text);
    return match ? [{ path: match[2] ?? '', line: Number(match[3]), label: match[1] ?? 'anonymous' }] : [];
  });
}
