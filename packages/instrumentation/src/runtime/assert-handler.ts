import type { Contract } from '@voice-campaign/metrics-schema';

/** @throws TypeError where the contract declares no such handler: a mistake of the code, found when it is loaded. */
export function assertDeclared(contract: Contract, emitter: string): void {
  if (contract.emitters[emitter]?.kind === 'handler') return;
  const handlers = Object.entries(contract.emitters).flatMap(([name, { kind }]) => (kind === 'handler' ? [name] : []));
  throw new TypeError(
    `The contract declares no handler ${emitter}: declare it in \`emitters\`, or use ${handlers.join(', ')}`,
  );
}

/** What `awslambda.streamifyResponse` marks a handler with. */
const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
const WAY_OUT = 'let the handler return its response, or a promise of it';

/** @throws TypeError for a handler whose end cannot be seen: one that streams its response or takes a callback. */
export function assertAwaitable(handler: unknown): void {
  if (typeof handler !== 'function') throw new TypeError(`A handler is a function, not of type ${typeof handler}`);
  if (STREAMING in handler) throw new TypeError(`Streamed responses are not supported: ${WAY_OUT}`);
  if (handler.length > 2) throw new TypeError(`Callbacks are not supported: ${WAY_OUT}`);
}

/** @throws TypeError where the runtime does not call with (event, context), as it streams the response. */
export function assertContext(context: unknown): void {
  if (typeof context === 'object' && context !== null && 'awsRequestId' in context) return;
  throw new TypeError(`An instrumented handler is called with (event, context), not to stream: ${WAY_OUT}`);
}
