import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type InstrumentOptions, instrument } from '../src/index.ts';
import { fakeContext, fixedClock, memorySink } from '../src/testing.ts';

beforeEach(() => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
});

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

/** The total of DialAttempts that is out after each of the handler's samples. */
async function totals(samples: number, options: InstrumentOptions, elapse = (): void => {}) {
  const sink = memorySink();
  const seen: number[] = [];
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { metrics }) => {
      for (let i = 0; i < samples; i += 1) {
        elapse();
        metrics.add('DialAttempts', 1);
        seen.push(sink.total('DialAttempts'));
      }
    },
    { sink, namespace: 'voice-campaign/test', ...options },
  );
  await handler({}, fakeContext());
  return { seen, total: sink.total('DialAttempts') };
}

describe('writeThrough', () => {
  it('writes each sample when it is taken', async () => {
    expect(await totals(3, { writeThrough: true })).toEqual({ seen: [1, 2, 3], total: 3 });
  });

  it('writes after every so many', async () => {
    const { seen, total } = await totals(7, { writeThrough: { every: 3 } });
    expect(seen).toEqual([0, 0, 3, 3, 3, 6, 6]);
    expect(total).toBe(7);
  });

  it('writes when so much time has passed', async () => {
    const now = fixedClock(1_700_000_000_000);
    const { seen } = await totals(6, { writeThrough: { everyMs: 100 }, now }, () => now.advance(40));
    expect(seen).toEqual([0, 0, 3, 3, 3, 6]);
  });

  it('is off unless it is asked for', async () => {
    expect(await totals(3, {})).toEqual({ seen: [0, 0, 0], total: 3 });
  });

  it('sends each span once, when it ends, and the handler in progress before and closed after', async () => {
    const sink = memorySink();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { trace }) => {
        trace.span('prompt', () => {});
        trace.span('dial', () => trace.span('connect', () => {}));
      },
      { sink, namespace: 'voice-campaign/test', writeThrough: true },
    );
    await handler({}, fakeContext());
    const shown = sink.segments.map(({ name, in_progress, subsegments }) => ({
      name: String(name).slice(0, 7),
      ...(in_progress === true && { in_progress }),
      ...(subsegments !== undefined && { children: (subsegments as { name: string }[]).map((one) => one.name) }),
    }));
    expect(shown).toEqual([
      { name: '## dial', in_progress: true, children: ['prompt'] },
      { name: 'dial', in_progress: true, children: ['connect'] },
      { name: 'dial', children: ['connect'] },
      { name: '## dial', children: ['prompt'] },
    ]);
  });
});

describe('inProgressAfterMs', () => {
  const run = async (inProgressAfterMs: number | undefined, waitMs: number) => {
    const sink = memorySink();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      async (_event: object, { trace }) => {
        trace.span('prompt', () => {});
        const before = sink.segments.length;
        await new Promise((resolve) => setTimeout(resolve, waitMs));
        return [before, sink.segments.length];
      },
      {
        sink,
        namespace: 'voice-campaign/test',
        ...(inProgressAfterMs !== undefined && { inProgressAfterMs }),
      },
    );
    const counts = await handler({}, fakeContext());
    return { counts, sink };
  };

  it('announces the handler at its start, and closes it by the complete document', async () => {
    const { counts, sink } = await run(0, 0);
    expect(counts).toEqual([1, 1]);
    expect(sink.segments).toMatchObject([
      { in_progress: true },
      { id: sink.segments[0]?.id, subsegments: [{ name: 'prompt' }] },
    ]);
    expect(sink.segments[1]).not.toHaveProperty('in_progress');
  });

  it('announces only what runs so long', async () => {
    expect((await run(5, 50)).counts).toEqual([0, 1]);
    expect((await run(5000, 0)).sink.segments).toHaveLength(1);
    expect((await run(undefined, 0)).sink.segments).toHaveLength(1);
  });
});

it('sends a span that begins after the invocation has ended', async () => {
  const sink = memorySink();
  let late = () => {};
  const handler = instrument(
    voiceCampaign,
    'dialer-worker',
    (_event: object, { trace }) => {
      late = () => trace.span('hang up', () => {});
    },
    { sink, namespace: 'voice-campaign/test' },
  );
  await handler({}, fakeContext());
  late();
  expect(sink.segments).toMatchObject([{ type: 'subsegment' }, { name: 'hang up', parent_id: sink.segments[0]?.id }]);
});
