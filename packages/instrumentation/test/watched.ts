import type { InstrumentOptions, TelemetryIssue } from '../src/index.ts';
import { memorySink } from '../src/testing.ts';

/** Options of a handler whose telemetry is kept in memory, what it wrote, and the issues that it reported. */
export function watched(more: InstrumentOptions = {}) {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const options = {
    sink,
    namespace: 'voice-campaign/test',
    onError: (issue: TelemetryIssue) => issues.push(issue),
    ...more,
  };
  return { sink, issues, options };
}
