import { processPartialResponse, SqsFifoPartialProcessorAsync } from '@aws-lambda-powertools/batch';
import { voiceCampaign } from '@voice-campaign/metrics-schema';
import type { SQSEvent, SQSRecord } from 'aws-lambda';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import '../src/vitest.ts';
import { instrument, observe } from '../src/index.ts';
import { type EachRecordOptions, eachRecord } from '../src/sqs.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

const record = (messageId: string) =>
  ({ messageId, body: messageId, attributes: { ApproximateReceiveCount: '1' }, messageAttributes: {} }) as SQSRecord;

function worker(work: (id: string, signal: AbortSignal) => unknown, remainingMs?: number, options?: EachRecordOptions) {
  const sink = memorySink();
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (event: SQSEvent, { metrics }) =>
      eachRecord(
        event,
        async ({ messageId }, { signal }) => {
          metrics.property('callId', messageId);
          metrics.add('DialAttempts', 1);
          metrics.add('TotalCalls', 1);
          await work(messageId, signal);
        },
        options,
      ),
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

it('counts what a record leaves running when it ends by how it ended', async () => {
  const { metrics } = observe(voiceCampaign, 'dialer-worker');
  const { sink, run } = worker(async (id) => {
    if (id === 'long') await new Promise((resolve) => setTimeout(resolve, 20));
    else {
      setTimeout(() => {
        metrics.add('DialAttempts', 10);
        metrics.add('TotalCalls', 10);
      }, 5);
      if (id === 'failing') throw new Error('busy trunk');
    }
  });
  await run('good', 'failing', 'long');
  expect([sink.total('TotalCalls'), sink.total('DialAttempts')]).toEqual([12, 23]);
  const late = sink.lines.map((line) => JSON.parse(line)).filter((line) => line.DialAttempts === 10);
  expect(late.map(({ callId }) => callId).sort()).toEqual(['failing', 'good']);
});

it('returns every record as a failure where all fail', async () => {
  const { sink, run } = worker(() => Promise.reject(new Error('down')));
  expect((await run('a', 'b')).batchItemFailures).toHaveLength(2);
  expect(sink.total('TotalCalls')).toBe(0);
});

describe('a record that fails', () => {
  const producer = '1-5759e988-bd862e3fe1be46a994272793';
  const failing = (messageId: string): SQSRecord => ({
    ...record(messageId),
    attributes: { ...record(messageId).attributes, ApproximateReceiveCount: '3', AWSTraceHeader: `Root=${producer}` },
    messageAttributes: { correlationId: { stringValue: 'spring-7', dataType: 'String' } },
  });

  async function run(records: readonly SQSRecord[], work: (id: string) => unknown) {
    process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-aaaaaaaaaaaaaaaaaaaaaaaa;Parent=53995c3f42cd8ad8;Sampled=1';
    const sink = memorySink();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (event: SQSEvent) => eachRecord(event, ({ messageId }) => work(messageId)),
      { sink, namespace: 'voice-campaign/test' },
    );
    await handler({ Records: [...records] }, fakeContext());
    delete process.env._X_AMZN_TRACE_ID;
    return sink;
  }
  const down = () => Promise.reject(new Error('call to +15551234567 failed'));

  it('is logged once, with its ids and its cause, masked', async () => {
    const sink = await run([failing('m-1'), record('m-2')], (id) => (id === 'm-1' ? down() : 'ok'));
    expect(sink.logs()).toMatchObject([
      {
        level: 'ERROR',
        message: 'record failed',
        message_id: 'm-1',
        receive_count: 3,
        correlation_id: 'spring-7',
        producer_trace_id: producer,
        error: { message: 'call to +1********67 failed' },
      },
    ]);
    expect(sink.lines.join()).not.toContain('5551234567');
  });

  it('shows no trace id of a producer that wrote something else', async () => {
    const odd = { ...failing('m-1').attributes, AWSTraceHeader: 'Root=+15551234567;Sampled=1' };
    const sink = await run([{ ...failing('m-1'), attributes: odd }], down);
    expect(sink.logs()[0]).not.toHaveProperty('producer_trace_id');
    expect(sink.lines.join()).not.toContain('5551234567');
  });

  it('has its id as annotation, and others have theirs in the metadata alone', async () => {
    const sink = await run([failing('m-1'), failing('m-2')], (id) => (id === 'm-1' ? down() : 'ok'));
    const metadata = { sqs: { message_id: 'm-2', receive_count: 3, producer_trace_id: producer } };
    expect(sink).toHaveTraced('record', { fault: true, annotations: { message_id: 'm-1' } });
    expect(sink).toHaveTraced('record', { metadata });
    expect(sink).not.toHaveTraced('record', { annotations: { message_id: 'm-2' } });
  });

  it('leaves room for the annotations of an application, however many fail', async () => {
    const records = Array.from({ length: 200 }, (_, index) => record(`m-${index}`));
    const warnings: Error[] = [];
    const heard = (warning: Error) => void warnings.push(warning);
    process.on('warning', heard);
    const sink = await run(records, down);
    await new Promise((resolve) => setImmediate(resolve));
    process.off('warning', heard);
    expect(warnings).toEqual([]);
    const annotations = (one: Readonly<Record<string, unknown>>): number =>
      Object.keys(one.annotations ?? {}).length +
      ((one.subsegments ?? []) as Record<string, unknown>[]).reduce((sum, child) => sum + annotations(child), 0);
    expect(sink.segments.reduce((sum, one) => sum + annotations(one), 0)).toBeLessThan(30);
    expect(sink.logs().filter(({ message }) => message === 'record failed')).toHaveLength(200);
  });
});

