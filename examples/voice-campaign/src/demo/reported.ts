import { type EmfDatapoint, parseEmf, voiceCampaign } from '@voice-campaign/metrics-schema';

/** A line that a function wrote to its log. */
export type LogLine = { readonly message: string; readonly requestId?: string };

/** A counter's sample as one invocation wrote it. */
export type Sample = {
  readonly metric: string;
  readonly value: number;
  readonly callId?: string;
  readonly requestId?: string;
};

/** Everything the functions said in embedded metric format. */
export type Reported = {
  /** Of counters, in the dimensionless series, in the order they were written. */
  readonly samples: readonly Sample[];
  /** The highest value of each gauge. */
  readonly peaks: Readonly<Record<string, number>>;
  readonly lines: number;
  /** What CloudWatch would reject or drop of them, and why. */
  readonly issues: readonly string[];
};

/** A call that was counted more than once: written by an invocation that was not acknowledged, and redelivered. */
export type Duplicate = { readonly callId: string; readonly metrics: readonly string[]; readonly times: number };

const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(voiceCampaign.metrics).map(([name, { kind }]) => [name, kind]),
);

/** Reads what CloudWatch would make of the lines. Lines that are not EMF are passed over. */
export function readReported(lines: readonly LogLine[]): Reported {
  const samples: Sample[] = [];
  const peaks: Record<string, number> = {};
  const issues: string[] = [];
  let emfLines = 0;
  for (const { message, requestId } of lines) {
    const parsed = parseEmf(message);
    if (!parsed.ok && parsed.kind === 'not-emf') continue;
    emfLines++;
    issues.push(...(parsed.ok ? parsed.warnings : parsed.issues).map((issue) => `${issue.code}: ${issue.message}`));
    if (!parsed.ok) continue;
    const { callId } = parsed.properties;
    for (const datapoint of parsed.datapoints) {
      const { name, values } = datapoint;
      if (KINDS[name] === 'gauge') peaks[name] = Math.max(peaks[name] ?? 0, ...values);
      else if (Object.keys(datapoint.dimensions).length === 0) {
        const of = { ...(typeof callId === 'string' && { callId }), ...(requestId && { requestId }) };
        samples.push({ metric: name, value: sumOf(datapoint), ...of });
      }
    }
  }
  return { samples, peaks, lines: emfLines, issues };
}

/**
 * Parts the samples into the first of each call and metric, and the rest. Every counter of the contract is reported
 * once for each call, so the rest are duplicates.
 */
export function partDuplicates(samples: readonly Sample[]) {
  const seen = new Set<string>();
  const first: Sample[] = [];
  const repeated: Sample[] = [];
  for (const sample of samples) {
    const key = `${sample.metric} ${sample.callId ?? ''}`;
    (sample.callId !== undefined && seen.has(key) ? repeated : first).push(sample);
    seen.add(key);
  }
  return { first, repeated };
}

/** The calls of repeated samples, in the order of their ids. */
export function listDuplicates(repeated: readonly Sample[]): readonly Duplicate[] {
  const calls = new Map<string, string[]>();
  for (const { callId = '', metric } of repeated) calls.set(callId, [...(calls.get(callId) ?? []), metric]);
  return [...calls]
    .map(([callId, metrics]) => {
      const names = [...new Set(metrics)].sort();
      return { callId, metrics: names, times: 1 + metrics.filter((metric) => metric === metrics[0]).length };
    })
    .sort((a, b) => (a.callId < b.callId ? -1 : 1));
}

function sumOf({ values, counts }: EmfDatapoint): number {
  return values.reduce((sum, value, index) => sum + value * (counts?.[index] ?? 1), 0);
}
