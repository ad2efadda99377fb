import { voiceCampaign } from '@voice-campaign/metrics-schema';

/** A sample as CloudWatch would hold it: `count` times `value`, and the properties of the line it came in. */
export type ReportedSample = {
  readonly name: string;
  readonly value: number;
  readonly count: number;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly properties: Readonly<Record<string, unknown>>;
};

/** Some occurrences of what a counter counts, reported for one call by one invocation. */
export type Counted = {
  readonly metric: string;
  readonly value: number;
  readonly callId?: string;
  readonly requestId?: string;
};

export type Reported = {
  /** Of each counter's dimensionless series, in the order they were written. */
  readonly counted: readonly Counted[];
  /** The highest value of each gauge, over all its series. */
  readonly peaks: Readonly<Record<string, number>>;
};

/** A call that was counted more than once: written by an invocation that was not acknowledged, and redelivered. */
export type Duplicate = {
  readonly callId: string;
  readonly metrics: readonly string[];
  /** The invocation that wrote it first, which a redelivery can follow only if it failed. */
  readonly requestId?: string;
};

const KINDS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(voiceCampaign.metrics).map(([name, { kind }]) => [name, kind]),
);

/** Parts what was reported into counters and gauges, as the contract declares them. */
export function readReported(samples: readonly ReportedSample[]): Reported {
  const counted: Counted[] = [];
  const peaks: Record<string, number> = {};
  for (const { name, value, count, dimensions, properties } of samples) {
    if (KINDS[name] === 'gauge') peaks[name] = Math.max(peaks[name] ?? value, value);
    else if (Object.keys(dimensions).length === 0) {
      const { callId, function_request_id: requestId } = properties;
      counted.push({
        metric: name,
        value: value * count,
        ...(typeof callId === 'string' && { callId }),
        ...(typeof requestId === 'string' && { requestId }),
      });
    }
  }
  return { counted, peaks };
}

/**
 * Parts the occurrences into the first of each call and metric, and the rest. Every counter of the contract is reported
 * once for each call, so the rest are duplicates.
 */
export function partDuplicates(counted: readonly Counted[]) {
  const firsts = new Map<string, Counted>();
  const first: Counted[] = [];
  const repeated: { readonly again: Counted; readonly before: Counted }[] = [];
  for (const each of counted) {
    const key = `${each.metric} ${each.callId ?? ''}`;
    const before = each.callId === undefined ? undefined : firsts.get(key);
    if (before) repeated.push({ again: each, before });
    else {
      first.push(each);
      firsts.set(key, each);
    }
  }
  return { first, repeated, duplicates: duplicatesOf(repeated.map(({ before }) => before)) };
}

/** By call, in the order of their ids. */
function duplicatesOf(repeated: readonly Counted[]): readonly Duplicate[] {
  const calls = new Map<string, Duplicate>();
  for (const { callId = '', metric, requestId } of repeated) {
    const { metrics } = calls.get(callId) ?? { metrics: [] };
    calls.set(callId, { callId, metrics: [...new Set([...metrics, metric])], ...(requestId && { requestId }) });
  }
  return [...calls.values()].sort((a, b) => (a.callId < b.callId ? -1 : 1));
}
