import type { Contract, EmitterName } from '@voice-campaign/metrics-schema';
import type { Tools } from './tools/tools.ts';
import { rulesFor, toolsOf } from './tools/tools-of.ts';

/**
 * The tools of whatever invocation each call is made in: for code below a handler, safe at module level, silent
 * outside an invocation. The contract and emitter named here decide what it may emit; an invocation of another emitter
 * is reported once.
 */
export function observe<C extends Contract, E extends EmitterName<C>>(contract: C, emitter: E): Tools<C, E> {
  return toolsOf<C, E>(undefined, rulesFor(contract, emitter));
}
