import { ContractError, defineMetrics, parseEmf } from '@voice-campaign/metrics-schema';
import { describe, expect, it } from 'vitest';
import { instrument, type TelemetryIssue, type Tools } from '../src/index.ts';
import { fakeContext, fixedClock, memorySink } from '../src/testing.ts';

const contract = defineMetrics({
  metrics: {
    Calls: { kind: 'counter', unit: 'Count', description: 'calls' },
    Latency: { kind: 'distribution', unit: 'Milliseconds', dimensions: [['Provider']], description: 'answers' },
    Trunks: { kind: 'gauge', unit: 'Count', resolution: 1, description: 'trunks' },
  },
  dimensions: {
    Provider: { values: ['polly', 'google'] },
  },
  properties: { callId: { type: 'string', description: 'call' } },
  emitters: { worker: { kind: 'handler', emits: ['Calls', 'Latency', 'Trunks'] } },
});

type AnyTools = Tools<typeof contract, 'worker'>;

/** Runs one invocation; gives back its lines, all of which CloudWatch must take, and what was reported. */
const emitted = async (run: (tools: AnyTools) => void, now = fixedClock(Date.now())) => {
  const sink = memorySink();
  const issues: TelemetryIssue[] = [];
  const onError = (issue: TelemetryIssue) => void issues.push(issue);
  const options = { sink, namespace: 'voice/test', onError, now };
  const handler = instrument(
    contract,
    'worker',
    (_event: object, tools) => {
      run(tools);
      return 'done';
    },
    options,
  );
  await expect(handler({}, fakeContext())).resolves.toBe('done');
  const lines = sink.lines.filter((line) => line.includes('"_aws"'));
  for (const line of lines) {
    const parsed = parseEmf(line, { now: now() });
    expect(parsed.ok ? parsed.warnings : parsed.issues).toEqual([]);
  }
  return { sink, issues, lines, documents: lines.map((line) => JSON.parse(line)) };
};

