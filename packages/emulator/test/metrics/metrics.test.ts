import type { MetricDatum } from '@voice-campaign/cloudwatch-engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMetrics, type MetricService, type MetricsOptions } from '../../src/metrics/metrics.ts';

const NOW = 1_795_000_000_000;

const datum = (values: number[], dimensions: Record<string, string> = {}, counts?: number[]): MetricDatum => ({
  namespace: 'voice/test',
  name: 'Latency',
  dimensions,
  unit: 'Milliseconds',
  resolution: 60,
  timestamp: NOW,
  values,
  ...(counts === undefined ? {} : { counts }),
});

const emf = (latency: unknown, timestamp = NOW): string => {
  const Metrics = [{ Name: 'Latency', Unit: 'Milliseconds' }];
  const CloudWatchMetrics = [{ Namespace: 'voice/test', Dimensions: [[]], Metrics }];
  return JSON.stringify({ _aws: { Timestamp: timestamp, CloudWatchMetrics }, Latency: latency, callId: 'c-1' });
};

const metricsOf = (options: Partial<MetricsOptions> = {}): MetricService =>
  createMetrics({ now: () => NOW, record: () => {}, ...options });

describe('metrics', () => {
  it('keep each dimension set apart, in whatever order its names come', () => {
    const metrics = metricsOf();
    metrics.add([datum([1]), datum([2], { a: '1', b: '2' }), datum([4], { b: '2', a: '1' })], 'test');
    expect(metrics.total('voice/test', 'Latency').sum).toBe(1);
    expect(metrics.total('voice/test', 'Latency', { a: '1', b: '2' }).sum).toBe(6);
    expect(metrics.series()).toHaveLength(2);
  });

  it('have zero and no minimum for a series that nobody wrote', () => {
    expect(metricsOf().total('voice/test', 'Nothing')).toEqual({ sum: 0, count: 0 });
  });

  it('give samples as they were written, those of EMF with the properties of their document', () => {
    const metrics = metricsOf();
    metrics.add([datum([5, 6], {}, [2, 1])], 'PutMetricData');
    metrics.addEmf(emf([7, 8], NOW - 3_600_000), '/aws/lambda/dialer', 3_600_000);
    expect(metrics.samples({ namespace: 'voice/test', name: 'Latency', dimensions: {} })).toMatchObject([
      { value: 5, count: 2, properties: {}, source: 'PutMetricData' },
      { value: 6, count: 1 },
      { value: 7, timestamp: NOW, properties: { callId: 'c-1' }, source: '/aws/lambda/dialer' },
      { value: 8 },
    ]);
    expect(metrics.samples({ dimensions: { a: '1' } })).toEqual([]);
    expect(metrics.total('voice/test', 'Latency')).toEqual({ sum: 31, count: 5, minimum: 5, maximum: 8 });
  });

  it('answer as CloudWatch does', () => {
    const metrics = metricsOf();
    metrics.add([datum([1, 2, 3])], 'test');
    const [metric] = [...metrics.metrics({ name: 'Latency' })];
    if (!metric) throw new Error('no metric');
    const start = Math.floor(NOW / 60_000) * 60;
    const query = { metric, stat: 'Maximum', periodSeconds: 60, start, end: start + 60 };
    expect(metrics.points(query)).toEqual({ timestamps: [start], values: [3] });
  });

  it('grow old with the clock, also when nothing is written', () => {
    let now = NOW;
    const metrics = metricsOf({ now: () => now });
    metrics.add([datum([1])], 'test');
    const start = Math.floor(NOW / 60_000) * 60;
    const metric = { namespace: 'voice/test', name: 'Latency', dimensions: {} };
    const count = (periodSeconds: number) =>
      metrics.points({ metric, stat: 'Sum', periodSeconds, start: start - 3600, end: start + 3600 }).values.length;
    now += 16 * 86_400_000;
    expect([60, 300].map(count)).toEqual([0, 1]);
    now += 455 * 86_400_000;
    expect(metrics.series()).toEqual([]);
    expect(metrics.size().metrics).toBe(0);
  });

  it('do not take what is too old or too new', () => {
    const metrics = metricsOf();
    metrics.add([{ ...datum([1]), timestamp: NOW - 15 * 86_400_000 }, datum([2])], 'test');
    expect(metrics.addEmf(emf(1, NOW + 3 * 3_600_000), 'group', 0)).toMatchObject({ kind: 'rejected' });
    expect(metrics.samples().map(({ value }) => value)).toEqual([2]);
    expect(metrics.size()).toMatchObject({ metrics: 1, samples: 1 });
  });

  it('drop the oldest samples beyond their limit, say how many, and keep the totals', () => {
    const metrics = metricsOf({ sampleLimit: 10 });
    for (let index = 0; index < 3000; index += 1) metrics.add([datum([1])], 'test');
    expect(metrics.samples().length + metrics.droppedSamples()).toBe(3000);
    expect(metrics.samples().length).toBeLessThanOrEqual(10 + 1000);
    expect(metrics.total('voice/test', 'Latency').count).toBe(3000);
  });

  it('are the same after their events were written, compacted anywhere on the way, and read', () => {
    const value = fc.integer({ min: -9, max: 9 });
    const step = fc.oneof(
      value.map((each) => ({ data: [datum([each, each + 1])] })),
      value.map((each) => ({ line: emf(each) })),
      fc.constantFrom({ line: 'no EMF' }, { line: '{"_aws":{}}' }, { line: `${emf(1)}}` }, { data: [] }),
      fc.constant('compact' as const),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
        let journal: string[] = [];
        const metrics = metricsOf({ record: (event) => void journal.push(JSON.stringify(event)) });
        for (const each of steps) {
          if (each === 'compact') journal = [...metrics.state.events()].map((event) => JSON.stringify(event));
          else if ('data' in each) metrics.add(each.data, 'test');
          else metrics.addEmf(each.line, 'group', 0);
        }
        const again = metricsOf();
        for (const event of journal) again.state.apply(JSON.parse(event));
        expect([...again.state.events()]).toEqual([...metrics.state.events()]);
        expect(again.series()).toEqual(metrics.series());
      }),
    );
  });
});
