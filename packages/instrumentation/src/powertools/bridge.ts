import AWSXRay from 'aws-xray-sdk-core';
import { type Frame, frames, inFlight } from '../runtime/invocation.ts';
import { copyCurrent, currentSegment, setCurrentSegment } from './current-segment.ts';
import type { SegmentLike } from './sdk-segments.ts';

type Context = Record<string, unknown>;
type Run = (body: (context: Context) => unknown) => Context;

/** The part of cls-hooked's Namespace that decides what is current. */
type Namespace = {
  get(key: string): unknown;
  set(key: string, value: unknown): unknown;
  run: Run;
  runPromise<T>(body: (context: Context) => Promise<T>): Promise<T>;
  bind<F extends (...args: never[]) => unknown>(body: F, context?: Context): F;
};

/** Under this name the SDK keeps its current segment or subsegment. */
const SEGMENT = 'segment';

const bridged = new WeakSet<object>();

/**
 * Makes the spans of this package the current segment of aws-xray-sdk-core, and with it of Powertools Tracer: what
 * those record is part of the handler's subsegment, and is sent with it. Call it once, beside the imports. Inside an
 * instrumented handler nothing is left of the one facade segment that the SDK keeps for all invocations; outside one
 * the SDK is as it was. Switches the SDK to automatic mode, the only one that it has on Lambda.
 */
export function bridgeXRay(): void {
  if (!AWSXRay.isAutomaticMode()) AWSXRay.enableAutomaticMode();
  const namespace = AWSXRay.getNamespace() as unknown as Namespace;
  if (bridged.has(namespace)) return;
  bridged.add(namespace);
  // Changed in place: patched clients hold on to the namespace that they found.
  Object.assign(namespace, bridgedNamespace(namespace));
}

/** All keys but the segment's stay where they were, in the SDK's own context. */
function bridgedNamespace(namespace: Namespace): Namespace {
  const own = {
    get: namespace.get.bind(namespace),
    set: namespace.set.bind(namespace),
    run: namespace.run.bind(namespace),
    runPromise: namespace.runPromise.bind(namespace),
    bind: namespace.bind.bind(namespace),
  };
  return {
    get(key) {
      const frame = key === SEGMENT ? here() : 'none';
      return frame === 'none' ? own.get(key) : frame && currentSegment(frame);
    },
    set(key, value) {
      const frame = key === SEGMENT ? here() : 'none';
      if (frame === 'none') return own.set(key, value);
      if (frame) setCurrentSegment(frame, value as SegmentLike | undefined);
      return frame && value;
    },
    run: (body) => own.run(inNewFrame(body)),
    runPromise: (body) => own.runPromise(inNewFrame(body)),
    bind(body, context) {
      const frame = here();
      const bound = own.bind(body, context);
      if (typeof frame !== 'object') return bound;
      // The caller's `this` goes through, as it does through the SDK's.
      const framed = function (this: unknown, ...args: never[]) {
        return frames.run(frame, () => bound.apply(this, args));
      };
      return framed as typeof body;
    },
  };
}

/** The body in a frame of its own, so that what it makes current ends with it. */
function inNewFrame<A extends unknown[], T>(body: (...args: A) => T): (...args: A) => T {
  return (...args) => {
    const frame = here();
    if (typeof frame !== 'object') return body(...args);
    const inner = { ...frame };
    copyCurrent(frame, inner);
    return frames.run(inner, () => body(...args));
  };
}

const lost = new WeakMap<object, Frame>();

/**
 * The frame a call is made in; where the context was lost, that of the only invocation in flight. `none` outside
 * invocations, and undefined where it cannot be told which: the SDK then says that it misses its context.
 */
function here(): Frame | 'none' | undefined {
  const frame = frames.getStore();
  if (frame && !(frame.entered && frame.invocation.closed)) return frame;
  const [only, second] = inFlight;
  if (!only) return 'none';
  if (second) return undefined;
  const found = lost.get(only) ?? { invocation: only, scope: only.scope, span: only.root };
  lost.set(only, found);
  return found;
}
