import type { AttemptOutcome } from '../telephony/telephony.ts';

/** How often a call is attempted, and after which outcomes another attempt makes sense. */
export type AttemptPolicy = { readonly maxAttempts: number; readonly retryAfter: readonly AttemptOutcome[] };

/** Twice, unless the person answered or the network cannot reach the number at all. */
export const defaultPolicy: AttemptPolicy = { maxAttempts: 2, retryAfter: ['busy', 'no-answer'] };

/** Whether to dial again after attempt number `attempt` (from 1) ended like this. */
export function triesAgain(
  { maxAttempts, retryAfter }: AttemptPolicy,
  attempt: number,
  outcome: AttemptOutcome,
): boolean {
  return attempt < maxAttempts && retryAfter.includes(outcome);
}
