import type { AttemptOutcome } from '../telephony/telephony.ts';
import { draw } from './draw.ts';

/** Shares of all calls (answer, busy, noAnswer; the rest fails) or of answered calls (conversion, optOut, sms). */
export type Rates = {
  readonly answer: number;
  readonly busy: number;
  readonly noAnswer: number;
  /** Of answered calls: the first attempt found the line busy or was not answered. */
  readonly secondAttempt: number;
  readonly conversion: number;
  readonly optOut: number;
  /** Of those who press a key: they press it again while they wait. */
  readonly impatience: number;
  readonly sms: number;
  /** Of SMS sent: the carrier reports that it could not deliver it. */
  readonly smsFailure: number;
  /** Of prompts asked of the text-to-speech provider: it makes none. */
  readonly promptFailure: number;
};

export const defaultRates: Rates = {
  answer: 0.62,
  busy: 0.11,
  noAnswer: 0.23,
  secondAttempt: 0.12,
  conversion: 0.18,
  optOut: 0.03,
  impatience: 0.15,
  sms: 0.25,
  smsFailure: 0.04,
  promptFailure: 0.02,
};

/** What will happen to one call, decided before it is made. Seconds are real ones, before the clock is compressed. */
export type Fate = {
  readonly outcome: AttemptOutcome;
  /** The attempt that has that outcome, 1 or 2; a first attempt before it ends as `before` says. */
  readonly decidedAt: 1 | 2;
  readonly before: 'busy' | 'no-answer';
  readonly talkSeconds: number;
  readonly presses: readonly string[];
  readonly wantsSms: boolean;
  readonly smsDelivered: boolean;
  readonly promptFails: boolean;
  readonly carrier: string;
};

const CARRIERS = ['atlantic', 'iberia', 'northern'] as const;
const RING_SECONDS = { answered: 8, busy: 3, 'no-answer': 25, failed: 2 } as const;
const USD_PER_MINUTE = 0.012;

/** The key that asks to be contacted by a salesperson, and the key that asks not to be called again. */
export const CONVERSION_KEY = '1';
export const OPT_OUT_KEY = '9';

/**
 * @throws RangeError naming every rate that is no share, or shares that add up to more than 1.
 */
export function checkRates(rates: Rates): void {
  const issues = Object.entries(rates)
    .filter(([, rate]) => !(rate >= 0 && rate <= 1))
    .map(([name, rate]) => `${name} is ${rate}: a rate is from 0 to 1`);
  if (rates.answer + rates.busy + rates.noAnswer > 1 + 1e-9) {
    issues.push(`answer, busy and noAnswer add up to more than 1: lower one of them (the rest of 1 fails)`);
  }
  if (rates.conversion + rates.optOut > 1 + 1e-9) {
    issues.push(`conversion and optOut add up to more than 1: lower one of them`);
  }
  if (issues.length > 0) throw new RangeError(issues.join('; '));
}

/** The same seed, rates and call give the same fate. */
export function fateOf(seed: number, rates: Rates, callId: string): Fate {
  const chance = (what: string) => draw(seed, `${callId} ${what}`);
  const outcome = outcomeAt(chance('outcome'), rates);
  const answered = outcome === 'answered';
  const presses = answered ? pressesAt(chance('key'), rates, chance('impatience')) : [];
  return {
    outcome,
    decidedAt: answered && chance('second attempt') < rates.secondAttempt ? 2 : 1,
    before: chance('before') < 0.5 ? 'busy' : 'no-answer',
    talkSeconds: answered ? Math.round(15 + 60 * chance('length') ** 2) : 0,
    presses,
    wantsSms: answered && presses[0] !== OPT_OUT_KEY && chance('sms') < rates.sms,
    smsDelivered: chance('sms failure') >= rates.smsFailure,
    promptFails: chance('prompt') < rates.promptFailure,
    carrier: CARRIERS[Math.floor(chance('carrier') * CARRIERS.length)] ?? CARRIERS[0],
  };
}

function outcomeAt(chance: number, { answer, busy, noAnswer }: Rates): AttemptOutcome {
  if (chance < answer) return 'answered';
  if (chance < answer + busy) return 'busy';
  return chance < answer + busy + noAnswer ? 'no-answer' : 'failed';
}

function pressesAt(chance: number, { conversion, optOut, impatience }: Rates, again: number): readonly string[] {
  if (chance >= conversion + optOut) return [];
  const key = chance < conversion ? CONVERSION_KEY : OPT_OUT_KEY;
  return again < impatience ? [key, key] : [key];
}

/** How one attempt at a call with this fate ends, how long it rings and lasts, and its bill in US dollars. */
export function attemptOf(fate: Fate, attempt: number) {
  const outcome = attempt < fate.decidedAt ? fate.before : fate.outcome;
  const seconds = RING_SECONDS[outcome] + (outcome === 'answered' ? fate.talkSeconds : 0);
  const microUsd = outcome === 'answered' ? Math.round((fate.talkSeconds / 60) * USD_PER_MINUTE * 1e6) : 0;
  const wantsSms = outcome === 'answered' && fate.wantsSms;
  return { outcome, carrier: fate.carrier, seconds, costUsd: microUsd / 1e6, wantsSms };
}
