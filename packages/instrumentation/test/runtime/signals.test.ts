import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterEach, expect, it, vi } from 'vitest';
import { type InstrumentOptions, instrument } from '../../src/index.ts';
import { observeProcess } from '../../src/process.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

const HEADER = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';

afterEach(() => vi.unstubAllEnvs());

/** Which signals a handler of all kinds, and of a mistake, leaves under these variables; and the header it passes on. */
async function left(environment: Readonly<Record<string, string>>, more: InstrumentOptions = {}) {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
  vi.stubEnv('_X_AMZN_TRACE_ID', HEADER);
  const sink = memorySink();
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics, trace, log }) => {
      metrics.add('TotalCalls', 1);
      metrics.add('TotalCalls', Number.NaN);
      log.info('dialled');
      return trace.header();
    },
    { sink, namespace: 'voice-campaign/test', ...more },
  );
  const passedOn = await handler({}, fakeContext());
  const signals = {
    metrics: sink.datapoints().length > 0,
    traces: sink.segments.length > 0,
    logs: sink.logs().length > 0,
  };
  return { signals, lines: sink.lines.length, passedOn };
}

it.each([
  [{}, { metrics: true, traces: true, logs: true }],
  [{ VOICE_CAMPAIGN_OBSERVABILITY: ' Off ' }, { metrics: false, traces: false, logs: false }],
  [{ VOICE_CAMPAIGN_METRICS: '0' }, { metrics: false, traces: true, logs: true }],
  [{ VOICE_CAMPAIGN_TRACES: 'false' }, { metrics: true, traces: false, logs: true }],
  [{ VOICE_CAMPAIGN_LOGS: 'no' }, { metrics: true, traces: true, logs: false }],
  [{ POWERTOOLS_METRICS_DISABLED: 'true' }, { metrics: false, traces: true, logs: true }],
  [{ POWERTOOLS_TRACE_ENABLED: 'false' }, { metrics: true, traces: false, logs: true }],
  [{ VOICE_CAMPAIGN_METRICS: 'perhaps' }, { metrics: true, traces: true, logs: true }],
])('%j leaves %j', async (environment, expected) => {
  expect((await left(environment)).signals).toEqual(expected);
});

it('turned off, not even what goes wrong is written', async () => {
  vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'dialer-worker');
  expect((await left({ VOICE_CAMPAIGN_OBSERVABILITY: 'off' }, { namespace: 'no namespace!' })).lines).toBe(0);
});

it('the trace goes on downstream where it is not recorded here', async () => {
  expect((await left({ VOICE_CAMPAIGN_TRACES: 'off' })).passedOn).toBe(HEADER);
});

it.each(['VOICE_CAMPAIGN_OBSERVABILITY', 'VOICE_CAMPAIGN_METRICS'])('%s turns a process off too', async (name) => {
  const issues: unknown[] = [];
  let calls = 0;
  const client = {
    send: async () => {
      calls += 1;
    },
  };
  const environment = { [name]: 'off' };
  const { metrics, close } = observeProcess(voiceCampaign, 'asterisk', {
    client,
    environment,
    onError: (issue) => issues.push(issue),
  });
  metrics.set('ActiveCalls', 3);
  await close();
  expect([calls, issues]).toEqual([0, []]);
});
