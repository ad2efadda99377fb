import { describe, expect, it } from 'vitest';
import { createMetricStore, type StatQuery } from '../../../src/index.ts';
import { calls, DAY, datum, HOUR, NOW } from './model.ts';

const seconds = NOW / 1000;

function query(more: Partial<StatQuery> = {}): StatQuery {
  return { metric: calls, stat: 'Sum', periodSeconds: 60, start: seconds, end: seconds + 600, ...more };
}

describe('what a store takes', () => {
  it('is two weeks old to two hours ahead, both included', () => {
    const store = createMetricStore();
    const times = [NOW - 14 * DAY - 1, NOW - 14 * DAY, NOW + 2 * HOUR, NOW + 2 * HOUR + 1];
    expect(
      store.add(
        times.map((time) => datum(time, [1])),
        NOW,
      ),
    ).toMatchObject([
      { index: 0, code: 'timestamp-window', timestamp: times[0], now: NOW },
      { index: 3, code: 'timestamp-window' },
    ]);
    expect(store.size().datapoints).toBe(2);
  });

  it('is refused by the datum, with the reason', () => {
    const store = createMetricStore();
    const set = (sampleCount: number, minimum: number, maximum: number) =>
      ({
        ...calls,
        unit: 'None',
        resolution: 60,
        timestamp: NOW,
        statistics: { sampleCount, sum: 1, minimum, maximum },
      }) as const;
    const refused = store.add(
      [
        datum(NOW, []),
        datum(NOW, [1, 2 ** 361]),
        datum(NOW, [1], { counts: [1, 2] }),
        datum(NOW, [1], { counts: [0] }),
        datum(NOW, [3]),
        set(0, 1, 1),
        set(2, 1, 0),
      ],
      NOW,
    );
    expect(refused.map(({ index, code, message }) => `${index} ${code}: ${message}`)).toMatchInlineSnapshot(`
      [
        "0 no-values: Calls has no values: leave it out",
        "1 value-range: Calls has 4.6970851655476665e+108, CloudWatch takes -2^360 to 2^360: choose a larger unit",
        "2 counts: Calls has counts that are not one number above 0 for each of its 1 values: give as many",
        "3 counts: Calls has counts that are not one number above 0 for each of its 1 values: give as many",
        "5 statistic-set: Calls has a statistic set of 0 samples from 1 to 1: give 1 or more, the smaller first",
        "6 statistic-set: Calls has a statistic set of 2 samples from 1 to 0: give 1 or more, the smaller first",
      ]
    `);
    expect(store.points(query()).values).toEqual([3]);
  });
});

describe('periods', () => {
  it('start at multiples of the period, or at the start of the query', () => {
    const store = createMetricStore();
    store.add(
      [0, 60, 120, 180, 240, 300].map((at) => datum(NOW + at * 1000, [1])),
      NOW,
    );
    const span = { periodSeconds: 300, start: seconds + 60, end: seconds + 600 };
    expect(store.points(query(span))).toEqual({ timestamps: [seconds + 300], values: [1] });
    expect(store.points(query({ ...span, alignment: 'start' }))).toEqual({ timestamps: [seconds + 60], values: [5] });
  });

  it('leave out a period without samples', () => {
    const store = createMetricStore();
    store.add([datum(NOW, [1]), datum(NOW + 120_000, [2])], NOW);
    expect(store.points(query())).toEqual({ timestamps: [seconds, seconds + 120], values: [1, 2] });
  });

  // What GetMetricData answered to 60000 Milliseconds, 60 Seconds and 5 Count of one metric was recorded by others.
  it('are of one unit, which CloudWatch picks where none is asked for', () => {
    const store = createMetricStore();
    store.add([datum(NOW, [60], { unit: 'Seconds' }), datum(NOW, [60_000], { unit: 'Milliseconds' })], NOW);
    expect(store.points(query()).values).toEqual([60_000]);
    store.add([datum(NOW, [5], { unit: 'Count' })], NOW);
    expect(store.points(query()).values).toEqual([5]);
    expect(store.points(query({ unit: 'Seconds' })).values).toEqual([60]);
    expect(store.units(query())).toEqual(['Count', 'Milliseconds', 'Seconds']);
  });

  it('are of a unit that the time in question has samples of', () => {
    const store = createMetricStore();
    store.add([datum(NOW, [60], { unit: 'Seconds' }), datum(NOW + 3_600_000, [5], { unit: 'Count' })], NOW);
    expect(store.points(query()).values).toEqual([60]);
    expect(store.units(query())).toEqual(['Seconds']);
    expect(store.units(query({ end: seconds + 7200 }))).toEqual(['Count', 'Seconds']);
    expect(store.points(query({ start: seconds - 600, end: seconds })).values).toEqual([]);
  });

  it.each([0, 2, 45, 90, -60, 61.5])('of %d seconds are refused', (periodSeconds) => {
    expect(() => createMetricStore().points(query({ periodSeconds }))).toThrow(
      `a period of ${periodSeconds} seconds is none: take 1, 5, 10, 20, 30 or a multiple of 60`,
    );
  });
});

