import { AsyncResource } from 'node:async_hooks';
import { extendMetrics, voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { instrument, observe, type TelemetryIssue } from '../src/index.ts';
import { fakeContext, memorySink } from '../src/testing.ts';
import { watched } from './watched.ts';

const { metrics, trace, log } = observe(voiceCampaign, 'dialer-worker');
/** Runs without the caller's async context, as code behind a queue or pool of its own may. */
const outside = new AsyncResource('made while the module loads');
const count = () => outside.runInAsyncScope(() => metrics.add('TotalCalls', 1));

function handlerOf() {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    async () => {
      await new Promise((resolve) => setImmediate(resolve));
      count();
    },
    { sink, namespace: 'voice-campaign/test', onError: (issue) => issues.push(issue) },
  );
  return { handler, sink, issues };
}

it('is silent outside an invocation', () => {
  metrics.add('TotalCalls', 1);
  log.info('nobody hears this');
  expect(trace.span('dial', () => 'result')).toBe('result');
  expect([trace.traceId, trace.sampled, trace.header()]).toEqual([undefined, false, '']);
});

it('finds the only invocation in flight where the async context was lost', async () => {
  const { handler, sink } = handlerOf();
  await handler({}, fakeContext());
  expect(sink.total('TotalCalls')).toBe(1);
});

it('counts for nobody, and says so, where several could be meant', async () => {
  const { handler, sink, issues } = handlerOf();
  await Promise.all([handler({}, fakeContext()), handler({}, fakeContext())]);
  expect(sink.total('TotalCalls')).toBeLessThan(2);
  expect(issues).toMatchObject([{ code: 'no-invocation' }]);
  expect(sink.logs().filter((line) => line.telemetry_issue === 'no-invocation')).toHaveLength(1);
});

describe('the contract and emitter that it names', () => {
  const extended = extendMetrics(voiceCampaign, {
    metrics: { VoicemailsLeft: { kind: 'counter', unit: 'Count', description: 'Messages left' } },
    emitters: { 'dialer-worker': { emits: ['VoicemailsLeft'] } },
    properties: { voicemailId: { type: 'string', description: 'Recording' } },
  });

  async function inside(emitter: 'dialer-worker' | 'api-handler', work: () => void) {
    const { sink, issues, options } = watched();
    await instrument(voiceCampaign, emitter, work, options)({}, fakeContext());
    return { sink, issues };
  }

  it('decide what it may emit, whatever the handler may', async () => {
    const voicemails = observe(extended, 'dialer-worker');
    const { sink, issues } = await inside('dialer-worker', () => {
      voicemails.metrics.property('voicemailId', 'v-1');
      voicemails.metrics.add('VoicemailsLeft', 1);
    });
    expect(sink.total('VoicemailsLeft')).toBe(1);
    expect(sink.lines[0]).toContain('"voicemailId":"v-1"');
    expect(issues).toEqual([]);
  });

  it('forbid what they do not declare', async () => {
    const { sink, issues } = await inside('api-handler', () => {
      // @ts-expect-error: OptOuts is what the api-handler emits
      metrics.add('OptOuts', 1);
    });
    expect(sink.total('OptOuts')).toBe(0);
    expect(issues.map(({ code }) => code)).toEqual(['other-emitter', 'not-emitted']);
  });

  it('are reported where the invocation is of another emitter', async () => {
    const { sink, issues } = await inside('api-handler', () => {
      metrics.add('TotalCalls', 1);
      metrics.add('TotalCalls', 1);
    });
    expect(sink.total('TotalCalls')).toBe(2);
    expect(issues[0]).toMatchObject({ code: 'other-emitter', message: expect.stringContaining('api-handler') });
    expect(sink.logs().filter((line) => line.telemetry_issue === 'other-emitter')).toHaveLength(1);
  });
});
