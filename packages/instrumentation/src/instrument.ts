import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import { assertAwaitable, assertContext } from './runtime/assert-handler.ts';
import { frames, type Invocation } from './runtime/invocation.ts';
import { closeInvocation, openInvocation } from './runtime/lifecycle.ts';
import { createObserver } from './runtime/observer.ts';
import type { InstrumentOptions } from './runtime/options.ts';
import { flushOnShutdown } from './runtime/shutdown.ts';
import type { Tools } from './tools/tools.ts';
import { toolsOf } from './tools/tools-of.ts';

/** What a wrapped handler gets beside its event. */
export type HandlerTools<C extends Contract, E extends EmitterName<C>> = Tools<C, E> & {
  readonly context: Context;
  /** Aborts shortly before the timeout. */
  readonly signal: AbortSignal;
};

/**
 * Wraps a Lambda handler: an X-Ray subsegment around it, its metrics written as EMF before the response leaves, its
 * logs with the invocation's ids. The result and the errors of the handler are unchanged, whatever becomes of the
 * telemetry.
 *
 * @throws TypeError at once where the contract declares no such handler, and for one that streams its response or
 * takes a callback.
 */
export function instrument<C extends Contract, E extends EmitterName<C> & EmitterName<C, 'handler'>, Event, Result>(
  contract: C,
  emitter: E,
  handler: (event: Event, tools: HandlerTools<C, E>) => Result | Promise<Result>,
  options?: InstrumentOptions,
): (event: Event, context: Context) => Promise<Result> {
  assertAwaitable(handler);
  const observer = createObserver(contract, emitter, options);
  flushOnShutdown();
  return async (event, context) => {
    assertContext(context);
    const invocation = openInvocation(observer, event, context);
    const frame = { invocation, scope: invocation.scope, span: invocation.root };
    return frames.run(frame, () => settle(invocation, () => handler(event, handlerTools<C, E>(invocation))));
  };
}

async function settle<Result>(invocation: Invocation, run: () => Result | Promise<Result>): Promise<Result> {
  try {
    const result = await run();
    closeInvocation(invocation, { response: result });
    return result;
  } catch (error) {
    closeInvocation(invocation, { error });
    throw error;
  }
}

function handlerTools<C extends Contract, E extends EmitterName<C>>(invocation: Invocation): HandlerTools<C, E> {
  return { ...toolsOf<C, E>(invocation), context: invocation.context, signal: invocation.abort.signal };
}