describe('as time goes by', () => {
  const at = NOW - HOUR;
  const ages = [0, 3, 4, 15 * 24, 15 * 24 + 2, 63 * 24, 63 * 24 + 2, 455 * 24, 455 * 24 + 2];

  it('a metric is kept in ever longer periods, and gone after 455 days', () => {
    const kept = ages.map((hours) => {
      const store = createMetricStore();
      const samples = [0, 1, 61, 301].map((second) => datum(at + second * 1000, [1], { resolution: 1 }));
      expect(store.add(samples, NOW)).toEqual([]);
      store.advance(at + hours * HOUR);
      const span = { start: at / 1000 - 3600, end: at / 1000 + 3600 };
      const counts = [1, 60, 300, 3600].map(
        (periodSeconds) => store.points(query({ ...span, periodSeconds })).values.length,
      );
      return `${hours / 24} d: ${counts} points, ${store.size().metrics} metrics`;
    });
    expect(kept).toMatchInlineSnapshot(`
      [
        "0 d: 4,3,2,1 points, 1 metrics",
        "0.125 d: 4,3,2,1 points, 1 metrics",
        "0.16666666666666666 d: 0,3,2,1 points, 1 metrics",
        "15 d: 0,3,2,1 points, 1 metrics",
        "15.083333333333334 d: 0,0,2,1 points, 1 metrics",
        "63 d: 0,0,2,1 points, 1 metrics",
        "63.083333333333336 d: 0,0,0,1 points, 1 metrics",
        "455 d: 0,0,0,1 points, 1 metrics",
        "455.0833333333333 d: 0,0,0,0 points, 0 metrics",
      ]
    `);
  });
});

describe('a full store', () => {
  it('forgets the oldest data first, and keeps within its bytes', () => {
    const store = createMetricStore({ maxBytes: 100_000 });
    for (let minute = 0; minute < 10_000; minute += 1)
      store.add([datum(NOW + minute * 60_000, [minute])], NOW + minute * 60_000);
    const { bytes, datapoints, evictedDatapoints } = store.size();
    expect(bytes).toBeLessThanOrEqual(100_000);
    expect(datapoints + evictedDatapoints).toBe(10_000);
    expect(datapoints).toBeGreaterThan(500);
    const { timestamps } = store.points(query({ end: seconds + 1e6 }));
    expect(timestamps).toHaveLength(datapoints);
    expect(timestamps.at(-1)).toBe(seconds + 9999 * 60);
  });

  it('of many metrics of one minute lets go of those that came first', () => {
    const store = createMetricStore({ maxBytes: 100_000 });
    for (let index = 0; index < 500; index += 1) store.add([datum(NOW, [1], { name: `m${index}` })], NOW);
    const names = [...store.metrics()].map(({ name }) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(names).toEqual(Array.from(names, (_, index) => `m${500 - names.length + index}`));
  });
});

describe('the index', () => {
  it('holds metrics in the order of their first sample, by namespace, name and the time of their last', () => {
    const store = createMetricStore();
    store.add([datum(NOW - 4 * HOUR, [1], { name: 'b' }), datum(NOW - 4 * HOUR, [1], { name: 'a' })], NOW);
    store.add([datum(NOW, [1], { name: 'b' }), datum(NOW, [1], { namespace: 'other', name: 'a' })], NOW);
    const listed = (filter: Parameters<typeof store.metrics>[0]) =>
      [...store.metrics(filter)].map(({ namespace, name }) => `${namespace} ${name}`);
    expect(listed({})).toEqual(['voice/test b', 'voice/test a', 'other a']);
    expect(listed({ since: seconds - 3 * 3600 })).toEqual(['voice/test b', 'other a']);
    expect(listed({ namespace: 'voice/test', name: 'a' })).toEqual(['voice/test a']);
  });

  it('tells metrics apart by dimensions, whatever their order', () => {
    const store = createMetricStore();
    const of = (dimensions: Record<string, string>) => datum(NOW, [1], { dimensions });
    store.add([of({ a: '1', b: '2' }), of({ b: '2', a: '1' }), of({ a: '2', b: '1' })], NOW);
    expect(store.size()).toMatchObject({ metrics: 2, datapoints: 2 });
    expect(store.points(query({ metric: { ...calls, dimensions: { b: '2', a: '1' } } })).values).toEqual([2]);
    expect(store.points(query())).toEqual({ timestamps: [], values: [] });
  });
});

describe('the total', () => {
  it('is of all that is kept, of any age and unit', () => {
    const store = createMetricStore();
    store.add([datum(NOW - 13 * DAY, [1, 2], { counts: [1, 3] }), datum(NOW, [9], { unit: 'Seconds' })], NOW);
    store.advance(NOW + 100 * DAY);
    expect(store.total(calls)).toEqual({ sampleCount: 5, sum: 16, minimum: 1, maximum: 9 });
    expect(store.total({ ...calls, name: 'Nothing' })).toBeUndefined();
  });
});

describe('a statistic set', () => {
  it('counts for the simple statistics, and keeps percentiles missing unless its samples are all equal', () => {
    const store = createMetricStore();
    const { values: _, ...rest } = datum(NOW, [0]) as ReturnType<typeof datum> & { values: unknown };
    const sets = [
      { sampleCount: 3, sum: 15, minimum: 5, maximum: 5 },
      { sampleCount: 2, sum: 7, minimum: 1, maximum: 6 },
    ];
    store.add(
      sets.map((statistics, index) => ({ ...rest, timestamp: NOW + index * 60_000, statistics })),
      NOW,
    );
    const ask = (stat: string) => store.points(query({ stat })).values;
    expect(['SampleCount', 'Sum', 'Average', 'Minimum', 'Maximum', 'p50', 'tm90'].map(ask)).toEqual([
      [3, 2],
      [15, 7],
      [5, 3.5],
      [5, 1],
      [5, 6],
      [5],
      [5],
    ]);
  });
});
