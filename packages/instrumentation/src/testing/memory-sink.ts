import { type EmfDatapoint, parseEmf } from '@voice-campaign/metrics-schema';
import type { Context } from 'aws-lambda';
import type { Sink } from '../sink/sink.ts';

export type MemorySink = Sink & {
  /** All lines written, without their newlines. */
  readonly lines: readonly string[];
  /** X-Ray documents sent, parsed. */
  readonly segments: readonly Readonly<Record<string, unknown>>[];
  /** Log lines, parsed. */
  logs(): readonly Readonly<Record<string, unknown>>[];
  datapoints(): readonly EmfDatapoint[];
  /** The sum of a metric's values in one series. */
  total(name: string, dimensions?: Readonly<Record<string, string>>): number;
  clear(): void;
};

/** A trace that is sampled, so that a test sees the spans. */
const TRACE_HEADER = 'Root=1-00000001-000000000000000000000001;Parent=0000000000000001;Sampled=1';

/**
 * Keeps what a handler emits, for tests: pass it as the `sink` option. Where `_X_AMZN_TRACE_ID` is not set invocations
 * have `traceHeader`, by default one that is sampled.
 */
export function memorySink({ traceHeader = TRACE_HEADER } = {}): MemorySink {
  const lines: string[] = [];
  const segments: Record<string, unknown>[] = [];
  const datapoints = () =>
    lines.flatMap((line) => {
      const parsed = parseEmf(line);
      return parsed.ok ? parsed.datapoints : [];
    });
  return {
    traceHeader,
    lines,
    segments,
    write: (line) => void lines.push(line.replace(/\n$/, '')),
    send: (document) => void segments.push(JSON.parse(document)),
    datapoints,
    logs: () => lines.flatMap((line) => (line.includes('"_aws"') ? [] : [JSON.parse(line)])),
    total: (name, dimensions = {}) =>
      datapoints()
        .filter((point) => point.name === name && sameDimensions(point.dimensions, dimensions))
        .reduce((sum, point) => sum + point.values.reduce((a, value, i) => a + value * (point.counts?.[i] ?? 1), 0), 0),
    clear: () => {
      lines.length = 0;
      segments.length = 0;
    },
  };
}

type Dimensions = Readonly<Record<string, string>>;

export function sameDimensions(one: Dimensions, other: Dimensions): boolean {
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => one[key] === other[key]);
}

/** A Lambda context with `remainingMs` to go. */
export function fakeContext({
  awsRequestId = 'request-1',
  functionName = 'function',
  remainingMs = 3000,
} = {}): Context {
  return {
    awsRequestId,
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: `arn:aws:lambda:eu-central-1:123456789012:function:${functionName}`,
    memoryLimitInMB: '128',
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: '2026/01/01/[$LATEST]0',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => remainingMs,
    done: () => {},
    fail: () => {},
    succeed: () => {},
  };
}
