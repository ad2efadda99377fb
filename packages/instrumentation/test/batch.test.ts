import { BatchProcessor, EventType, processPartialResponse } from '@aws-lambda-powertools/batch';
import { extendMetrics, runtimeMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentOptions, instrument, type TelemetryIssue } from '../src/index.ts';
import { instrumentation } from '../src/middy.ts';
import { eachRecord } from '../src/sqs.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

// The matrix runs this with both versions that are supported; Middy 7 needs Node 22.
const { default: middy } =
  process.env.MIDDY === '7'
    ? ((await import('@middy/core-7')) as unknown as typeof import('@middy/core'))
    : await import('@middy/core');

const contract = extendMetrics(voiceCampaign, runtimeMetrics('dialer-worker'));
const record = (messageId: string) =>
  ({ messageId, body: messageId, attributes: { ApproximateReceiveCount: '2' }, messageAttributes: {} }) as SQSRecord;
const batch = (...ids: string[]): SQSEvent => ({ Records: ids.map(record) });
const work = ({ messageId }: SQSRecord) => {
  if (messageId.startsWith('bad')) throw new Error('call to +15551234567 failed');
};

function setUp() {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const options: InstrumentOptions = {
    sink,
    namespace: 'voice-campaign/test',
    onError: (issue) => issues.push(issue),
  };
  return { sink, issues, options };
}

/** One handler of each kind that answers with `batchItemFailures`. */
const kinds = {
  eachRecord: (options: InstrumentOptions) =>
    instrument(contract, 'dialer-worker', (event: SQSEvent) => eachRecord(event, work), options),
  'Powertools Batch': (options: InstrumentOptions) =>
    instrument(
      contract,
      'dialer-worker',
      (event: SQSEvent) =>
        processPartialResponse(event, async (one: SQSRecord) => work(one), new BatchProcessor(EventType.SQS), {
          throwOnFullBatchFailure: false,
        }),
      options,
    ),
  'hand-written code': (options: InstrumentOptions) =>
    instrument(
      contract,
      'dialer-worker',
      ({ Records }: SQSEvent) => ({
        batchItemFailures: Records.filter(({ messageId }) => messageId.startsWith('bad')).map(({ messageId }) => ({
          itemIdentifier: messageId,
        })),
      }),
      options,
    ),
  'Middy, whose response another middleware makes': (options: InstrumentOptions) =>
    middy(({ Records }: SQSEvent) => Promise.allSettled(Records.map(async (one) => work(one))))
      .use(instrumentation(contract, 'dialer-worker', options))
      .after((request) => {
        const outcomes = request.response as unknown as PromiseSettledResult<void>[];
        const failed = request.event.Records.filter((_one, index) => outcomes[index]?.status === 'rejected');
        const response = { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
        Object.assign(request, { response });
      }),
};

beforeEach(() => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
});

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

describe.each(Object.entries(kinds))('a batch of %s', (_name, make) => {
  const outcome = (sink: ReturnType<typeof memorySink>) =>
    ['Records', 'RecordFailures', 'FullBatchFailures'].map((name) => sink.total(name, { FunctionName: 'function' }));

  it('is an error where some records failed', async () => {
    const { sink, issues, options } = setUp();
    await make(options)(batch('a', 'bad', 'c'), fakeContext());
    expect(outcome(sink)).toEqual([3, 1, 0]);
    expect(sink.segments[0]).toMatchObject({ error: true, annotations: { BatchSize: 3, BatchFailures: 1 } });
    expect(sink.segments[0]).not.toHaveProperty('fault');
    expect(issues).toEqual([]);
  });

  it('is a fault where all did', async () => {
    const { sink, options } = setUp();
    await make(options)(batch('bad 1', 'bad 2'), fakeContext());
    expect(outcome(sink)).toEqual([2, 2, 1]);
    expect(sink.segments[0]).toMatchObject({ fault: true });
  });

  it('is neither where none did', async () => {
    const { sink, options } = setUp();
    await make(options)(batch('a'), fakeContext());
    expect(outcome(sink)).toEqual([1, 0, 0]);
    expect(sink.datapoints().map(({ name }) => name)).toContain('RecordFailures');
    expect(sink.segments[0]).not.toHaveProperty('error');
    expect(sink.segments[0]).not.toHaveProperty('fault');
  });
});

it('counts a batch whose handler throws as failed', async () => {
  const { sink, options } = setUp();
  const handler = instrument(
    contract,
    'dialer-worker',
    (_event: SQSEvent) => Promise.reject(new Error('down')),
    options,
  );
  await expect(handler(batch('a', 'b'), fakeContext())).rejects.toThrow('down');
  expect(sink.total('FullBatchFailures', { FunctionName: 'function' })).toBe(1);
});

it('says nothing of records unless the contract declares it', async () => {
  const { sink, options } = setUp();
  await instrument(
    voiceCampaign,
    'dialer-worker',
    (event: SQSEvent) => eachRecord(event, work),
    options,
  )(batch('bad'), fakeContext());
  expect(sink.datapoints()).toEqual([]);
});

it.each([
  ['names a record twice', ['bad', 'bad'], 'twice'],
  ['has an empty id', [''], 'all are delivered again'],
])('reports a response that %s', async (_name, ids, said) => {
  const { issues, options } = setUp();
  const answer = { batchItemFailures: ids.map((itemIdentifier) => ({ itemIdentifier })) };
  await instrument(contract, 'dialer-worker', (_event: SQSEvent) => answer, options)(batch('a', 'bad'), fakeContext());
  expect(issues).toEqual([{ code: 'batch-response', message: expect.stringContaining(said) }]);
});

it('reports a handler that does not return what eachRecord found, as SQS deletes those records', async () => {
  const { issues, options } = setUp();
  const handler = instrument(
    contract,
    'dialer-worker',
    async (event: SQSEvent) => {
      await eachRecord(event, work);
    },
    options,
  );
  await handler(batch('a', 'bad'), fakeContext());
  expect(issues).toEqual([{ code: 'batch-response', message: expect.stringContaining('return what eachRecord does') }]);
});
