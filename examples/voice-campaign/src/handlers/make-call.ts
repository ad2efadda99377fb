import type { Log, Trace } from '@voice-campaign/instrumentation';
import { type AttemptPolicy, triesAgain } from '../campaign/attempt-policy.ts';
import type { DialTask } from '../campaign/campaign.ts';
import type { CallResult } from '../store/campaign-store.ts';
import { type Prompt, type Speech, SpeechUnavailable, type Telephony } from '../telephony/telephony.ts';

export type CallMaking = {
  readonly telephony: Telephony;
  readonly speech: Speech;
  readonly trace: Trace;
  readonly log: Log;
  /** Aborted when the function is about to run out of time: the call goes on, and the next delivery joins it. */
  readonly signal: AbortSignal;
};

const RECORDING: Prompt = { provider: 'recorded', url: 'prompts/recorded.pcm' };

/**
 * Makes one call, in as many attempts as the policy allows. Safe to repeat: attempts that were made are joined.
 *
 * @throws Error when the network cannot be reached or time runs out: what was dialled by then is not lost.
 */
export async function makeCall(task: DialTask, policy: AttemptPolicy, making: CallMaking): Promise<CallResult> {
  const { telephony, trace, signal } = making;
  const { prompt, fallbackReason } = await promptFor(task, making);
  let costUsd = 0;
  for (let attempt = 1; ; attempt++) {
    const ended = await trace.span(
      'dial',
      async (span) => {
        const result = await telephony.dial({ ...task, attempt, prompt }, signal);
        span.annotate('outcome', result.outcome);
        return result;
      },
      { namespace: 'remote' },
    );
    costUsd += ended.costUsd;
    if (triesAgain(policy, attempt, ended.outcome)) continue;
    const { outcome, carrier, wantsSms } = ended;
    return { outcome, attempts: attempt, carrier, costUsd, wantsSms, ...(fallbackReason && { fallbackReason }) };
  }
}

/** A prompt made for this person, else the recording and the reason for it. */
async function promptFor({ campaignId, callId, contact }: DialTask, { speech, trace, log }: CallMaking) {
  const text = `Hello ${contact.name ?? 'there'}! Press 1 to hear more, 9 not to be called again.`;
  try {
    return { prompt: await trace.span('prompt', () => speech.prompt({ campaignId, callId, text })) };
  } catch (error) {
    if (!(error instanceof SpeechUnavailable)) throw error;
    log.warn('playing the recording', { reason: error.message });
    return { prompt: RECORDING, fallbackReason: error.message };
  }
}
