import { packLines } from '../metrics/pack-lines.ts';
import type { Samples } from '../metrics/samples.ts';
import { takeDocuments } from '../tracing/take-documents.ts';
import type { Invocation } from './invocation.ts';
import type { WriteThrough } from './options.ts';
import { count, takeTally } from './runtime-metrics.ts';

/** The last moment before a timeout or shutdown: writes all that is known. */
export function rescue(invocation: Invocation): void {
  flushLogs(invocation);
  flush(invocation);
}

export function flushLogs({ observer, scope, scopes }: Invocation): void {
  if (!observer.flushLogs) return;
  for (const one of [scope, ...scopes]) observer.flushLogs(one);
}

/** Counts a sample or span, and writes all there is where a threshold is met. */
export function writeThrough(invocation: Invocation, { every, everyMs }: Required<WriteThrough>): void {
  const now = invocation.observer.now();
  invocation.unwritten += 1;
  if (invocation.unwritten < every && now - invocation.writtenAt < everyMs) return;
  invocation.unwritten = 0;
  invocation.writtenAt = now;
  flush(invocation);
}

/** A span has ended: it leaves now where the invocation has no later moment to send in, or as `writeThrough` says. */
export function noteSpanEnd(invocation: Invocation): void {
  const { closed, observer } = invocation;
  if (closed) sendSpans(invocation);
  else if (observer.writeThrough) writeThrough(invocation, observer.writeThrough);
}

/** Writes what may count by now, and sends the spans as they are; open ones as in progress. */
export function flush(invocation: Invocation): void {
  writeOwnSamples(invocation);
  for (const scope of invocation.scopes) writeSamples(invocation, scope.atOnce);
  sendSpans(invocation);
  // What was counted while it was written.
  if (invocation.observer.tally?.size) writeOwnSamples(invocation);
}

function writeOwnSamples(invocation: Invocation): void {
  const { observer, context, scope } = invocation;
  if (observer.tally?.size) takeTally(observer.tally, observer.check, context.functionName, scope.atOnce);
  writeSamples(invocation, scope.atOnce);
}

export function writeSamples({ observer, context, header }: Invocation, samples: Samples): void {
  if (samples.size === 0) return;
  const groups = [...samples.values()];
  samples.clear();
  if (!observer.signals.metrics) return;
  try {
    const ids = { function_request_id: context.awsRequestId, xray_trace_id: header?.root };
    for (const group of groups) {
      for (const line of packLines(group)) observer.sink.write(observer.renderLine(line, observer.now(), ids));
    }
  } catch (error) {
    observer.report({ code: 'write-failed', message: 'metrics could not be written', error });
  }
}

export function sendSpans({ observer, header, root }: Invocation): void {
  if (!root || !header?.parent) return;
  try {
    const shortened = () => count(observer.tally, 'TelemetryOversizeDocuments');
    const taking = { traceId: header.root, parentId: header.parent, shortened };
    for (const document of takeDocuments(root, taking)) observer.sink.send(document);
  } catch (error) {
    observer.report({ code: 'write-failed', message: 'spans could not be sent', error });
  }
}