it('names the records it did not start in one line', async () => {
  const { sink, run } = worker((id) => (id === 'slow' ? new Promise(() => {}) : undefined), 60, { concurrency: 1 });
  expect((await run('slow', 'b', 'c')).batchItemFailures).toHaveLength(3);
  expect(sink.logs()).toMatchObject([
    { message: 'record failed', message_id: 'slow' },
    { level: 'WARN', message_ids: ['b', 'c'] },
  ]);
});

describe('a FIFO queue', () => {
  const inGroup = (group: string, messageId: string): SQSRecord => ({
    ...record(messageId),
    eventSourceARN: 'arn:aws:sqs:eu-central-1:123456789012:dial-tasks.fifo',
    attributes: { ...record(messageId).attributes, MessageGroupId: group },
  });
  const ids = ({ batchItemFailures }: { readonly batchItemFailures: readonly { itemIdentifier: string }[] }) =>
    batchItemFailures.map(({ itemIdentifier }) => itemIdentifier).sort();

  it('has its groups worked in order, beside each other', async () => {
    const events: string[] = [];
    const records = ['a1', 'b1', 'a2', 'b2', 'a3'].map((id) => inGroup(id.slice(0, 1), id));
    await eachRecord({ Records: records }, async ({ messageId }) => {
      events.push(`+${messageId}`);
      await new Promise((resolve) => setImmediate(resolve));
      events.push(`-${messageId}`);
    });
    const of = (group: string) => events.filter((event) => event.slice(1).startsWith(group));
    expect(of('a')).toEqual(['+a1', '-a1', '+a2', '-a2', '+a3', '-a3']);
    expect(of('b')).toEqual(['+b1', '-b1', '+b2', '-b2']);
    expect(events.slice(0, 2)).toEqual(['+a1', '+b1']);
  });

  it('gets the rest of a group back after a failure, as from Powertools that skips the group', async () => {
    const batch = fc.uniqueArray(
      fc.record({ group: fc.constantFrom('a', 'b', 'c'), id: fc.nat(30), bad: fc.boolean() }),
      {
        maxLength: 10,
        selector: ({ id }) => id,
      },
    );
    await fc.assert(
      fc.asyncProperty(batch, fc.integer({ min: 1, max: 4 }), async (given, concurrency) => {
        const Records = given.map(({ group, id, bad }) => inGroup(group, `${bad ? 'bad' : 'good'} ${id}`));
        const work = async ({ messageId }: SQSRecord) => {
          if (messageId.startsWith('bad')) throw new Error('down');
        };
        const expected = await processPartialResponse({ Records }, work, new SqsFifoPartialProcessorAsync(), {
          skipGroupOnError: true,
          throwOnFullBatchFailure: false,
        });
        expect(ids(await eachRecord({ Records }, work, { concurrency }))).toEqual(ids(expected));
      }),
      { numRuns: 100 },
    );
  });

  it('is told apart from a queue whose groups are for fairness', async () => {
    const Records = ['bad', 'next'].map((id) => ({ ...inGroup('a', id), eventSourceARN: 'arn:aws:sqs:::dial-tasks' }));
    const work = ({ messageId }: SQSRecord) => (messageId === 'bad' ? Promise.reject(new Error('down')) : undefined);
    expect(ids(await eachRecord({ Records }, work))).toEqual(['bad']);
  });

  it('has the records that were not worked named in one line', async () => {
    const sink = memorySink();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (event: SQSEvent) => eachRecord(event, () => Promise.reject(new Error('down'))),
      { sink, namespace: 'voice-campaign/test' },
    );
    const Records = ['a1', 'a2', 'b1', 'a3'].map((id) => inGroup(id.slice(0, 1), id));
    expect((await handler({ Records }, fakeContext())).batchItemFailures).toHaveLength(4);
    expect(sink.logs().map(({ message, message_id, message_ids }) => [message, message_id ?? message_ids])).toEqual([
      ['record failed', 'a1'],
      ['record failed', 'b1'],
      ['records not started, as an earlier one of their message group failed', ['a2', 'a3']],
    ]);
  });
});
