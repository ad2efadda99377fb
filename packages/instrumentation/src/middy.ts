import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import { frames, type Invocation } from './runtime/invocation.ts';
import { closeInvocation, openInvocation } from './runtime/lifecycle.ts';
import { createObserver } from './runtime/observer.ts';
import type { InstrumentOptions } from './runtime/options.ts';
import { flushOnShutdown } from './runtime/shutdown.ts';

/** The part of Middy's request that the middleware reads. */
export type MiddyRequest = {
  readonly event: unknown;
  readonly context: Context;
  response?: unknown;
  error?: unknown;
};

export type InstrumentationMiddleware = {
  before(request: MiddyRequest): void;
  after(request: MiddyRequest): void;
  onError(request: MiddyRequest): void;
};

/**
 * The same instrumentation as `instrument`, for Middy 6 and 7: put it first. `before` is synchronous, as only then the
 * context reaches the handler. A middleware that ends the request early skips `after`; the response it sets is seen,
 * and so is the error of an `onError` that throws.
 *
 * @throws TypeError at once where the contract declares no such handler.
 */
export function instrumentation<C extends Contract, E extends EmitterName<C> & EmitterName<C, 'handler'>>(
  contract: C,
  emitter: E,
  options?: InstrumentOptions,
): InstrumentationMiddleware {
  const observer = createObserver(contract, emitter, options);
  flushOnShutdown();
  const opened = new WeakMap<object, Invocation>();
  const close = (request: MiddyRequest) => {
    const invocation = opened.get(request);
    const { error, response } = request;
    if (isStream(response)) observer.report({ code: 'streamed-response', message: STREAMED });
    if (invocation) closeInvocation(invocation, error === undefined ? { response } : { error });
  };
  return {
    before(request) {
      // The same middleware twice.
      if (opened.has(request)) return;
      const invocation = openInvocation(observer, request.event, request.context);
      opened.set(request, invocation);
      onShortCut(request, () => close(request));
      frames.enterWith({ invocation, scope: invocation.scope, span: invocation.root, entered: true });
    },
    after: close,
    onError: close,
  };
}

const STREAMED = 'Middy streams this response after the telemetry is out: what comes later may be lost';

/** What Middy takes for a stream: the response or its body. */
function isStream(response: unknown): boolean {
  if (typeof response !== 'object' || response === null) return false;
  const body: unknown = 'body' in response ? response.body : response;
  return body instanceof ReadableStream || (typeof body === 'object' && body !== null && 'pipe' in body);
}

/**
 * Calls back where Middy calls nobody else: when a middleware answers by itself, for which Middy marks the request with
 * `earlyResponse` and sets the response, and when an `onError` throws, whose error takes the place of the request's.
 */
function onShortCut(request: MiddyRequest, seen: () => void): void {
  let { response, error } = request;
  Object.defineProperties(request, {
    response: {
      configurable: true,
      enumerable: true,
      get: () => response,
      set: (value: unknown) => {
        response = value;
        if (Object.hasOwn(request, 'earlyResponse')) seen();
      },
    },
    error: {
      configurable: true,
      enumerable: true,
      get: () => error,
      set: (value: unknown) => {
        const earlier = error;
        error = value;
        if (earlier !== undefined && isUnhandled(value, earlier)) seen();
      },
    },
  });
}

/** Whether Middy says that an `onError` threw this: as it was, with the earlier one in it, or as no object. */
function isUnhandled(error: unknown, earlier: unknown): boolean {
  if (error === earlier || typeof error !== 'object' || error === null) return true;
  return 'originalError' in error && error.originalError === earlier;
}
