import { describe, expect, it } from 'vitest';
import { platformJson, platformText, type Report } from '../../../src/lambda/environment/platform-lines.ts';

const TIME = '2026-11-23T10:00:00.000Z';
const TRACE = 'Root=1-67891233-abcdef012345678912345678;Parent=53995c3f42cd8ad8;Sampled=1';

const report: Report = {
  kind: 'report',
  requestId: 'r-1',
  durationMs: 12.345,
  memoryMb: 128,
  peakMemoryMb: 70,
  status: 'success',
};

describe('the platform’s lines in the text format', () => {
  it('sum an invocation up as Lambda does', () => {
    expect(platformText(report, TIME)).toEqual([
      'END RequestId: r-1',
      'REPORT RequestId: r-1\tDuration: 12.35 ms\tBilled Duration: 13 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t',
    ]);
  });

  it('bill init with the first invocation, and name the trace when it is sampled', () => {
    const [, line] = platformText({ ...report, initDurationMs: 100.5, traceHeader: TRACE }, TIME);
    expect(line).toBe(
      'REPORT RequestId: r-1\tDuration: 12.35 ms\tBilled Duration: 113 ms\tMemory Size: 128 MB\tMax Memory Used: 70 MB\t' +
        'Init Duration: 100.50 ms\t\n' +
        'XRAY TraceId: 1-67891233-abcdef012345678912345678\tSegmentId: 53995c3f42cd8ad8\tSampled: true\t',
    );
    const unsampled = platformText({ ...report, traceHeader: TRACE.replace('Sampled=1', 'Sampled=0') }, TIME);
    expect(unsampled[1]).not.toContain('XRAY');
  });

  it('keep silent about an error of the function, not about one of the runtime', () => {
    expect(platformText({ ...report, status: 'error', errorType: 'Error' }, TIME)[1]).not.toContain('Status');
    expect(platformText({ ...report, status: 'failure', errorType: 'Runtime.ExitError' }, TIME)[1]).toContain(
      '\tStatus: error\tError Type: Runtime.ExitError\t',
    );
    expect(platformText({ ...report, status: 'timeout' }, TIME)[1]).toContain('\tStatus: timeout\t');
  });

  it('say when the time was up, in seconds', () => {
    expect(platformText({ kind: 'timed-out', requestId: 'r-1', timeoutMs: 3_000 }, TIME)).toEqual([
      `${TIME} r-1 Task timed out after 3.00 seconds`,
    ]);
  });
});

describe('the platform’s records in the JSON format', () => {
  it('follow the documented shape', () => {
    const [line] = platformJson({ ...report, initDurationMs: 100.5, traceHeader: TRACE }, TIME);
    expect(JSON.parse(line ?? '')).toEqual({
      time: TIME,
      type: 'platform.report',
      record: {
        requestId: 'r-1',
        metrics: {
          durationMs: 12.345,
          billedDurationMs: 113,
          memorySizeMB: 128,
          maxMemoryUsedMB: 70,
          initDurationMs: 100.5,
        },
        tracing: { spanId: '53995c3f42cd8ad8', type: 'X-Amzn-Trace-Id', value: TRACE },
        status: 'success',
      },
    });
    const [start] = platformJson({ kind: 'start', requestId: 'r-1' }, TIME);
    expect(JSON.parse(start ?? '')).toEqual({
      time: TIME,
      type: 'platform.start',
      record: { requestId: 'r-1', version: '$LATEST' },
    });
  });

  it('tell a timeout by the status of the report alone', () => {
    expect(platformJson({ kind: 'timed-out', requestId: 'r-1', timeoutMs: 3_000 }, TIME)).toEqual([]);
    const [line] = platformJson({ ...report, status: 'timeout' }, TIME);
    expect(JSON.parse(line ?? '').record.status).toBe('timeout');
  });
});
