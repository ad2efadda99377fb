import { AsyncResource } from 'node:async_hooks';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument, observe, type TelemetryIssue } from '../src/index.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

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
