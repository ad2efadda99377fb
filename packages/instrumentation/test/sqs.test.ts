import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { expect, it } from 'vitest';
import { instrument } from '../src/index.ts';
import { eachRecord } from '../src/sqs.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

const record = (messageId: string) =>
  ({ messageId, body: messageId, attributes: { ApproximateReceiveCount: '1' }, messageAttributes: {} }) as SQSRecord;

function worker(work: (id: string, signal: AbortSignal) => unknown, remainingMs?: number) {
  const sink = memorySink();
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (event: SQSEvent, { metrics }) =>
      eachRecord(event, async ({ messageId }, { signal }) => {
        metrics.property('callId', messageId);
        metrics.add('DialAttempts', 1);
        metrics.add('TotalCalls', 1);
        await work(messageId, signal);
      }),
    { sink, namespace: 'voice-campaign/test', deadlineGuardMs: 50 },
  );
  const context = fakeContext(remainingMs === undefined ? {} : { remainingMs });
  return { sink, run: (...ids: string[]) => handler({ Records: ids.map(record) }, context) };
}

it('counts a failed record only when it succeeds at last, and its attempts each time', async () => {
  let failing = true;
  const { sink, run } = worker((id) => {
    if (id === 'b' && failing) throw new Error('busy trunk');
  });
  expect(await run('a', 'b')).toEqual({ batchItemFailures: [{ itemIdentifier: 'b' }] });
  expect([sink.total('TotalCalls'), sink.total('DialAttempts')]).toEqual([1, 2]);
  failing = false;
  expect(await run('b')).toEqual({ batchItemFailures: [] });
  expect([sink.total('TotalCalls'), sink.total('DialAttempts')]).toEqual([2, 3]);
});

it('returns what is not done by the deadline as failures, without its on-commit samples', async () => {
  const { sink, run } = worker((id) => (id === 'slow' ? new Promise(() => {}) : undefined), 60);
  expect(await run('quick', 'slow')).toEqual({ batchItemFailures: [{ itemIdentifier: 'slow' }] });
  expect([sink.total('TotalCalls'), sink.total('DialAttempts')]).toEqual([1, 2]);
});

it('returns every record as a failure where all fail', async () => {
  const { sink, run } = worker(() => Promise.reject(new Error('down')));
  expect((await run('a', 'b')).batchItemFailures).toHaveLength(2);
  expect(sink.total('TotalCalls')).toBe(0);
});
