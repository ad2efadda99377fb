import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { expect, it } from 'vitest';
import { type InstrumentOptions, instrument, type TelemetryIssue } from '../../src/index.ts';
import { observeProcess, type ProcessIssue } from '../../src/process.ts';
import { eachRecord } from '../../src/sqs.ts';
import { fakeContext, memorySink } from '../../src/testing.ts';

/** Whether the deadline was taken for near, in an invocation that has `remainingMs` and takes a few. */
async function run(more: InstrumentOptions, remainingMs = 3000) {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const onError = (issue: TelemetryIssue) => void issues.push(issue);
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    async (_event: object, { metrics, signal, trace }) => {
      for (let n = 0; n < 3; n += 1) metrics.add('TotalCalls', 1);
      await trace.span('dial', () => new Promise((resolve) => setTimeout(resolve, 10)));
      return signal.aborted;
    },
    { sink, namespace: 'voice-campaign/test', onError, ...more },
  );
  const aborted = await handler({}, fakeContext({ remainingMs }));
  return { aborted, lines: sink.lines.length, documents: sink.segments.length, issues };
}

// As of Number(process.env.GUARD_MS), which is not set.
it.each<[string, InstrumentOptions]>([
  ['deadlineGuardMs', { deadlineGuardMs: Number.NaN }],
  ['inProgressAfterMs', { inProgressAfterMs: Number.NaN }],
  ['inProgressAfterMs', { inProgressAfterMs: -1 }],
  ['writeThrough.every', { writeThrough: { every: Number.NaN } }],
  ['writeThrough.everyMs', { writeThrough: { everyMs: Number.NaN } }],
])('a %s that is no number counts as not given, and is reported: %j', async (name, options) => {
  const { issues, ...done } = await run(options);
  expect(issues).toMatchObject([{ code: 'bad-option', message: expect.stringContaining(`${name} is `) }]);
  // One line is the report.
  expect(done).toEqual({ aborted: false, lines: 2, documents: 1 });
});

it('a time that no timer can wait for does not come at once', async () => {
  const { aborted, documents } = await run({ inProgressAfterMs: 2 ** 40 }, Number.MAX_SAFE_INTEGER);
  expect([aborted, documents]).toEqual([false, 1]);
});

it('a concurrency that is no number works all records, in a handler and outside', async () => {
  const event = { Records: [{ messageId: 'm-1', attributes: {}, messageAttributes: {} }] } as never;
  const worked: string[] = [];
  const work = () => eachRecord(event, ({ messageId }) => worked.push(messageId), { concurrency: Number.NaN });
  const issues: TelemetryIssue[] = [];
  const onError = (issue: TelemetryIssue) => void issues.push(issue);
  const options = { sink: memorySink(), namespace: 'voice-campaign/test', onError };
  expect(await instrument(voiceCampaign, 'dialer-worker', work, options)(event, fakeContext())).toEqual({
    batchItemFailures: [],
  });
  await work();
  expect(worked).toEqual(['m-1', 'm-1']);
  expect(issues.map(({ code }) => code)).toEqual(['bad-option']);
});

it('a process with an interval that is no number does not call CloudWatch each millisecond', async () => {
  const issues: ProcessIssue[] = [];
  const intervals: number[] = [];
  const { close } = observeProcess(voiceCampaign, 'asterisk', {
    client: { send: () => Promise.resolve() },
    namespace: 'voice-campaign/test',
    flushIntervalMs: Number.NaN,
    maxBacklogPoints: Number.NaN,
    every: (ms) => {
      intervals.push(ms);
      return () => {};
    },
    onError: (issue) => issues.push(issue),
  });
  await close();
  expect(intervals).toEqual([1000]);
  expect(issues.map(({ message }) => message)).toEqual([
    'maxBacklogPoints is NaN, which is no number from 0: it counts as not given',
    'flushIntervalMs is NaN, which is no number from 1: it counts as not given',
  ]);
});

it('an interval without end leaves it to flush and close', async () => {
  let calls = 0;
  let time = 1_700_000_000_000;
  const { metrics, close } = observeProcess(voiceCampaign, 'asterisk', {
    client: {
      send: async () => {
        calls += 1;
      },
    },
    namespace: 'voice-campaign/test',
    flushIntervalMs: Number.POSITIVE_INFINITY,
    now: () => {
      time += 2000;
      return time;
    },
  });
  metrics.set('ActiveCalls', 3);
  await new Promise((resolve) => setTimeout(resolve, 10));
  expect(calls).toBe(0);
  await close();
  expect(calls).toBe(1);
});
