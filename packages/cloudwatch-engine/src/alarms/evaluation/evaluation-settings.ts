import type { MetricAlarm } from '../config/alarm.ts';

/**
 * What AWS does not say about evaluation, or says in part. All of it can be set; the defaults are those of the documented
 * or recorded cases.
 */
export type EvaluationSettings = {
  /**
   * How many periods an evaluation looks back over to find N datapoints (the evaluation range). Documented: it is more
   * than N, and 5 for N = 3. Recorded: 9 for N = 3 at 10 seconds. Default N + 2, and a minute more than N below 30 seconds.
   */
  readonly evaluationRange: (alarm: MetricAlarm) => number;
  /** Seconds between the end of the newest period and the evaluation. Recorded: 10 for one metric at 10 seconds, else 0. */
  readonly delaySeconds: (alarm: MetricAlarm) => number;
};

export const DEFAULT_SETTINGS: EvaluationSettings = {
  evaluationRange: ({ evaluationPeriods, periodSeconds }) =>
    evaluationPeriods + Math.max(2, Math.ceil(60 / periodSeconds)),
  delaySeconds: ({ periodSeconds, watched }) => (periodSeconds < 60 && watched.kind === 'metric' ? 10 : 0),
};

/**
 * Seconds between two evaluations: 10 for periods of 10, 20 and 30 seconds, a minute for longer ones (user guide,
 * "Evaluating an alarm"), an hour where N periods are more than a day.
 */
export function evaluationInterval({ periodSeconds, evaluationPeriods }: MetricAlarm): number {
  if (periodSeconds < 60) return 10;
  return periodSeconds * evaluationPeriods > 86_400 ? 3600 : 60;
}

/** Start (inclusive) and end (exclusive) of what an evaluation at `at` looks at, in seconds since 1970: it slides with `at`. */
export function evaluationWindow(
  alarm: MetricAlarm,
  at: number,
  settings: EvaluationSettings,
): { readonly start: number; readonly end: number } {
  const grid = alarm.periodSeconds < 60 ? 10 : 60;
  const end = Math.floor(at / grid) * grid - settings.delaySeconds(alarm);
  return { start: end - settings.evaluationRange(alarm) * alarm.periodSeconds, end };
}
