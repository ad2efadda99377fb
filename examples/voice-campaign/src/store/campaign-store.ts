import type { AttemptOutcome } from '../telephony/telephony.ts';

/**
 * One hand-over of a message or webhook to us: the sender's `id` of it, and how many times it was handed over, from 1.
 * SQS counts them in ApproximateReceiveCount; a webhook's sender counts its retries. A later attempt tells that the
 * one before was not acknowledged: its work may be half done, and its metrics may be unwritten.
 */
export type Delivery = { readonly id: string; readonly attempt: number };

/** A finished call: everything that is reported of it, so that it can be reported again without dialling again. */
export type CallResult = {
  readonly outcome: AttemptOutcome;
  readonly attempts: number;
  readonly carrier: string;
  /** Of all attempts, US dollars. */
  readonly costUsd: number;
  /** Why the recording was played instead of a made prompt, where it was. */
  readonly fallbackReason?: string;
  readonly wantsSms: boolean;
};

/**
 * What a delivery may do with a call.
 * - `dial`: it is yours; whoever had it before is fenced off.
 * - `completed`: an earlier attempt of this same delivery completed it and was not acknowledged: report it again.
 * - `elsewhere`: another delivery completed it and reports it: report nothing.
 * - `busy`: another worker is at it: report nothing, do not acknowledge, come back later.
 */
export type Claim =
  | { readonly kind: 'dial' }
  | { readonly kind: 'completed'; readonly result: CallResult; readonly contactsDone: number }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'busy' };

/**
 * `contactsDone`: of the campaign, with this one. `superseded`: another delivery has taken the call over; report
 * nothing, and do not acknowledge.
 */
export type Completion =
  | { readonly kind: 'completed'; readonly contactsDone: number }
  | { readonly kind: 'superseded' };

/** Things that happen at most once for each call. */
export type FactKind = 'converted' | 'opted-out' | 'sms-sent' | 'sms-delivered' | 'sms-failed';
export type Fact = { readonly kind: FactKind; readonly campaignId: string; readonly callId: string };

/** `first`: new. `again`: recorded by an earlier attempt of this delivery, report it again. `known`: report nothing. */
export type Recorded = 'first' | 'again' | 'known';

export type CampaignProgress = {
  readonly campaignId: string;
  readonly contacts: number;
  /** Contacts whose dial task was enqueued; they are enqueued in order. */
  readonly dispatched: number;
  /** Contacts that need no further call. */
  readonly done: number;
  readonly answered: number;
  readonly converted: number;
  readonly optedOut: number;
  /** Why nothing more of it is dispatched, until it is resumed. */
  readonly pausedBecause?: string;
};

/**
 * The state that the functions share. Each operation is atomic and durable when it resolves, and safe to repeat after
 * a failure that leaves open whether it was carried out. In DynamoDB each is one conditional write (for `completeCall`
 * and `recordOnce`, a transaction with the campaign's counters).
 *
 * Exactness: a fact is stored before it is reported, and reported before its delivery is acknowledged. A process that
 * dies in between is followed by a later attempt of the same delivery, which is told `completed` or `again`. So
 * nothing is missing from the metrics, and the only duplicates are facts reported by an attempt that died after it
 * wrote its metrics and before it was acknowledged: the store cannot tell these from the ones that died just before.
 */
export type CampaignStore = {
  /** Creates the campaign unless it exists, and gives its progress. */
  startCampaign(campaign: { readonly campaignId: string; readonly contacts: number }): Promise<CampaignProgress>;

  /** The first `upTo` contacts were enqueued; never goes back. */
  recordDispatched(slice: { readonly campaignId: string; readonly upTo: number }): Promise<CampaignProgress>;

  /** Pauses every campaign that has contacts left to dispatch, and gives the ids of those that were not paused before. */
  pauseCampaigns(pause: { readonly reason: string }): Promise<readonly string[]>;

  /** Lets a paused campaign go on; undefined for a campaign that was not started. */
  resumeCampaign(campaign: { readonly campaignId: string }): Promise<CampaignProgress | undefined>;

  /** Undefined for a campaign that was not started. */
  progress(campaignId: string): Promise<CampaignProgress | undefined>;

  /**
   * Asks for a call. Must be atomic (read and conditional write): of two deliveries that ask at once, one gets it.
   * A later attempt of the delivery that has the call takes it over at once; another delivery does only after
   * `leaseSeconds`.
   */
  claimCall(call: {
    readonly campaignId: string;
    readonly callId: string;
    readonly delivery: Delivery;
    readonly leaseSeconds: number;
  }): Promise<Claim>;

  /** Stores the result if this delivery still has the call. Must be atomic: a superseded worker changes nothing. */
  completeCall(call: {
    readonly callId: string;
    readonly delivery: Delivery;
    readonly result: CallResult;
  }): Promise<Completion>;

  /** Records what happens once for each call. Must be atomic: of two deliveries of one fact, one is `first`. */
  recordOnce(fact: Fact, delivery: Delivery): Promise<Recorded>;
};
