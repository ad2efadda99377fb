import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import type { RejectedEmf } from '../logs/emf-intake.ts';
import type { StoredLogEvent } from '../logs/log-store.ts';
import { byteLength } from '../queue/message/byte-length.ts';
import { serviceData } from './service-datum.ts';

/** Bytes that CloudWatch Logs counts for an event beside its message (PutLogEvents). */
export const eventOverheadBytes = 26;

type Counts = { events: number; bytes: number; EMFParsingErrors: number; EMFValidationErrors: number };

export type LogCounts = {
  readonly count: (event: StoredLogEvent, problem: RejectedEmf | undefined) => void;
  /**
   * What CloudWatch Logs publishes of the time since the last call, by log group and across all groups (user guide,
   * CloudWatch Logs metrics and dimensions).
   */
  readonly take: (timestamp: number) => MetricDatum[];
  /** Forgets what was counted since the last call. */
  readonly reset: () => void;
};

const none = (): Counts => ({ events: 0, bytes: 0, EMFParsingErrors: 0, EMFValidationErrors: 0 });

/** Counts log events until the minute is over. */
export const createLogCounts = (): LogCounts => {
  let groups = new Map<string, Counts>();
  return {
    count: ({ logGroup, message }, problem) => {
      const counts = groups.get(logGroup) ?? none();
      groups.set(logGroup, counts);
      counts.events += 1;
      counts.bytes += byteLength(message) + eventOverheadBytes;
      if (problem !== undefined) counts[problem.counter] += 1;
    },
    take: (timestamp) => {
      const counted = groups;
      groups = new Map();
      const all = [...counted.values()].reduce(sum, none());
      return [
        ...[...counted].flatMap(([LogGroupName, counts]) => dataOf({ LogGroupName }, counts, timestamp)),
        ...(counted.size === 0 ? [] : dataOf({}, all, timestamp)),
      ];
    },
    reset: () => groups.clear(),
  };
};

const sum = (one: Counts, other: Counts): Counts => ({
  events: one.events + other.events,
  bytes: one.bytes + other.bytes,
  EMFParsingErrors: one.EMFParsingErrors + other.EMFParsingErrors,
  EMFValidationErrors: one.EMFValidationErrors + other.EMFValidationErrors,
});

const dataOf = (dimensions: Readonly<Record<string, string>>, counts: Counts, timestamp: number): MetricDatum[] => {
  const count = (name: string, value: number) => ({ name, unit: 'Count', values: [value] }) as const;
  return serviceData(
    'AWS/Logs',
    timestamp,
    [dimensions],
    [
      count('IncomingLogEvents', counts.events),
      { name: 'IncomingBytes', unit: 'Bytes', values: [counts.bytes] },
      count('EMFParsingErrors', counts.EMFParsingErrors),
      count('EMFValidationErrors', counts.EMFValidationErrors),
    ],
  );
};
