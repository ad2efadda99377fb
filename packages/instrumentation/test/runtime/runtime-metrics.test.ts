import { extendMetrics, runtimeMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterEach, expect, it, vi } from 'vitest';
import { fakeContext, memorySink } from '../../src/testing.ts';

const contract = extendMetrics(voiceCampaign, runtimeMetrics('dialer-worker'));
const context = () => fakeContext({ functionName: 'dialer' });

/** Modules of their own, as in a new process: the next invocation is its first. */
async function newProcess() {
  vi.resetModules();
  const { instrument } = await import('../../src/instrument.ts');
  const sink = memorySink();
  return { instrument, sink, options: { sink, namespace: 'voice-campaign/test' } };
}

afterEach(() => {
  delete process.env.AWS_LAMBDA_INITIALIZATION_TYPE;
  delete process.env._X_AMZN_TRACE_ID;
});

it.each([
  [undefined, 'on-demand'],
  ['provisioned-concurrency', 'provisioned-concurrency'],
  ['lambda-managed-instances', 'lambda-managed-instances'],
])('counts the first invocation of a process initialised %s as a cold start of that kind', async (given, expected) => {
  const { instrument, sink, options } = await newProcess();
  if (given) process.env.AWS_LAMBDA_INITIALIZATION_TYPE = given;
  const handler = instrument(contract, 'dialer-worker', () => {}, options);
  await handler({}, context());
  await handler({}, context());
  expect(sink.total('ColdStarts', { FunctionName: 'dialer', InitializationType: expected })).toBe(1);
  expect(sink.datapoints().filter(({ name }) => name === 'ColdStarts')).toHaveLength(1);
});

it('counts nothing of itself unless the contract declares it', async () => {
  const { instrument, sink, options } = await newProcess();
  const handler = instrument(voiceCampaign, 'dialer-worker', (_event, { metrics }) => metrics.add('TotalCalls', NaN), {
    ...options,
  });
  await handler({}, context());
  expect(sink.datapoints()).toEqual([]);
});

it("leaves an application's own metric of the same name alone", async () => {
  const { instrument, sink, options } = await newProcess();
  const own = extendMetrics(voiceCampaign, {
    metrics: {
      ColdStarts: { kind: 'counter', unit: 'Count', description: 'Engines started cold' },
      Engines: { kind: 'counter', unit: 'Count', description: 'Engines', dimensions: [['FunctionName']] },
    },
    dimensions: { FunctionName: { maxValues: 1 } },
    emitters: { 'dialer-worker': { emits: ['ColdStarts', 'Engines'] } },
  });
  await instrument(own, 'dialer-worker', () => {}, options)({}, context());
  expect(sink.datapoints()).toEqual([]);
});

it('counts samples it dropped, samples that lost a dimension, and late flushes', async () => {
  const { instrument, sink, options } = await newProcess();
  const handler = instrument(
    contract,
    'dialer-worker',
    async (_event, { metrics, signal }) => {
      metrics.add('TotalCalls', Number.NaN);
      metrics.add('TotalCalls', Number.POSITIVE_INFINITY);
      metrics.add('TtsRequests', 1, { Provider: 'nobody' as 'polly' });
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
    },
    { ...options, deadlineGuardMs: 50 },
  );
  await handler({}, fakeContext({ functionName: 'dialer', remainingMs: 60 }));
  const dimensions = { FunctionName: 'dialer' };
  expect(sink.total('TelemetrySamplesDropped', dimensions)).toBe(2);
  expect(sink.total('TelemetrySamplesSanitized', dimensions)).toBe(1);
  expect(sink.total('TelemetryLateFlushes', dimensions)).toBe(1);
  expect(sink.total('TtsRequests')).toBe(1);
});

it('counts documents that had to lose parts', async () => {
  const { instrument, sink, options } = await newProcess();
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
  const handler = instrument(
    contract,
    'dialer-worker',
    (_event, { trace }) => trace.metadata('sdp', 'v'.repeat(70_000)),
    {
      ...options,
    },
  );
  await handler({}, context());
  expect(sink.total('TelemetryOversizeDocuments', { FunctionName: 'dialer' })).toBe(1);
});
