import type { Attempt, DialRequest, Prompt, SmsMessage, SmsReceipt } from '../telephony/telephony.ts';
import { SpeechUnavailable } from '../telephony/telephony.ts';
import { attemptOf, type Fate, fateOf, type Rates } from './fate.ts';
import type { CallTruth } from './ground-truth.ts';
import type { Webhook } from './webhooks.ts';

/** A telephone network, a text-to-speech provider and an SMS carrier, whose behaviour is decided by the seed. */
export type Network = {
  /** Rings, unless this attempt has rung before: then gives its result, once it has one. */
  dial(request: DialRequest): Promise<Attempt>;
  /** @throws SpeechUnavailable each time it is asked for a prompt that cannot be made. */
  prompt(request: { readonly campaignId: string; readonly callId: string }): Prompt;
  /** Takes one SMS for each reference (its call's id), and reports its delivery after a while. */
  sendSms(message: Pick<SmsMessage, 'campaignId' | 'reference'>): SmsReceipt;
  /** Calls ringing or talking now. */
  activeCalls(): number;
  /** The most calls at once since it was last asked. */
  takePeak(): number;
  /** SMS whose delivery was not reported yet. */
  textsUnderway(): number;
  /** What people do who are first heard of from now on. */
  setRates(rates: Rates): void;
  /** One entry for each call heard of, in the order of their ids. */
  truth(): readonly CallTruth[];
};

export type NetworkOptions = {
  readonly seed: number;
  readonly rates: Rates;
  /** Resolves after so many seconds of the network's own clock. */
  readonly wait: (seconds: number) => Promise<void>;
  /** Is told what people do and what becomes of SMS; must not throw. */
  readonly notify: (webhook: Webhook) => void;
};

type Line = { truth: CallTruth; readonly fate: Fate; readonly ringing: Map<number, Promise<Attempt>> };

const SMS_COST_USD = 0.0451;
const SMS_DELIVERY_SECONDS = 6;

export function createNetwork({ seed, rates: initial, wait, notify }: NetworkOptions): Network {
  let rates = initial;
  const lines = new Map<string, Line>();
  let active = 0;
  let peak = 0;
  let texts = 0;

  const lineOf = (campaignId: string, callId: string): Line => {
    const line = lines.get(callId) ?? {
      truth: untouched(campaignId, callId),
      fate: fateOf(seed, rates, callId),
      ringing: new Map(),
    };
    lines.set(callId, line);
    return line;
  };

  const ring = async (line: Line, request: DialRequest): Promise<Attempt> => {
    const { campaignId, callId } = request;
    const { fate } = line;
    const attempt = attemptOf(fate, request.attempt);
    active++;
    peak = Math.max(peak, active);
    const untilKey = attempt.seconds * 0.75;
    await wait(untilKey);
    for (const [index, digit] of (attempt.outcome === 'answered' ? fate.presses : []).entries()) {
      line.truth = { ...line.truth, presses: [...line.truth.presses, digit] };
      notify({ kind: 'keypress', campaignId, callId, digit, eventId: `${callId}-key-${index + 1}` });
    }
    await wait(attempt.seconds - untilKey);
    active--;
    line.truth = { ...line.truth, attempts: [...line.truth.attempts, attempt] };
    return attempt;
  };

  return {
    dial(request) {
      const line = lineOf(request.campaignId, request.callId);
      line.truth = { ...line.truth, dialRequests: line.truth.dialRequests + 1 };
      const call = line.ringing.get(request.attempt) ?? ring(line, request);
      line.ringing.set(request.attempt, call);
      return call;
    },

    prompt({ campaignId, callId }) {
      const line = lineOf(campaignId, callId);
      const fails = line.fate.promptFails;
      line.truth = { ...line.truth, prompt: fails ? 'failed' : 'made' };
      if (fails) throw new SpeechUnavailable('throttled');
      return { provider: 'polly', url: `prompts/${callId}.pcm` };
    },

    sendSms({ campaignId, reference: callId }) {
      const line = lineOf(campaignId, callId);
      const { carrier, smsDelivered: delivered } = line.fate;
      const messageId = `${callId}-sms`;
      if (!line.truth.sms) {
        line.truth = { ...line.truth, sms: { messageId, costUsd: SMS_COST_USD, delivered } };
        const status = { kind: 'sms-status', campaignId, callId, messageId, delivered } as const;
        texts++;
        void wait(SMS_DELIVERY_SECONDS).then(() => {
          texts--;
          notify({ ...status, eventId: `${messageId}-status` });
        });
      }
      return { messageId, carrier, costUsd: SMS_COST_USD };
    },

    setRates(next) {
      rates = next;
    },
    activeCalls: () => active,
    takePeak() {
      const taken = peak;
      peak = active;
      return taken;
    },
    textsUnderway: () => texts,
    truth: () => [...lines.values()].map((line) => line.truth).sort((a, b) => (a.callId < b.callId ? -1 : 1)),
  };
}

function untouched(campaignId: string, callId: string): CallTruth {
  return { campaignId, callId, attempts: [], dialRequests: 0, prompt: 'none', presses: [] };
}
