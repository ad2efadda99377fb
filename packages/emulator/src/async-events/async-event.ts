import type { Persistent } from '../state/journal.ts';

/** An event that Lambda has taken and no invocation has dealt with yet. Instants are of the emulator's clock, epoch ms. */
export type AsyncEvent = {
  /** The same in each attempt. */
  readonly requestId: string;
  readonly functionName: string;
  /** JSON. */
  readonly payload: string;
  readonly traceHeader?: string;
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** How often the function failed, and with what at last. */
  readonly failures: number;
  readonly error?: AsyncError;
};

/** Why an attempt failed, as a dead-letter queue is told: `code` is an HTTP status. */
export type AsyncError = { readonly code: number; readonly message: string };

export type AsyncEventChange =
  | { readonly kind: 'waiting'; readonly event: AsyncEvent }
  | { readonly kind: 'gone'; readonly requestId: string };

/** The events of Lambda's queue: what has not been dealt with when a process ends comes again in the next. */
export type AsyncEventState = Persistent<AsyncEventChange> & {
  readonly waiting: ReadonlyMap<string, AsyncEvent>;
  /** Of all payloads; no more than `maxBytes`. */
  readonly bytes: () => number;
  readonly maxBytes: number;
};

const DEFAULT_BYTE_LIMIT = 256 * 1024 * 1024;

export const createAsyncEventState = (maxBytes = DEFAULT_BYTE_LIMIT): AsyncEventState => {
  const waiting = new Map<string, AsyncEvent>();
  let bytes = 0;
  const remove = (requestId: string): void => {
    bytes -= Buffer.byteLength(waiting.get(requestId)?.payload ?? '');
    waiting.delete(requestId);
  };
  return {
    name: 'async-events',
    waiting,
    bytes: () => bytes,
    maxBytes,
    apply: (change) => {
      if (change.kind === 'gone') return remove(change.requestId);
      remove(change.event.requestId);
      waiting.set(change.event.requestId, change.event);
      bytes += Buffer.byteLength(change.event.payload);
    },
    events: () => [...waiting.values()].map((event) => ({ kind: 'waiting', event })),
    reset: () => {
      waiting.clear();
      bytes = 0;
    },
  };
};
