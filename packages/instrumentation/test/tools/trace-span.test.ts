import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { afterEach, beforeEach, describe, expect, expectTypeOf, it } from 'vitest';
import { type InstrumentOptions, instrument, observe, type TelemetryIssue, type Trace } from '../../src/index.ts';
import { fakeContext, fixedClock, memorySink } from '../../src/testing.ts';

const below = observe(voiceCampaign, 'dialer-worker');

beforeEach(() => {
  process.env._X_AMZN_TRACE_ID = 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1';
});

afterEach(() => {
  delete process.env._X_AMZN_TRACE_ID;
});

/** The spans that a handler's work leaves, each as its name, its annotations, whether it failed, and its children. */
async function traced(work: (trace: Trace) => unknown, options: InstrumentOptions = {}) {
  const sink = memorySink();
  const handler = instrument(voiceCampaign, 'dialer-worker', (_event: object, { trace }) => work(trace), {
    sink,
    namespace: 'voice-campaign/test',
    ...options,
  });
  await handler({}, fakeContext());
  return ((sink.segments[0]?.subsegments ?? []) as Record<string, unknown>[]).map(shown);
}

function shown({ name, fault, subsegments, ...span }: Record<string, unknown>): object {
  const children = ((subsegments ?? []) as Record<string, unknown>[]).map(shown);
  return {
    name,
    ...(span.annotations !== undefined && { annotations: span.annotations }),
    ...(fault === true && { fault }),
    ...(children.length > 0 && { children }),
  };
}

function* pages(): Generator<number, string, string> {
  below.trace.annotate('page', yield 1);
  below.trace.span('fetch', () => {});
  yield 2;
  return 'all';
}

async function* later(): AsyncGenerator<number, string, string> {
  await Promise.resolve();
  below.trace.annotate('page', yield 1);
  await Promise.resolve();
  below.trace.span('fetch', () => {});
  yield 2;
  return 'all';
}

describe('a span around a generator', () => {
  it('ends when the generator does, and is the context of its body at each step', async () => {
    const spans = await traced((trace) => {
      const found = trace.span('pages', pages);
      expectTypeOf(found).toEqualTypeOf<Generator<number, string, string>>();
      const steps = [found.next('ignored')];
      trace.span('between', () => {});
      steps.push(found.next('first'), found.next(''), found.next(''));
      expect(steps).toEqual([
        { value: 1, done: false },
        { value: 2, done: false },
        { value: 'all', done: true },
        { value: undefined, done: true },
      ]);
    });
    expect(spans).toEqual([
      { name: 'pages', annotations: { page: 'first' }, children: [{ name: 'fetch' }] },
      { name: 'between' },
    ]);
  });

  it('ends when an async generator does, and is the context of its body at each step', async () => {
    const spans = await traced(async (trace) => {
      const found = trace.span('pages', later);
      expectTypeOf(found).toEqualTypeOf<AsyncGenerator<number, string, string>>();
      const first = await found.next('ignored');
      await trace.span('between', async () => {});
      expect([first, await found.next('first'), await found.next('')]).toEqual([
        { value: 1, done: false },
        { value: 2, done: false },
        { value: 'all', done: true },
      ]);
    });
    expect(spans).toEqual([
      { name: 'pages', annotations: { page: 'first' }, children: [{ name: 'fetch' }] },
      { name: 'between' },
    ]);
  });

  it('gives all its values to a loop', async () => {
    await traced(async (trace) => {
      const list = trace.span('pages', function* () {
        yield* [1, 2];
      });
      expect([...list]).toEqual([1, 2]);
      const values: number[] = [];
      const stream = trace.span('pages', async function* () {
        yield* [1, 2];
      });
      for await (const value of stream) values.push(value);
      expect(values).toEqual([1, 2]);
    });
  });

  it('takes no longer than the loop that leaves it, whose cleanup still runs in it', async () => {
    const now = fixedClock(1_700_000_000_000);
    const sink = memorySink();
    const handler = instrument(
      voiceCampaign,
      'dialer-worker',
      (_event: object, { trace }) => {
        const found = trace.span('pages', function* () {
          try {
            yield 1;
            yield 2;
          } finally {
            below.trace.annotate('left', true);
          }
        });
        for (const _page of found) break;
        now.advance(60_000);
      },
      { sink, namespace: 'voice-campaign/test', now },
    );
    await handler({}, fakeContext());
    expect(sink.segments[0]?.subsegments).toMatchObject([
      { name: 'pages', annotations: { left: true }, start_time: 1_700_000_000, end_time: 1_700_000_000 },
    ]);
  });

  it.each([
    [
      'a generator',
      (trace: Trace) => {
        const found = trace.span('pages', function* () {
          yield 1;
          throw new Error('no more');
        });
        found.next();
        expect(() => found.next()).toThrow('no more');
      },
    ],
    [
      'an async generator',
      async (trace: Trace) => {
        const found = trace.span('pages', async function* () {
          yield 1;
          throw new Error('no more');
        });
        await found.next();
        await expect(found.next()).rejects.toThrow('no more');
      },
    ],
    [
      'who uses it',
      (trace: Trace) => {
        const found = trace.span('pages', pages);
        found.next();
        expect(() => found.throw(new Error('enough'))).toThrow('enough');
      },
    ],
  ])('fails when %s throws', async (_who, work) => {
    expect(await traced(work)).toEqual([{ name: 'pages', fault: true }]);
  });

  it('stays a generator, in name and in its methods', async () => {
    await traced((trace) => {
      const found = trace.span('pages', pages);
      expect(Object.prototype.toString.call(found)).toBe('[object Generator]');
      expect(found[Symbol.iterator]()).toBe(found);
      expect(found.return('enough')).toEqual({ value: 'enough', done: true });
    });
  });
});

it('keeps sync sync and async async', async () => {
  await traced((trace) => {
    expectTypeOf(trace.span('prompt', () => 3)).toEqualTypeOf<number>();
    expectTypeOf(trace.span('dial', async () => 3)).toEqualTypeOf<Promise<number>>();
    expect(trace.span('prompt', () => 3)).toBe(3);
  });
});

it('reports once that a trace has more annotations than X-Ray indexes', async () => {
  const issues: TelemetryIssue[] = [];
  const annotate = (count: number) => (trace: Trace) => {
    for (let i = 0; i < count; i += 1) trace.span('dial', (span) => span.annotate('attempt', i));
    trace.annotate('outcome', 'busy');
    trace.annotate('outcome', 'answered');
  };
  const options: InstrumentOptions = { onError: (issue) => issues.push(issue) };
  // ColdStart, Service and outcome are three.
  await traced(annotate(47), options);
  expect(issues).toEqual([]);
  await traced(annotate(60), options);
  expect(issues).toEqual([{ code: 'too-many-annotations', message: expect.stringContaining('50') }]);
});
