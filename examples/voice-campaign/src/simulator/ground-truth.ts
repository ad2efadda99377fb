import type { Attempt } from '../telephony/telephony.ts';
import { CONVERSION_KEY, OPT_OUT_KEY } from './fate.ts';

/** What really happened to one call, as the telephone network and the carriers know it. */
export type CallTruth = {
  readonly campaignId: string;
  readonly callId: string;
  /** In order; each rang a phone once. */
  readonly attempts: readonly Attempt[];
  /** How often a worker asked to dial; more than `attempts` where one took over from another that was killed. */
  readonly dialRequests: number;
  readonly prompt: 'none' | 'made' | 'failed';
  /** Keys pressed, in order, repeated presses too. */
  readonly presses: readonly string[];
  readonly sms?: { readonly messageId: string; readonly costUsd: number; readonly delivered: boolean };
};

/** Counts what happened, under the names of the metrics that should say the same. */
export function countTruth(calls: readonly CallTruth[]) {
  const ended = calls.filter((call) => call.attempts.length > 0);
  const endedAs = (outcome: Attempt['outcome']) => ended.filter((call) => lastOutcome(call) === outcome).length;
  const texts = calls.flatMap((call) => call.sms ?? []);
  return {
    TotalCalls: ended.length,
    AnsweredCalls: endedAs('answered'),
    BusyCalls: endedAs('busy'),
    NoAnswerCalls: endedAs('no-answer'),
    FailedCalls: endedAs('failed'),
    DialAttempts: ended.reduce((sum, call) => sum + call.attempts.length, 0),
    CallCostUsd: sumUsd(ended.flatMap((call) => call.attempts)),
    TtsRequests: calls.filter((call) => call.prompt !== 'none').length,
    TtsFallbacks: calls.filter((call) => call.prompt === 'failed').length,
    ConvertedCalls: calls.filter((call) => call.presses.includes(CONVERSION_KEY)).length,
    OptOuts: calls.filter((call) => call.presses.includes(OPT_OUT_KEY)).length,
    SmsSent: texts.length,
    SmsDelivered: texts.filter((sms) => sms.delivered).length,
    SmsFailed: texts.filter((sms) => !sms.delivered).length,
    SmsCostUsd: sumUsd(texts),
  };
}

/** Calls whose person was rung again after they had answered: there must be none. */
export function calledAgain(calls: readonly CallTruth[]): readonly CallTruth[] {
  return calls.filter(({ attempts }) => attempts.slice(0, -1).some((attempt) => attempt.outcome === 'answered'));
}

function lastOutcome(call: CallTruth): Attempt['outcome'] | undefined {
  return call.attempts.at(-1)?.outcome;
}

/** Added up as whole millionths, so that the order of the calls does not show in the last digits. */
function sumUsd(bills: readonly { readonly costUsd: number }[]): number {
  return bills.reduce((sum, { costUsd }) => sum + Math.round(costUsd * 1e6), 0) / 1e6;
}
