import type { Invocation } from './invocation.ts';
import type { Handler } from './load-handler.ts';

/** How a handler ended. */
export type Outcome =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly thrown: unknown };

/** Told when the event loop has run empty; the last one set counts. */
export type EmptyLoop = { onEmpty: (() => void) | undefined };

const returned = (value: unknown): Outcome => ({ kind: 'returned', value });
const threw = (thrown: unknown): Outcome => ({ kind: 'threw', thrown });

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as PromiseLike<unknown> | null | undefined)?.then === 'function';
}

/** As the runtimes from Node 24 on: what the handler returns is the response. */
export async function callPromiseStyle(handler: Handler, { event, context }: Invocation): Promise<Outcome> {
  try {
    return returned(await handler(event, { ...context }));
  } catch (error) {
    return threw(error);
  }
}

/**
 * As the runtimes up to Node 22: a promise, a call of the third parameter, or one of `context.done`, `succeed` and
 * `fail` ends the invocation, whichever is first. A callback's result waits for an empty event loop unless
 * `context.callbackWaitsForEmptyEventLoop` is false; when the loop runs empty with nothing said, the response is null.
 */
export function callCallbackStyle(handler: Handler, invocation: Invocation, loop: EmptyLoop): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (outcome: Outcome) => {
      loop.onEmpty = undefined;
      resolve(outcome);
    };
    const fail = (error?: unknown) => settle(threw(error ?? 'handled'));
    const succeed = (value?: unknown) => settle(returned(value));
    const done = (error?: unknown, value?: unknown) => (error == null ? succeed(value) : fail(error));
    const context = { ...invocation.context, callbackWaitsForEmptyEventLoop: true, succeed, fail, done };
    const callback = (error?: unknown, value?: unknown) => {
      if (error == null && context.callbackWaitsForEmptyEventLoop) loop.onEmpty = () => succeed(value);
      else done(error, value);
    };
    loop.onEmpty = () => succeed(null);
    try {
      const result = handler(invocation.event, context, callback);
      if (isPromise(result)) result.then(succeed, fail);
    } catch (error) {
      done(error ?? 'handled');
    }
  });
}
