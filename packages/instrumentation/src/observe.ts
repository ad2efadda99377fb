import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import { toolsOf } from './runtime/tools-of.ts';
import type { Tools } from './tools.ts';

/**
 * The tools of whatever invocation each call is made in: for code below a handler, safe at module level, silent
 * outside an invocation.
 */
export function observe<C extends Contract, E extends EmitterName<C>>(_contract: C, _emitter: E): Tools<C, E> {
  return toolsOf<C, E>();
}
