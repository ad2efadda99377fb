import type { Metrics } from '@voice-campaign/instrumentation';
import type { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { CallResult } from '../store/campaign-store.ts';

const OUTCOME_METRIC = {
  answered: 'AnsweredCalls',
  busy: 'BusyCalls',
  'no-answer': 'NoAnswerCalls',
  failed: 'FailedCalls',
} as const;

/** Everything the metrics say of a completed call, and all of it at once: a record that fails has reported nothing. */
export function reportCall(metrics: Metrics<typeof voiceCampaign, 'dialer-worker'>, result: CallResult): void {
  metrics.property('outcome', result.outcome);
  metrics.property('carrier', result.carrier);
  if (result.fallbackReason) metrics.property('fallbackReason', result.fallbackReason);
  metrics.add('TotalCalls', 1);
  metrics.add(OUTCOME_METRIC[result.outcome], 1);
  metrics.add('DialAttempts', result.attempts);
  metrics.add('CallCostUsd', result.costUsd);
  metrics.add('TtsRequests', 1, { Provider: 'polly' });
  if (result.fallbackReason) metrics.add('TtsFallbacks', 1, { Provider: 'polly' });
}
