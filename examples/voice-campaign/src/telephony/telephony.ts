import type { Contact } from '../campaign/campaign.ts';

/** How one attempt to call someone ended. `failed`: the network could not complete it. */
export type AttemptOutcome = 'answered' | 'busy' | 'no-answer' | 'failed';

/** The call as its attempts left it, the last one deciding. */
export type Attempt = {
  readonly outcome: AttemptOutcome;
  readonly carrier: string;
  /** From the dial to the hang-up. */
  readonly seconds: number;
  /** What the carrier bills, US dollars; 0 unless answered. */
  readonly costUsd: number;
  /** The person asked for an SMS during the call. */
  readonly wantsSms: boolean;
};

/** What to play: a prompt made for this person, or the recording that everybody gets when it could not be made. */
export type Prompt = { readonly provider: 'polly' | 'recorded'; readonly url: string };

export type DialRequest = {
  readonly campaignId: string;
  readonly callId: string;
  /** From 1. */
  readonly attempt: number;
  readonly contact: Contact;
  readonly prompt: Prompt;
};

/** The telephone network, as the dialer-worker sees it. */
export type Telephony = {
  /**
   * Rings the contact and resolves when the call is over.
   *
   * Must be idempotent in `callId` and `attempt`: the phone rings once; asking again waits for the same call, or gives
   * its result when it is over. (Asterisk: the attempt's name is the channel id, which cannot be originated twice, and
   * the result is read from the call detail record.) So a worker that takes over from one that was killed cannot call
   * anybody twice.
   *
   * @throws Error when the network cannot be reached, or `signal` is aborted.
   */
  dial(request: DialRequest, signal?: AbortSignal): Promise<Attempt>;
};

export type PromptRequest = { readonly campaignId: string; readonly callId: string; readonly text: string };

/** A text-to-speech provider. */
export type Speech = {
  /**
   * Makes the prompt of one call, once: asked again it gives the prompt made before.
   *
   * @throws SpeechUnavailable when this provider cannot make it.
   */
  prompt(request: PromptRequest): Promise<Prompt>;
};

/** The provider could not make this prompt; the message is its reason. */
export class SpeechUnavailable extends Error {
  override readonly name = 'SpeechUnavailable';
}

/** A carrier's receipt for an SMS it accepted; its delivery is reported later, by a status callback. */
export type SmsReceipt = { readonly messageId: string; readonly carrier: string; readonly costUsd: number };

/** `reference` is the sender's own id of the message; the status callback names it and the campaign. */
export type SmsMessage = {
  readonly campaignId: string;
  readonly reference: string;
  readonly to: string;
  readonly text: string;
};

/** An SMS carrier. */
export type Sms = {
  /**
   * Hands an SMS to the carrier. Idempotent in `reference`: sent again, the carrier answers the first receipt.
   *
   * @throws Error when the carrier does not take it.
   */
  send(message: SmsMessage): Promise<SmsReceipt>;
};
