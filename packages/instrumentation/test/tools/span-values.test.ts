import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { instrument, type TelemetryIssue, type Trace } from '../../src/index.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

/** The handler's span after `work`, and what was reported. */
async function spanOf(work: (trace: Trace) => void) {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const options = {
    sink,
    namespace: 'voice-campaign/test',
    onError: (issue: TelemetryIssue) => issues.push(issue),
  };
  await instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { trace }) => work(trace),
    options,
  )({}, fakeContext());
  return { span: sink.segments[0], issues };
}

it('metadata is what it was when it was given: later changes neither leak nor cost the document', async () => {
  let reads = 0;
  const { span, issues } = await spanOf((trace) => {
    const call: Record<string, unknown> = { tries: 1, leg: { codec: 'opus' } };
    trace.metadata('call', call);
    Object.assign(call.leg as object, { note: 'to +15551234567', up: call });
    const once = {
      toJSON: () => {
        reads += 1;
        if (reads > 1) throw new Error('read twice');
        return 'once';
      },
    };
    trace.metadata('once', once);
  });
  expect(span?.metadata).toEqual({ default: { call: { tries: 1, leg: { codec: 'opus' } }, once: 'once' } });
  expect(issues).toEqual([]);
});