// Each of these is printed, or lost, by Powertools Metrics 2.36.
describe('what spoils EMF elsewhere', () => {
  it('an empty list of dimension sets is never written: [[]] is the metric without dimensions', async () => {
    const { documents } = await emitted(({ metrics }) => metrics.add('Calls', 1));
    expect(documents[0]._aws.CloudWatchMetrics[0].Dimensions).toEqual([[]]);
  });

  it('a metric or property called _aws cannot be declared', () => {
    const declare = (name: string) => () =>
      defineMetrics({
        metrics: { [name]: { kind: 'counter', unit: 'Count', description: 'x' } },
        dimensions: {},
        properties: {},
        emitters: { worker: { kind: 'handler', emits: [name] } },
      });
    expect(declare('_aws')).toThrow(ContractError);
    const property = () =>
      defineMetrics({
        metrics: { Calls: { kind: 'counter', unit: 'Count', description: 'x' } },
        dimensions: {},
        properties: { _aws: { type: 'string', description: 'x' } },
        emitters: { worker: { kind: 'handler', emits: ['Calls'] } },
      });
    expect(property).toThrow(ContractError);
  });

  it('an undeclared property called _aws is dropped, and said', async () => {
    const { documents, issues } = await emitted(({ metrics }) => {
      metrics.property('_aws' as never, 'x' as never);
      metrics.add('Calls', 1);
    });
    expect(documents[0]._aws.CloudWatchMetrics[0].Metrics).toHaveLength(1);
    expect(issues.map(({ code }) => code)).toEqual(['bad-property']);
  });

  it('one dimension with two values stays two series', async () => {
    const { sink } = await emitted(({ metrics }) => {
      metrics.record('Latency', 10, { Provider: 'polly' });
      metrics.record('Latency', 20, { Provider: 'google' });
    });
    expect([sink.total('Latency', { Provider: 'polly' }), sink.total('Latency', { Provider: 'google' })]).toEqual([
      10, 20,
    ]);
  });

  it('more than a hundred values keep their dimensions, properties and resolution', async () => {
    const { documents, sink } = await emitted(({ metrics }) => {
      metrics.property('callId', 'c-1');
      for (let index = 0; index < 250; index += 1) metrics.record('Latency', 1, { Provider: 'polly' });
      metrics.set('Trunks', 4);
    });
    expect(sink.total('Latency', { Provider: 'polly' })).toBe(250);
    expect(documents.length).toBeGreaterThan(2);
    expect(documents.every(({ callId }) => callId === 'c-1')).toBe(true);
    expect(sink.datapoints().filter(({ name }) => name === 'Trunks')).toMatchObject([{ resolution: 1 }]);
  });

  it('a value that CloudWatch does not take is dropped, and said: NaN, infinities, what is beyond 2^360', async () => {
    const { sink, issues } = await emitted(({ metrics }) => {
      for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e200, -1e200]) metrics.add('Calls', value);
      metrics.add('Calls', 2);
    });
    expect(sink.total('Calls')).toBe(2);
    expect(issues.map(({ code }) => code)).toEqual(Array(4).fill('bad-value'));
  });

  it('a sum beyond what CloudWatch takes goes out as several values', async () => {
    const large = 2 ** 360;
    const { sink } = await emitted(({ metrics }) => {
      for (let index = 0; index < 3; index += 1) metrics.add('Calls', large);
    });
    expect(sink.datapoints()).toMatchObject([{ values: [large, large, large] }]);
  });

  it('thirty dimensions are written, as many as CloudWatch takes', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `Key${index}`);
    const wide = defineMetrics({
      metrics: { Wide: { kind: 'counter', unit: 'Count', dimensions: [names], description: 'of thirty dimensions' } },
      dimensions: Object.fromEntries(names.map((name) => [name, { maxValues: 5 }])),
      properties: {},
      emitters: { worker: { kind: 'handler', emits: ['Wide'] } },
    });
    const sink = memorySink();
    const dimensions = Object.fromEntries(names.map((name) => [name, 'v']));
    const handler = instrument(wide, 'worker', (_event: object, { metrics }) => metrics.add('Wide', 1, dimensions), {
      sink,
      namespace: 'voice/test',
    });
    await handler({}, fakeContext());
    expect(sink.total('Wide', dimensions)).toBe(1);
  });

  it('timestamps are those of the writing: none can be set, so none is too old', async () => {
    const now = fixedClock(Date.UTC(2026, 0, 1));
    const { sink } = await emitted(({ metrics }) => {
      now.advance(3 * 3_600_000);
      metrics.add('Calls', 1);
    }, now);
    expect(sink.datapoints()).toMatchObject([{ timestamp: now() }]);
  });

  it('a property of any length leaves the line within one log event', async () => {
    const { lines, issues } = await emitted(({ metrics }) => {
      metrics.property('callId', 'x'.repeat(400_000));
      metrics.add('Calls', 1);
    });
    expect(Buffer.byteLength(lines[0] ?? '')).toBeLessThan(2000);
    expect(issues.map(({ code }) => code)).toEqual(['bad-property']);
  });

  it('many values leave every line within one log event', async () => {
    const { lines, sink } = await emitted(({ metrics }) => {
      for (let index = 0; index < 30_000; index += 1) metrics.record('Latency', index + 1 / 3, { Provider: 'polly' });
    });
    expect(Math.max(...lines.map((line) => Buffer.byteLength(line)))).toBeLessThan(256 * 1024);
    expect(sink.datapoints().reduce((count, { values }) => count + values.length, 0)).toBe(30_000);
  });
});

const thrower = () =>
  new Proxy(
    {},
    {
      get: () => {
        throw new Error('do not look');
      },
      ownKeys: () => {
        throw new Error('do not look');
      },
    },
  );
const circular: Record<string, unknown> = {};
circular.self = circular;

describe('whatever a call is given', () => {
  it.each([
    ['a proxy that throws', thrower()],
    ['a circle', circular],
    ['a bigint', 10n],
    ['a symbol', Symbol('x')],
    ['a function', () => {}],
    [
      'an object whose toJSON throws',
      {
        toJSON: () => {
          throw new Error('no');
        },
      },
    ],
    ['null', null],
    ['undefined', undefined],
  ])('%s, the handler goes on', async (_name, value) => {
    const hostile = value as never;
    await emitted(({ metrics, trace, log }) => {
      metrics.add(hostile, hostile, hostile);
      metrics.set('Trunks', hostile);
      metrics.record('Latency', 1, hostile);
      metrics.property('callId', hostile);
      metrics.property(hostile, hostile);
      trace.annotate('key', hostile);
      trace.annotate(hostile, 'x');
      trace.metadata('key', hostile);
      trace.http(hostile);
      trace.sql(hostile);
      trace.error(hostile);
      trace.span('span', (span) => span.metadata('key', hostile));
      log.info(hostile, hostile);
      log.error('failed', hostile);
      log.append(hostile);
      metrics.add('Calls', 1);
    });
  });
});
