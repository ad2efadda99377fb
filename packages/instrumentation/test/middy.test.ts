import { voiceCampaign } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { observe, type TelemetryIssue } from '../src/index.ts';
import { instrumentation } from '../src/middy.ts';
import { fakeContext, memorySink } from '../src/testing.ts';

// The matrix runs this with both versions that are supported; Middy 7 needs Node 22.
const { default: middy } =
  process.env.MIDDY === '7'
    ? ((await import('@middy/core-7')) as unknown as typeof import('@middy/core'))
    : await import('@middy/core');

const { metrics, log } = observe(voiceCampaign, 'api-handler');
const options = () => ({ sink: memorySink(), namespace: 'voice-campaign/test' });

it('writes the metrics of a handler under Middy', async () => {
  const { sink, ...more } = options();
  const handler = middy(async () => {
    metrics.add('OptOuts', 1);
    log.info('opted out', { phone: '+15551234567' });
    return 'ok';
  }).use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }));
  expect(await handler({}, fakeContext())).toBe('ok');
  expect(sink.total('OptOuts')).toBe(1);
  expect(sink.logs()).toMatchObject([{ message: 'opted out', service: 'api-handler', phone: '+1********67' }]);
});

it('writes them when the handler throws, and when a later middleware answers early', async () => {
  const { sink, ...more } = options();
  const failing = middy(async () => {
    metrics.add('OptOuts', 1);
    throw new Error('no store');
  }).use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }));
  await expect(failing({}, fakeContext())).rejects.toThrow('no store');
  const early = middy(async () => 'never')
    .use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }))
    .before(() => {
      metrics.add('OptOuts', 1);
      return 'early';
    });
  expect(await early({}, fakeContext())).toBe('early');
  expect(sink.total('OptOuts')).toBe(2);
});

it.each([
  ['another error', () => new Error('no page')],
  ['the same error', (error: unknown) => error],
  // Of a text Middy 6 itself fails, which no middleware sees.
  ['what is no object', () => (process.env.MIDDY === '7' ? 'no page' : new Error('no page'))],
])('writes them when an onError before its own throws %s', async (_what, thrownOf) => {
  const { sink, ...more } = options();
  const failing = middy(async () => {
    metrics.add('OptOuts', 1);
    throw new Error('no store');
  })
    .use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }))
    .onError(({ error }) => {
      throw thrownOf(error);
    });
  const thrown: unknown = await failing({}, fakeContext()).catch((error: unknown) => error);
  expect(String(thrown)).toMatch(/no page|no store/);
  expect(sink.total('OptOuts')).toBe(1);
  expect(sink.segments).toMatchObject([{ fault: true, end_time: expect.any(Number) }]);
});

it('writes them once where the same middleware is used twice', async () => {
  const { sink, ...more } = options();
  const twice = instrumentation(voiceCampaign, 'api-handler', { sink, ...more });
  const handler = middy(async () => metrics.add('OptOuts', 1))
    .use(twice)
    .use(twice);
  await handler({}, fakeContext());
  expect([sink.total('OptOuts'), sink.segments.length]).toEqual([1, 1]);
});

it('lets an onError put another error in the place of the first', async () => {
  const { sink, ...more } = options();
  const failing = middy(async () => {
    throw new Error('no store');
  })
    .use(instrumentation(voiceCampaign, 'api-handler', { sink, ...more }))
    .onError((request) => {
      request.error = new Error('no page', { cause: request.error });
    });
  await expect(failing({}, fakeContext())).rejects.toThrow('no page');
  expect(sink.segments).toMatchObject([{ cause: { exceptions: [{ message: 'no page' }, { message: 'no store' }] } }]);
});

describe('after a middleware that is asynchronous', () => {
  const setUp = () => {
    const sink = memorySink();
    const issues: TelemetryIssue[] = [];
    const handler = middy(async () => {
      await new Promise((resolve) => setImmediate(resolve));
      metrics.add('OptOuts', 1);
    })
      .before(async () => {
        await Promise.resolve();
      })
      .use(
        instrumentation(voiceCampaign, 'api-handler', {
          sink,
          namespace: 'voice-campaign/test',
          onError: (issue) => issues.push(issue),
        }),
      );
    return { sink, issues, handler };
  };

  it('finds the only invocation in flight', async () => {
    const { sink, issues, handler } = setUp();
    await handler({}, fakeContext());
    expect(sink.total('OptOuts')).toBe(1);
    expect(issues).toEqual([]);
  });

  it('does not take an earlier invocation for the one in flight', async () => {
    const { sink, handler } = setUp();
    await handler({}, fakeContext({ awsRequestId: 'r1' }));
    await handler({}, fakeContext({ awsRequestId: 'r2' }));
    expect(sink.lines.map((line) => JSON.parse(line).function_request_id)).toEqual(['r1', 'r2']);
  });

  // Middy 6 runs each middleware in a function of its own, whose context the handler does not see.
  it('counts for nobody among several under Middy 6, and says so; under Middy 7 for each', async () => {
    const { sink, issues, handler } = setUp();
    await Promise.all([handler({}, fakeContext()), handler({}, fakeContext())]);
    if (process.env.MIDDY === '7') expect([sink.total('OptOuts'), issues]).toEqual([2, []]);
    else {
      expect(sink.total('OptOuts')).toBeLessThan(2);
      expect(issues).toMatchObject([{ code: 'no-invocation' }]);
    }
  });
});
