import { randomUUID } from 'node:crypto';
import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import type { Clock } from '../core/clock.ts';
import type { ResolvedFunction } from '../lambda/resolve-functions.ts';
import { ageMetrics, droppedMetrics, receivedMetrics } from '../platform/async-metrics.ts';
import type { TracedInvoke, TracedInvokeOptions } from '../xray/invocation/traced-invoke.ts';
import type { AsyncError, AsyncEvent, AsyncEventChange, AsyncEventState } from './async-event.ts';
import { isExpired, outcomeOf, type RetrySettings } from './next-attempt.ts';

/** Lambda's queue of events: each is tried until its function has dealt with it, or as often as that allows. */
export type AsyncEvents = {
  /**
   * Takes an event and lets the function run. Returns the request id that all attempts have.
   * @throws AsyncEventsFull for one that would be more than may wait; what the journal says of a full disk.
   */
  readonly accept: (functionName: string, payload: string, options?: AcceptOptions) => string;
  /** Goes on with what waited when the last process ended. */
  readonly start: () => void;
  /** Ends all waiting; the events stay for the next process. */
  readonly stop: () => void;
};

export type AcceptOptions = Pick<TracedInvokeOptions, 'traceHeader'>;

export type AsyncEventsSetting = {
  readonly state: AsyncEventState;
  readonly commit: (change: AsyncEventChange) => void;
  readonly functions: readonly ResolvedFunction[];
  readonly invoke: TracedInvoke;
  readonly clock: Clock;
  readonly addMetrics: (data: readonly MetricDatum[]) => void;
  /** Puts what is dropped on the function's dead-letter queue; says why not, where it cannot. */
  readonly sendToQueue: (name: string, event: AsyncEvent, error: AsyncError) => string | undefined;
  readonly warn: (message: string) => void;
};

/** Too much waits already. */
export class AsyncEventsFull extends Error {
  override readonly name = 'AsyncEventsFull';

  constructor(functionName: string, byteLimit: number) {
    super(
      `an event for ${functionName} was refused: those that wait have the ${byteLimit} bytes that they may ` +
        'take (asyncEventByteLimit)',
    );
  }
}

/** As Lambda has them where nothing is configured. */
const settingsOf = ({ maximumRetryAttempts, maximumEventAgeSeconds }: ResolvedFunction): RetrySettings => ({
  maximumRetryAttempts: maximumRetryAttempts ?? 2,
  maximumEventAgeSeconds: maximumEventAgeSeconds ?? 21_600,
});

type Lambda = AsyncEventsSetting & { isStopped: boolean };

export const createAsyncEvents = (setting: AsyncEventsSetting): AsyncEvents => {
  const lambda: Lambda = { ...setting, isStopped: false };
  const { state, commit, clock, addMetrics } = setting;
  const timers = new Map<string, () => void>();
  const schedule = ({ requestId, dueAt }: AsyncEvent): void => {
    // By its id: a payload that a reset has dropped is not to be held until then.
    const run = async (): Promise<void> => {
      timers.delete(requestId);
      const event = state.waiting.get(requestId);
      const next = event && (await attempt(lambda, event));
      if (next !== undefined) schedule(next);
    };
    if (dueAt <= clock.now()) void run();
    else timers.set(requestId, clock.at(dueAt, run));
  };
  return {
    accept: (functionName, payload, options = {}) => {
      if (state.bytes() + Buffer.byteLength(payload) > state.maxBytes) {
        throw new AsyncEventsFull(functionName, state.maxBytes);
      }
      const now = clock.now();
      const event = { requestId: randomUUID(), functionName, payload, ...options, failures: 0 };
      const accepted = { ...event, acceptedAt: now, dueAt: now };
      commit({ kind: 'waiting', event: accepted });
      addMetrics(receivedMetrics(functionName, now));
      schedule(accepted);
      return event.requestId;
    },
    start: () => [...state.waiting.values()].forEach(schedule),
    stop: () => {
      lambda.isStopped = true;
      for (const cancel of timers.values()) cancel();
      timers.clear();
    },
  };
};

/** Tries once. Gives back the event as it waits for the next attempt, where there is one. Never rejects. */
const attempt = async (lambda: Lambda, event: AsyncEvent): Promise<AsyncEvent | undefined> => {
  try {
    const { clock, commit, state } = lambda;
    const definition = definitionOf(lambda, event);
    if (definition === undefined) return drop(lambda, event);
    const settings = settingsOf(definition);
    if (isExpired(event, settings, clock.now())) return drop(lambda, event, event.error);
    const result = await invoke(lambda, event);
    // What a stop has ended is tried again by the next process, and what a reset has dropped is not.
    if (lambda.isStopped || !state.waiting.has(event.requestId)) return undefined;
    const outcome = outcomeOf(event, result, settings, clock.now());
    if (outcome.kind === 'dropped') return drop(lambda, event, outcome.error);
    const isDone = outcome.kind === 'done';
    commit(isDone ? { kind: 'gone', requestId: event.requestId } : { kind: 'waiting', event: outcome.event });
    return isDone ? undefined : outcome.event;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (!lambda.isStopped) lambda.warn(`an event for ${event.functionName} waits for the next start: ${reason}`);
    return undefined;
  }
};

/** `undefined` for a function that was defined when the event came, before a restart. */
const definitionOf = ({ functions }: Lambda, { functionName }: AsyncEvent): ResolvedFunction | undefined =>
  functions.find(({ name }) => name === functionName);

const invoke = (lambda: Lambda, event: AsyncEvent) => {
  const { requestId, functionName, payload, traceHeader, acceptedAt } = event;
  const now = lambda.clock.now();
  lambda.addMetrics(ageMetrics(functionName, now - acceptedAt, now));
  return lambda.invoke(functionName, payload, {
    kind: 'Event',
    requestId,
    ...(traceHeader !== undefined && { traceHeader }),
  });
};

const drop = (lambda: Lambda, event: AsyncEvent, error: AsyncError = { code: 200, message: '' }): undefined => {
  const { requestId, functionName } = event;
  const queue = definitionOf(lambda, event)?.deadLetterQueue;
  const failure = queue === undefined ? undefined : lambda.sendToQueue(queue, event, error);
  if (failure !== undefined) lambda.warn(`an event of ${functionName} did not reach ${queue}: ${failure}`);
  lambda.addMetrics(droppedMetrics(functionName, failure !== undefined, lambda.clock.now()));
  lambda.commit({ kind: 'gone', requestId });
  return undefined;
};
