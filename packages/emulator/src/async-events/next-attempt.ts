import { formatTraceHeader, parseTraceHeader } from '@voice-campaign/metrics-schema';
import type { InvocationResult } from '../lambda/invocation-result.ts';
import type { AsyncError, AsyncEvent } from './async-event.ts';

/** What a function's configuration for asynchronous invocation says (Lambda API reference, FunctionEventInvokeConfig). */
export type RetrySettings = {
  /** 0 to 2. */
  readonly maximumRetryAttempts: number;
  /** 60 to 21,600. */
  readonly maximumEventAgeSeconds: number;
};

export type AttemptOutcome =
  | { readonly kind: 'done' }
  | { readonly kind: 'again'; readonly event: AsyncEvent }
  | { readonly kind: 'dropped'; readonly error: AsyncError };

/** "A one-minute wait between the first two attempts, and two minutes between the second and third" (developer guide). */
const waitsMs = [60_000, 120_000];

const expiryOf = ({ acceptedAt }: AsyncEvent, { maximumEventAgeSeconds }: RetrySettings): number =>
  acceptedAt + 1000 * maximumEventAgeSeconds;

/** Whether an event is older than its function allows; one that has not been tried never is. */
export const isExpired = (event: AsyncEvent, settings: RetrySettings, now: number): boolean =>
  event.failures > 0 && now >= expiryOf(event, settings);

/**
 * What comes after an attempt. A function whose concurrency is set to 0 gets nothing, and nothing is tried again then; as
 * long as it is only busy its events wait for their turn, and are not throttled.
 */
export const outcomeOf = (
  event: AsyncEvent,
  result: InvocationResult,
  settings: RetrySettings,
  now: number,
): AttemptOutcome => {
  const message = result.error?.errorMessage ?? result.payload;
  if (result.throttled) return { kind: 'dropped', error: { code: 429, message } };
  if (result.functionError === undefined) return { kind: 'done' };
  const error = { code: 200, message };
  const wait = waitsMs[event.failures];
  if (event.failures >= settings.maximumRetryAttempts || wait === undefined) return { kind: 'dropped', error };
  const traceHeader = event.traceHeader ?? rootOf(result.traceHeader);
  const again = {
    ...event,
    ...(traceHeader !== undefined && { traceHeader }),
    failures: event.failures + 1,
    error,
    // At its expiry at the latest, to be dropped.
    dueAt: Math.min(now + wait, expiryOf(event, settings)),
  };
  return { kind: 'again', event: again };
};

/** The trace of the first attempt, in which the others go on: siblings, not children. */
const rootOf = (header: string | undefined): string | undefined => {
  const { root, sampled } = parseTraceHeader(header) ?? {};
  return root === undefined ? undefined : formatTraceHeader({ root, ...(sampled !== undefined && { sampled }) });
};
