import type { StoredLogEvent } from '@voice-campaign/emulator';

/** What one function did during the run. */
export type FunctionActivity = {
  readonly name: string;
  readonly invocations: number;
  /** Of them, those that timed out or whose process ended. */
  readonly failed: number;
  readonly coldStarts: number;
  /** Medians, in milliseconds; 0 of nothing. */
  readonly initMs: number;
  readonly durationMs: number;
};

/** The request ids of the invocations that timed out or whose process ended. */
export function failedInvocations(events: readonly StoredLogEvent[]): ReadonlySet<string> {
  return new Set(
    reportsIn(events).flatMap(({ message }) =>
      isFailed(message) ? (/RequestId: (\S+)/.exec(message)?.[1] ?? []) : [],
    ),
  );
}

function reportsIn(events: readonly StoredLogEvent[]): readonly StoredLogEvent[] {
  return events.filter(({ source, message }) => source === 'platform' && message.startsWith('REPORT '));
}

function isFailed(report: string): boolean {
  return report.includes('\tStatus: ');
}

/** Reads the REPORT lines that the platform wrote in the functions' logs, as CloudWatch Logs Insights would. */
export function activityOf(events: readonly StoredLogEvent[], names: readonly string[]): readonly FunctionActivity[] {
  const reports = reportsIn(events);
  return names.map((name) => {
    const own = reports.filter((event) => event.functionName === name).map(({ message }) => message);
    const inits = own.flatMap((message) => number(message, /\tInit Duration: ([\d.]+) ms/));
    return {
      name,
      invocations: own.length,
      failed: own.filter(isFailed).length,
      coldStarts: inits.length,
      initMs: median(inits),
      durationMs: median(own.flatMap((message) => number(message, /\tDuration: ([\d.]+) ms/))),
    };
  });
}

function number(text: string, pattern: RegExp): number[] {
  const found = pattern.exec(text)?.[1];
  return found === undefined ? [] : [Number(found)];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
