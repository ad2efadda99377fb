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
    next = isError(next) ? member(next, 'cause') : undefined;
  }
  chain.forEach((exception, index) => {
    const cause = chain[index + 1];
    span.exceptions.push(cause ? { ...exception, cause: cause.id } : exception);
  });
}

function exceptionOf(error: unknown, id: string, mask: (text: string) => string): SegmentException {
  const text = (value: unknown) => mask(textOf(value)).slice(0, 1000);
  if (!isError(error)) return { id, type: typeof error, message: text(error) };
  const frames = stackFrames(member(error, 'stack'));
  return {
    id,
    type: text(member(error, 'name')),
    message: text(member(error, 'message')),
    ...(member(error, '$fault') !== undefined && { remote: true }),
    ...(frames.length > MOST_FRAMES && { truncated: frames.length - MOST_FRAMES }),
    stack: frames.slice(0, MOST_FRAMES),
  };
}

export function flagsOf(error: unknown): SpanRecord['flags'] {
  const status = statusOf(error);
  const name = isError(error) ? member(error, 'name') : '';
  if (status === 429 || /^(Throttl|TooManyRequests)/.test(textOf(name))) return { error: true, throttle: true };
  if (status !== undefined ? status >= 400 && status < 500 : member(error, '$fault') === 'client')
    return { error: true };
  return { fault: true };
}

function statusOf(error: unknown): number | undefined {
  const status =
    member(member(error, '$metadata'), 'httpStatusCode') ?? member(error, 'statusCode') ?? member(error, 'status');
  return typeof status === 'number' ? status : undefined;
}

/** Whatever is thrown may have getters that throw, and members of any type: none of it may replace what was thrown. */
function member(value: unknown, key: string): unknown {
  try {
    return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  } catch {
    return undefined;
  }
}

function isError(value: unknown): value is Error {
  try {
    return value instanceof Error;
  } catch {
    return false;
  }
}

/** A value as text; `[unreadable]` for an object that has none. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return '[unreadable]';
  }
}

/** V8's stack lines: `at label (path:line:column)` or `at path:line:column`. */
export function stackFrames(stack: unknown): StackFrame[] {
  return (typeof stack === 'string' ? stack : '').split('\n').flatMap((text) => {
    const match = /^\s+at (?:(.*?) \()?(.*?):(\d+):\d+\)?$/.exec(text);
    return match ? [{ path: match[2] ?? '', line: Number(match[3]), label: match[1] ?? 'anonymous' }] : [];
  });
}
