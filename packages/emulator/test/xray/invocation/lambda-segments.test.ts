import { validateSegment } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import type { InvocationResult } from '../../../src/lambda/invocation-result.ts';
import { lambdaSegmentsOf } from '../../../src/xray/invocation/lambda-segments.ts';
import { linkOf, type TraceContext } from '../../../src/xray/invocation/trace-context.ts';

const context: TraceContext = {
  traceId: '1-5759e988-bd862e3fe1be46a994272793',
  sampled: true,
  serviceId: 'a'.repeat(16),
  functionId: 'b'.repeat(16),
  links: [],
  header: '',
};
const result: InvocationResult = {
  requestId: 'r-1',
  functionName: 'dialer-worker',
  payload: 'null',
  coldStart: false,
  invokedAt: 1000,
  startedAt: 1100,
  endedAt: 1500,
  durationMs: 400,
};
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:dialer-worker';

const segmentsOf = (change: Partial<InvocationResult> = {}, of: Partial<TraceContext> = {}, respondedAt?: number) => {
  let ids = 0;
  const newId = () => {
    ids += 1;
    return ids.toString(16).padStart(16, '0');
  };
  const source = {
    context: { ...context, ...of },
    result: { ...result, ...change },
    functionArn,
    accountId: '0',
    newId,
  };
  return lambdaSegmentsOf({ ...source, ...(respondedAt === undefined ? {} : { respondedAt }) });
};

describe('the segments that Lambda writes', () => {
  it('are one of the service, below the caller, and one of the function, below it', () => {
    const [service, fn] = segmentsOf({}, { callerId: 'c'.repeat(16) }, 1400);
    expect(service).toMatchObject({
      id: context.serviceId,
      parent_id: 'c'.repeat(16),
      origin: 'AWS::Lambda',
      start_time: 1,
      end_time: 1.5,
      http: { response: { status: 200 } },
      aws: { request_id: 'r-1' },
    });
    expect(fn).toMatchObject({ id: context.functionId, parent_id: context.serviceId, origin: 'AWS::Lambda::Function' });
    expect(fn?.subsegments?.map(({ name, start_time, end_time }) => [name, start_time, end_time])).toEqual([
      ['Invocation', 1.1, 1.4],
      ['Overhead', 1.4, 1.5],
    ]);
  });

  it('hold Initialization on a cold start', () => {
    const [, fn] = segmentsOf({ coldStart: true, initStartedAt: 1010, initDurationMs: 80 }, {}, 1400);
    expect(fn?.subsegments?.[0]).toMatchObject({ name: 'Initialization', start_time: 1.01, end_time: 1.09 });
  });

  it('hold the links to the producers', () => {
    const links = [linkOf(context.traceId, 'd'.repeat(16), 'parent')];
    expect(segmentsOf({}, { links })[0]?.links).toEqual(links);
  });

  it('are a fault of the function when it failed, with the cause that the runtime sent', () => {
    const stack = [{ path: 'handler.js', line: 3, label: 'dial' }];
    const sent = { working_directory: '/var/task', exceptions: [{ type: 'LineError', message: 'no carrier', stack }] };
    const error = { errorType: 'LineError', errorMessage: 'no carrier', xrayCause: JSON.stringify(sent) };
    const [service, fn] = segmentsOf({ functionError: 'Unhandled', error });
    expect(service?.fault).toBeUndefined();
    expect(fn).toMatchObject({
      fault: true,
      cause: { working_directory: '/var/task', exceptions: [{ id: expect.any(String), type: 'LineError', stack }] },
    });
  });

  it('make the cause from the reported error where the runtime sent none', () => {
    for (const xrayCause of [undefined, 'not json', '[]']) {
      const error = { errorType: 'Sandbox.Timedout', errorMessage: 'late', ...(xrayCause ? { xrayCause } : {}) };
      const [, fn] = segmentsOf({ functionError: 'Unhandled', error });
      expect(fn?.cause).toMatchObject({ exceptions: [{ type: 'Sandbox.Timedout', message: 'late' }] });
    }
  });

  it('are one throttled segment when nothing ran', () => {
    const segments = segmentsOf({ throttled: true });
    expect(segments).toMatchObject([{ throttle: true, error: true, http: { response: { status: 429 } } }]);
  });

  it('follow the documented rules', () => {
    const error = { errorType: 'E', errorMessage: 'm' };
    const all = [
      ...segmentsOf({ functionError: 'Unhandled', error, coldStart: true, initStartedAt: 1, initDurationMs: 2 }),
    ];
    expect(all.flatMap(validateSegment)).toEqual([]);
  });
});
