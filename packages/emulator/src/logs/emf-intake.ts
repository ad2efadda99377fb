import type { EmfIssue } from '@voice-campaign/metrics-schema';
import type { MetricService } from '../metrics/metrics.ts';
import type { StoredLogEvent } from './log-store.ts';

/** A log line that meant to be EMF and did not become metrics, or not all of it. */
export type RejectedEmf = {
  /** As AWS counts it in `AWS/Logs`: a line that is no JSON, or a document that breaks a rule. */
  readonly counter: 'EMFParsingErrors' | 'EMFValidationErrors';
  /** `rejected`: nothing of the line became a metric; `dropped`: a metric or dimension set of it did not. */
  readonly effect: 'rejected' | 'dropped';
  readonly reasons: readonly string[];
  readonly event: StoredLogEvent;
};

export type EmfIntake = {
  /** Makes metrics of an event's EMF; `shiftMs` is added to its timestamps. Gives back what was wrong with it. */
  readonly take: (event: StoredLogEvent, shiftMs: number) => RejectedEmf | undefined;
  /** The last 1,000 lines whose EMF was rejected or dropped in part. */
  readonly rejected: () => readonly RejectedEmf[];
  /** How often AWS would have counted each; unlike `rejected()` these never forget. */
  readonly errorCounts: () => Readonly<Record<RejectedEmf['counter'], number>>;
  readonly reset: () => void;
};

const rejectedLimit = 1000;
const parsingCodes = new Set<EmfIssue['code']>(['not-json', 'wrapped', 'prefix']);

const rejectedOf = (event: StoredLogEvent, issues: readonly EmfIssue[]): RejectedEmf | undefined => {
  const harmful = issues.filter(({ effect }) => effect !== 'accepted');
  if (harmful.length === 0) return undefined;
  const effect = harmful.some((issue) => issue.effect === 'rejected') ? 'rejected' : 'dropped';
  const isParsing = effect === 'rejected' && harmful.every(({ code }) => parsingCodes.has(code));
  return {
    counter: isParsing ? 'EMFParsingErrors' : 'EMFValidationErrors',
    effect,
    reasons: harmful.map(({ at, message }) => `${at} ${message}`.trim()),
    event,
  };
};

/** Reads the EMF in log events. */
export const createEmfIntake = (addEmf: MetricService['addEmf']): EmfIntake => {
  let rejected: RejectedEmf[] = [];
  const counts = { EMFParsingErrors: 0, EMFValidationErrors: 0 };
  return {
    take: (event, shiftMs) => {
      const taken = addEmf(event.message, event.logGroup, shiftMs);
      const problem = rejectedOf(event, taken.ok ? taken.warnings : taken.issues);
      if (problem === undefined) return undefined;
      counts[problem.counter] += 1;
      rejected.push(problem);
      if (rejected.length > 2 * rejectedLimit) rejected = rejected.slice(-rejectedLimit);
      return problem;
    },
    rejected: () => rejected.slice(-rejectedLimit),
    errorCounts: () => ({ ...counts }),
    reset: () => {
      rejected = [];
      counts.EMFParsingErrors = 0;
      counts.EMFValidationErrors = 0;
    },
  };
};
